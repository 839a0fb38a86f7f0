import type { JWK } from 'jose'
import type { Citizen } from '../citizens/citizen.ts'
import { builtInCitizens } from '../citizens/list.ts'
import { createPeople } from '../citizens/people.ts'
import type { DataProviderOptions, DataProviderServer } from '../data-providers/data-provider-context.ts'
import { dataProviders } from '../data-providers/index.ts'
import { errors } from '../errors.ts'
import { type ChosenAnswer, createChosenAnswers } from '../levers/chosen-data.ts'
import { createClock } from '../levers/clock.ts'
import { createFaults, type Faults } from '../levers/faults.ts'
import { holdProcessClock } from '../levers/process-clock.ts'
import { publishedHost } from '../levers/published-host.ts'
import { createRecorder, type ReceivedRequest } from '../levers/recorder.ts'
import { type Browser, createBrowser } from '../levers/walk/browser.ts'
import { type InjectableApp, type LoginOptions, login } from '../levers/walk/login.ts'
import { type WalkOptions, walk } from '../levers/walk/walk.ts'
import { builtInClient, builtInPlusClient } from '../platform/built-in-clients.ts'
import { secret } from '../platform/engine/sessions.ts'
import { franceConnect, franceConnectPlus, type Platform, withScopesOf } from '../platform/platform.ts'
import type { SandboxClient } from '../registration/client.ts'
import { registered } from '../registration/data-provider.ts'
import { checkOptions, type SandboxOptions } from '../registration/options.ts'
import { createWindow } from '../window/window.ts'
import { listen } from './http-server.ts'
import { platformServer } from './platform-server.ts'

/** Options for fastify-franceconnect, complete but for `baseUrl`. */
export interface FranceConnectOptions {
  issuer: string
  clientId: string
  clientSecret: string
  secret: string
  idTokenSignedResponseAlg: 'ES256' | 'RS256'
}

/** The same for FranceConnect+. */
export interface FranceConnectPlusOptions extends FranceConnectOptions {
  acrValues: 'eidas2'
  decryptionKeys: JWK[]
}

/** A citizen, or the login that names one. */
export type CitizenName = Citizen | string

export interface Sandbox {
  /** FranceConnect's issuer, without a trailing slash. */
  issuer: string
  /** FranceConnect+'s. */
  plusIssuer: string
  /** The first client given, or the built-in one. */
  client: SandboxClient
  /** Every client registered. */
  clients: SandboxClient[]
  franceConnectOptions: FranceConnectOptions
  /** For the built-in FranceConnect+ client; with `clients` given, absent. */
  franceConnectPlusOptions: FranceConnectPlusOptions | undefined
  fcDataOptions: DataProviderOptions
  citizens: Citizen[]
  /** What goes wrong, switched on and off. */
  faults: Faults
  /** The requests received. */
  requests: ReceivedRequest[]
  /** Lets time pass: life times are over that many seconds sooner. With `clock: 'process'` for the whole process. */
  advance(seconds: number): void
  /** Replaces the signature keys; their labels (`kid`) stay, as FranceConnect's do. */
  rotateKeys(): Promise<void>
  /** From now on this citizen logs in without any click; `undefined` brings the pages back. */
  automaticCitizen(citizen: CitizenName | undefined): void
  /**
   * Chooses what an API answers about a citizen from now on: an object is laid over the usual answer (members one by
   * one; lists and `null` replace), a number is the provider's error of that status (404: nothing, in its own words), a function decides by
   * the parameters of the call. Scopes mask it as they mask any answer. `undefined` brings the usual answer back.
   *
   * @param api its name, such as `dss/quotient-familial`.
   * @throws FST_FC_SANDBOX_INVALID_OPTIONS when there is no such API or citizen.
   */
  answer(api: string, citizen: CitizenName, answer: ChosenAnswer | undefined): void
  /** Logs a citizen in to an application and returns the headers to send as that citizen. */
  login(app: InjectableApp, citizen?: CitizenName, options?: LoginOptions): Promise<{ cookie: string }>
  /** Walks an authorization URL and returns the address that the service would receive. */
  authorize(url: string, citizen?: CitizenName, options?: WalkOptions & { browser?: Browser }): Promise<string>
  /** A browser without a screen, to share between calls of `authorize` (single sign-on). */
  browser(): Browser
  /** Stops listening and ends every connection. */
  close(): Promise<void>
}

/**
 * Starts FranceConnect, FranceConnect+ and the data providers on one port of this machine.
 *
 * @throws FST_FC_SANDBOX_INVALID_OPTIONS, FST_FC_SANDBOX_PORT_TAKEN
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  checkOptions(options)
  const faults = createFaults(() => [...providers.apis, 'dgfip/token'])
  const recorder = createRecorder()
  const people = createPeople(options.citizens ?? builtInCitizens)
  const named = (name: CitizenName = people.all[0]!): Citizen => {
    const id = typeof name === 'string' ? name : name.id
    const found = people.find(id)
    if (!found) throw new errors.invalidOptions(`no citizen has the id ${id}`)
    return found
  }
  let automatic = options.automaticCitizen === undefined ? undefined : named(options.automaticCitizen).id
  const choices = createChosenAnswers(() => providers.apis)
  const providers: DataProviderServer = dataProviders(
    {
      baseUrl: () => origin,
      issuer: () => issuer,
      reach: (address) => address.replace(origin, listening.origin),
      plusIssuer: () => (options.plusChecktoken ? `${origin}${franceConnectPlus.prefix}` : undefined),
      now: () => clock.now(),
      citizenOf: (claims) => people.withPivot(claims),
      faults,
      chosen: (api, citizen, parameters) => choices.of(api, citizen, parameters),
      choices: () => choices.revision,
      record: ({ provider, ...call }) => recorder.add({ server: provider, parameters: [], ...call })
    },
    options.apiParticulier,
    options.noFile
  )

  for (const [target, fault] of Object.entries(options.faults ?? {})) faults.set(target, fault)
  const listening = await listen(options.port ?? 4000, options.listenAddress ?? '127.0.0.1')
  const clock = createClock(options.clock === 'process' ? holdProcessClock() : undefined)
  const origin = `http://${publishedHost(options)}:${listening.port}`
  const issuer = `${origin}${franceConnect.prefix}`
  const baseUrls = [options.baseUrl ?? 'http://localhost:3000'].flat()

  const registeredProviders = [...providers.clients, ...(options.dataProviders ?? [])].map(registered)
  const plus = options.clients ? undefined : await builtInPlusClient(baseUrls)
  const clients = options.clients ?? [builtInClient(baseUrls, registeredProviders), plus!.client]
  const client = clients[0]!

  const start = (platform: Platform) => ({
    platform,
    issuer: `${origin}${platform.prefix}`,
    server: platformServer({
      platform,
      issuer: `${origin}${platform.prefix}`,
      clock,
      people,
      clients,
      dataProviders: registeredProviders,
      faults,
      automaticCitizen: () => automatic,
      plusChecktoken: options.plusChecktoken ?? false
    })
  })
  const known = [...clients, ...registeredProviders].flatMap(({ scopes }) => scopes)
  const platforms = [start(withScopesOf(franceConnect, known)), start(franceConnectPlus)]
  const levers = {
    faults,
    choices,
    citizen: () => automatic,
    choose(citizenId: string | undefined) {
      automatic = citizenId === undefined ? undefined : named(citizenId).id
    },
    answer: (api: string, citizenId: string, answer: ChosenAnswer | undefined) =>
      choices.set(api, named(citizenId).id, answer),
    advance(seconds: number) {
      clock.advance(seconds)
      for (const { server } of platforms) void server.then((ready) => ready.refresh())
    },
    ahead: () => clock.ahead,
    async rotateKeys() {
      await Promise.all(platforms.map(async ({ server }) => (await server).rotateKeys()))
    }
  }
  const window = createWindow({
    origin,
    clock,
    people,
    clients,
    platforms,
    dataProviders: providers,
    registered: registeredProviders,
    decryptionKey: plus?.decryptionKey,
    levers
  })
  listening.serve({ platforms, dataProviders: providers, faults, recorder, window, hostName: publishedHost(options) })

  const optionsOf = (platform: Platform, { clientId, clientSecret, idTokenSignedResponseAlg }: SandboxClient) => ({
    issuer: `${origin}${platform.prefix}`,
    clientId,
    clientSecret,
    secret: secret(),
    idTokenSignedResponseAlg: idTokenSignedResponseAlg ?? ('ES256' as const)
  })
  return {
    issuer,
    plusIssuer: `${origin}${franceConnectPlus.prefix}`,
    client,
    clients,
    franceConnectOptions: optionsOf(franceConnect, client),
    franceConnectPlusOptions: plus && {
      ...optionsOf(franceConnectPlus, plus.client),
      acrValues: 'eidas2',
      decryptionKeys: [plus.decryptionKey]
    },
    fcDataOptions: providers.options,
    citizens: people.all,
    faults,
    requests: recorder.requests,
    advance(seconds) {
      levers.advance(seconds)
      window.changed()
    },
    rotateKeys: levers.rotateKeys,
    automaticCitizen(citizen) {
      levers.choose(citizen && named(citizen).id)
      window.changed()
    },
    answer(api, citizen, answer) {
      levers.answer(api, named(citizen).id, answer)
      window.changed()
    },
    login: async (app, citizen, loginOptions) => login(origin, app, named(citizen), loginOptions),
    authorize: async (url, citizen, { browser = createBrowser(origin), ...walking } = {}) =>
      walk(browser, url, named(citizen).id, walking),
    browser: () => createBrowser(origin),
    async close() {
      clock.release()
      window.stream.close()
      await listening.close()
    }
  }
}
