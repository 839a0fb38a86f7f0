import { get } from 'node:http'
import Fastify, { type FastifyInstance } from 'fastify'
import franceConnect from 'fastify-franceconnect'
import type { Test } from 'tap'
import { CookieJar } from '../hostile/cookie-jar.ts'
import { clientId, clientSecret, type HostileProvider, startProvider } from '../hostile/provider.ts'

export const baseUrl = 'http://localhost:3000'
export const secret = 'secret-de-session-CANARI-0123456789abcdef'

type Options = Partial<Parameters<typeof franceConnect>[1]>

export interface Answer {
  status: number
  location: string | undefined
  setCookie: string[]
  body: string
}

export interface Service {
  app: FastifyInstance
  provider: HostileProvider
  /** A navigation of the browser that has this jar. */
  open(path: string, jar: CookieJar): Promise<Answer>
  /** Starts a login and passes by the provider; resolves to the path and query that it sends the browser back to. */
  start(jar: CookieJar, query?: string): Promise<string>
  /** A whole login; resolves to the answer of the callback. */
  login(jar: CookieJar, query?: string): Promise<Answer>
  /** The `sub` that the session of this jar shows, or `undefined`. */
  whoIs(jar: CookieJar): Promise<string | undefined>
}

/** A service in front of a provider that obeys `provider.fault`: real HTTP between both, `inject` for the browser. */
export async function startService(t: Test, options: Options = {}): Promise<Service> {
  const provider = await startProvider()
  t.teardown(() => provider.close())
  const app = await makeApp(provider.issuer, options)
  t.teardown(() => app.close())
  return drive(app, provider)
}

export async function makeApp(
  issuer: string,
  options: Options = {},
  more: (app: FastifyInstance) => unknown = () => {}
): Promise<FastifyInstance> {
  const app = Fastify()
  await app.register(franceConnect, { issuer, clientId, clientSecret, baseUrl, secret, timeout: 20_000, ...options })
  app.get('/me', async (request, reply) => {
    const login = request.franceConnect
    return login ? { sub: login.sub, userInfo: login.userInfo } : reply.code(401).send({})
  })
  await more(app)
  await app.ready()
  return app
}

export function drive(app: FastifyInstance, provider: HostileProvider): Service {
  const here = new URL(baseUrl)
  const open = async (path: string, jar: CookieJar): Promise<Answer> => {
    const cookie = jar.header(here)
    const headers = { host: here.host, accept: 'text/html', 'sec-fetch-mode': 'navigate', ...(cookie && { cookie }) }
    const answer = await app.inject({ method: 'GET', url: path, headers })
    const setCookie = [answer.headers['set-cookie'] ?? []].flat()
    jar.take(setCookie, here)
    const { location } = answer.headers
    return { status: answer.statusCode, location: location?.toString(), setCookie, body: answer.body }
  }
  const start = async (jar: CookieJar, query = '') => {
    const started = await open(`/franceconnect/login${query}`, jar)
    if (!started.location?.startsWith(provider.issuer)) throw new Error(`login: ${started.status} ${started.body}`)
    return (await passBy(started.location)).slice(baseUrl.length)
  }
  const login = async (jar: CookieJar, query = '') => open(await start(jar, query), jar)
  const whoIs = async (jar: CookieJar) => {
    const me = await open('/me', jar)
    if (me.status !== 200 && me.status !== 401) throw new Error(`page: ${me.status} ${me.body}`)
    return me.status === 200 ? (JSON.parse(me.body) as { sub: string }).sub : undefined
  }
  return { app, provider, open, start, login, whoIs }
}

/** Where the provider sends the browser back to. */
export function passBy(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      response.resume()
      resolve(response.headers.location ?? '')
    }).on('error', reject)
  })
}

export const redirected = (answer: Answer): boolean => answer.status === 302 || answer.status === 303

export { CookieJar }
