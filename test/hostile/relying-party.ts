import type { Agent } from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import franceConnect, { type FranceConnectOptions, type SessionStore } from 'fastify-franceconnect'
import type { Test } from 'tap'
import { Browser, type Page } from './browser.ts'
import { clientId, clientSecret, type HostileProvider, startProvider } from './provider.ts'
import { MemoryStore } from './store.ts'

export type PluginOptions = Partial<FranceConnectOptions>

export const baseUrl = 'https://demarche.example'
export const sessionSecret = 'un-secret-de-session-CANARI-de-plus-de-32-caracteres'
export const paths = {
  login: `${baseUrl}/franceconnect/login`,
  callback: `${baseUrl}/franceconnect/callback`,
  logout: `${baseUrl}/franceconnect/logout`,
  logoutCallback: `${baseUrl}/franceconnect/logout/callback`,
  me: `${baseUrl}/moi`
}

/** A démarche in miniature: a real Fastify server that listens, its log, its errors, its store. */
export interface RelyingParty {
  app: FastifyInstance
  port: number
  provider: HostileProvider
  store: MemoryStore
  logs: string[]
  errors: Error[]
  browser(agent?: Agent): Browser
  close(): Promise<void>
}

export interface Walk {
  /** Where the walk ended: our login route, the provider's authorize, our callback. */
  stage: 'login' | 'authorize' | 'callback'
  page: Page
  callbackUrl: string
}

export async function startRelyingParty(
  provider: HostileProvider,
  options: PluginOptions = {},
  routes?: (app: FastifyInstance) => Promise<void>
): Promise<RelyingParty> {
  const logs: string[] = []
  const errors: Error[] = []
  const store = new MemoryStore()
  const app = Fastify({
    logger: { level: 'trace', stream: { write: (line: string) => void logs.push(line) } },
    forceCloseConnections: true
  })
  app.addHook('onError', async (_request, _reply, error) => void errors.push(error))
  await app.register(franceConnect, {
    issuer: provider.issuer,
    clientId,
    clientSecret,
    baseUrl,
    secret: sessionSecret,
    session: { store: store as unknown as SessionStore },
    ...options
  })
  app.get('/moi', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const login = request.franceConnect
    if (login === null) return { connected: false }
    const { id, sub, userInfo, scope, loggedInAt, expiresAt, accessToken } = login
    const seconds = (date: Date | undefined): number => ((date?.getTime() ?? 0) - loggedInAt.getTime()) / 1000
    return {
      connected: true,
      id,
      sub,
      claims: userInfo,
      scope,
      life: seconds(expiresAt),
      tokenLife: accessToken === null ? 0 : seconds(accessToken.expiresAt)
    }
  })
  app.get('/prive', { preHandler: app.franceConnect.requireLogin() }, async (request) => ({
    url: request.url,
    sub: request.franceConnect?.sub
  }))
  await routes?.(app)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  return {
    app,
    port,
    provider,
    store,
    logs,
    errors,
    browser: (agent) => new Browser({ [baseUrl]: port, [new URL(options.baseUrl ?? baseUrl).origin]: port }, agent),
    close: async () => app.close()
  }
}

/** The same with a provider of its own, both closed at the end of the test. */
export async function serve(
  t: Test,
  options: PluginOptions = {},
  routes?: (app: FastifyInstance) => Promise<void>
): Promise<RelyingParty> {
  const provider = await startProvider({ alg: options.idTokenSignedResponseAlg })
  const party = await startRelyingParty(provider, options, routes)
  t.teardown(async () => {
    await party.close()
    await provider.close()
  })
  return party
}

/** Starts a login and follows it to the provider; stops before the callback is opened. */
export async function walkToCallback(browser: Browser, returnTo = '/apres'): Promise<Walk> {
  const start = await browser.open(`${paths.login}?returnTo=${encodeURIComponent(returnTo)}`)
  if (!start.location || start.status >= 400) return { stage: 'login', page: start, callbackUrl: '' }
  const atProvider = await browser.open(start.location)
  if (!atProvider.location) return { stage: 'authorize', page: atProvider, callbackUrl: '' }
  return { stage: 'callback', page: atProvider, callbackUrl: atProvider.location }
}

/** The whole walk, as a browser does it: the callback arrives from another site. */
export async function walk(browser: Browser, returnTo?: string, headers: Record<string, string> = {}): Promise<Walk> {
  const way = await walkToCallback(browser, returnTo)
  if (way.stage !== 'callback') return way
  const page = await browser.open(way.callbackUrl, { headers: { 'sec-fetch-site': 'cross-site', ...headers } })
  return { ...way, page }
}

export interface Me {
  connected: boolean
  id?: string
  sub?: string
  claims?: Record<string, unknown>
  scope?: string[]
  /** Seconds from the login to its end, and to the end of its access token; 0 once that is over. */
  life?: number
  tokenLife?: number
}

export async function me(browser: Browser): Promise<Me> {
  const page = await browser.open(paths.me, { headers: { accept: 'application/json', 'sec-fetch-mode': 'cors' } })
  if (page.status !== 200) throw new Error(`/moi answered ${page.status} ${page.body}`)
  return JSON.parse(page.body) as Me
}
