import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { type Sandbox, startSandbox } from 'franceconnect-sandbox'
import type { Test } from 'tap'
import type { FranceConnectOptions } from '../src/options/options.ts'
import franceConnect from '../src/plugin.ts'

export const baseUrl = 'http://localhost:3000'
export const navigation = { accept: 'text/html', 'sec-fetch-mode': 'navigate' }
export const secret = 'a secret of the tests, thirty-two characters at least'

export interface ServiceOptions extends Partial<FranceConnectOptions> {
  server?: FastifyServerOptions
  before?(app: FastifyInstance): Promise<void> | void
  routes?: FranceConnectOptions['routes']
  pages?(app: FastifyInstance): void
  late?(app: FastifyInstance): Promise<void>
}

/** A sandbox on a free port, closed with the test. */
export async function sandboxFor(t: Test, options: Parameters<typeof startSandbox>[0] = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ port: 0, baseUrl: [baseUrl, 'https://demarche.example.fr'], ...options })
  t.teardown(() => sandbox.close())
  return sandbox
}

/** A service that logs in at the sandbox: `/moi` tells who is there, `/garde` demands a login. */
export async function serviceFor(t: Test, sandbox: Sandbox, options: ServiceOptions = {}): Promise<FastifyInstance> {
  const { server, before, pages, late, ...given } = options
  const app = Fastify(server ?? {})
  t.teardown(() => app.close())
  await before?.(app)
  await app.register(franceConnect, { ...sandbox.franceConnectOptions, secret, baseUrl, timeout: 30_000, ...given })
  app.get('/moi', async (request) => ({
    sub: request.franceConnect?.sub ?? null,
    who: request.franceConnect?.userInfo.given_name
  }))
  app.route({
    method: ['GET', 'POST'],
    url: '/garde',
    preHandler: app.franceConnect.requireLogin(),
    handler: async (request) => ({ sub: request.franceConnect?.sub })
  })
  pages?.(app)
  await late?.(app)
  await app.ready()
  return app
}

/** A browser's cookies, for `app.inject`. */
export class Jar {
  readonly cookies = new Map<string, string>()

  take(answer: { headers: Record<string, unknown> }): void {
    for (const line of [answer.headers['set-cookie'] ?? []].flat() as string[]) {
      const [pair, ...attributes] = line.split('; ')
      const name = pair!.slice(0, pair!.indexOf('='))
      const gone = attributes.some((attribute) => /^(Max-Age=0|Expires=Thu, 01 Jan 1970)/i.test(attribute))
      if (gone) this.cookies.delete(name)
      else this.cookies.set(name, pair!.slice(name.length + 1))
    }
  }

  get header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}

/** Opens a page as a browser does, keeping its cookies. */
export async function open(app: FastifyInstance, jar: Jar, url: string, headers: Record<string, string> = {}) {
  const path = url.startsWith('http') ? url.slice(new URL(url).origin.length) : url
  const answer = await app.inject({ url: path, headers: { ...navigation, cookie: jar.header, ...headers } })
  jar.take(answer)
  return answer
}

/** Starts a login and walks FranceConnect's pages: the callback's URL, not opened yet. */
export async function upToCallback(
  app: FastifyInstance,
  sandbox: Sandbox,
  jar: Jar,
  start = '/franceconnect/login',
  walk = {}
) {
  const login = await open(app, jar, start)
  return sandbox.authorize(String(login.headers.location), undefined, walk)
}

/** A whole login. Gives the answer of the callback. */
export async function logIn(app: FastifyInstance, sandbox: Sandbox, jar: Jar, start = '/franceconnect/login') {
  return open(app, jar, await upToCallback(app, sandbox, jar, start))
}
