import type { JWK } from 'jose'
import { Browser } from './browser.ts'
import { builtInClient, builtInPlusClient } from './built-in-clients.ts'
import type { Citizen } from './citizens/citizen.ts'
import { builtInCitizens } from './citizens/list.ts'
import { People } from './citizens/people.ts'
import type { SandboxClient } from './client.ts'
import { Clock } from './clock.ts'
import type { DataProviderOptions } from './data-provider-context.ts'
import { dataProviders } from './data-providers/index.ts'
import { errors } from './errors.ts'
import { Faults } from './faults.ts'
import { type InjectableApp, type LoginOptions, login } from './login.ts'
import { checkOptions, type SandboxOptions } from './options.ts'
import { franceConnect, franceConnectPlus, type Platform, withScopesOf } from './platform/platform.ts'
import { platformServer } from './platform/server.ts'
import { type ReceivedRequest, Recorder } from './recorder.ts'
import { listen } from './server.ts'
import { secret } from './sessions.ts'
import { type WalkOptions, walk } from './walk.ts'

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
  /** Lets time pass: life times are over that many seconds sooner. */
  advance(seconds: number): void
  /** Replaces the signature keys; their labels (`kid`) stay, as FranceConnect's do. */
  rotateKeys(): Promise<void>
  /** From now on this citizen logs in without any click; `undefined` brings the pages back. */
  automaticCitizen(citizen: CitizenName | undefined): void
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
  const clock = new Clock()
  const faults = new Faults()
  const recorder = new Recorder()
  const people = new People(options.citizens ?? builtInCitizens)
  const named = (name: CitizenName = people.all[0]!): Citizen => {
    const id = typeof name === 'string' ? name : name.id
    const found = people.find(id)
    if (!found) throw new errors.invalidOptions(`no citizen has the id ${id}`)
    return found
  }
  let automatic = options.automaticCitizen === undefined ? undefined : named(options.automaticCitizen).id
  const listening = await listen(options.port ?? 4000, options.listenAddress ?? '127.0.0.1')
  const origin = `http://${options.hostName ?? 'localhost'}:${listening.port}`
  const issuer = `${origin}${franceConnect.prefix}`
  const baseUrls = [options.baseUrl ?? 'http://localhost:3000'].flat()

  const providers = dataProviders(
    {
      baseUrl: () => origin,
      issuer: () => issuer,
      reach: (address) => address.replace(origin, listening.origin),
      plusIssuer: () => (options.plusChecktoken ? `${origin}${franceConnectPlus.prefix}` : undefined),
      now: () => clock.now(),
      citizenOf: (claims) => people.withPivot(claims),
      faults,
      record: ({ provider, ...call }) => recorder.add({ server: provider, parameters: [], ...call })
    },
    options.apiParticulier,
    options.noFile
  )

  const plus = options.clients ? undefined : await builtInPlusClient(baseUrls)
  const clients = options.clients ?? [builtInClient(baseUrls, providers.clients), plus!.client]
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
      dataProviders: [...providers.clients, ...(options.dataProviders ?? [])],
      faults,
      automaticCitizen: () => automatic,
      plusChecktoken: options.plusChecktoken ?? false
    })
  })
  const granted = clients.flatMap(({ scopes }) => scopes)
  const platforms = [start(withScopesOf(franceConnect, granted)), start(franceConnectPlus)]
  listening.serve({ platforms, dataProviders: providers, faults, recorder })

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
      clock.advance(seconds)
      for (const { server } of platforms) void server.then((ready) => ready.refresh())
    },
    async rotateKeys() {
      await Promise.all(platforms.map(async ({ server }) => (await server).rotateKeys()))
    },
    automaticCitizen(citizen) {
      automatic = citizen === undefined ? undefined : named(citizen).id
    },
    login: async (app, citizen, loginOptions) => login(origin, app, named(citizen), loginOptions),
    authorize: async (url, citizen, { browser = new Browser(origin), ...walking } = {}) =>
      walk(browser, url, named(citizen).id, walking),
    browser: () => new Browser(origin),
    close: () => listening.close()
  }
}
