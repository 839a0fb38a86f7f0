import { Writable } from 'node:stream'
import Fastify, { type FastifyInstance, type InjectOptions, type LightMyRequestResponse } from 'fastify'
import fcData, { type FcDataOptions } from 'fastify-fc-data'
import franceConnect, { type FranceConnectOptions } from 'fastify-franceconnect'
import { type Sandbox, startSandbox } from 'franceconnect-sandbox'
import tap, { type Test } from 'tap'
import { providersAt, QF } from './citizens.ts'
import { BASE, quotient } from './pages.ts'

const NAVIGATION = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

/** What a browser sees of an answer. */
export type Shown = Pick<LightMyRequestResponse, 'statusCode' | 'headers' | 'cookies' | 'body' | 'json'>

/** A citizen with a browser, who walks FranceConnect's pages in the sandbox. */
export interface Citizen {
  logins: number
  /** Seconds that the last callback took. */
  callback: number
  /** The process that answers this browser. */
  app: { inject(options: InjectOptions): Promise<Shown> }
  send(options: InjectOptions): Promise<Shown>
  /** Opens a page and goes wherever it leads. */
  open(url: string): Promise<Shown>
}

export interface Logins {
  app: FastifyInstance
  sandbox: Sandbox
  logs(): string
  citizen(id?: string): Citizen
  /** Another process of the same service, as far as the two can tell. */
  another(): Promise<FastifyInstance>
}

/** One sandbox for the tests of a file: keys take long to make. */
let shared: Promise<Sandbox> | undefined

export function sandboxOf(): Promise<Sandbox> {
  if (shared) return shared
  const started = startSandbox({ port: 0 })
  tap.teardown(async () => (await started).close())
  shared = started
  return started
}

/** A whole service: FranceConnect's login in the sandbox, and data from the host given. */
export async function startLogins(
  t: Test,
  url: string,
  data: Partial<FcDataOptions> = {},
  pages: (app: FastifyInstance) => void = quotient,
  login: Partial<FranceConnectOptions> = {}
): Promise<Logins> {
  const sandbox = await sandboxOf()
  let log = ''
  const stream = new Writable({
    write: (chunk, _, done) => {
      log += chunk
      done()
    }
  })

  async function start(): Promise<FastifyInstance> {
    const app = Fastify({ logger: { level: 'trace', stream } })
    t.teardown(() => app.close())
    await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl: BASE, ...login })
    await app.register(fcData, { apis: [QF], providers: providersAt(url), ...data })
    pages(app)
    await app.ready()
    return app
  }

  const app = await start()
  return { app, sandbox, logs: () => log, another: start, citizen: (id) => browserOf(app, sandbox, id) }
}

export function browserOf(app: Citizen['app'], sandbox: Sandbox, id: string | undefined): Citizen {
  const cookies = new Map<string, string>()

  async function arrival(location: URL): Promise<string> {
    if (location.origin !== new URL(sandbox.issuer).origin) return location.pathname + location.search
    if (!location.pathname.endsWith('/authorize')) return '/'
    citizen.logins++
    const back = new URL(await sandbox.authorize(location.href, id))
    return back.pathname + back.search
  }

  const citizen: Citizen = {
    logins: 0,
    callback: 0,
    app,
    async send(options) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const headers = { ...options.headers, ...(cookie ? { cookie } : {}) }
      const response = await citizen.app.inject({ ...options, headers })
      for (const { name, value, maxAge, expires } of response.cookies) {
        if (maxAge === 0 || (expires && expires.getTime() <= Date.now())) cookies.delete(name)
        else cookies.set(name, value)
      }
      return response
    },
    async open(url) {
      let response = await citizen.send({ url, headers: NAVIGATION })
      for (let hops = 0; response.statusCode >= 300 && response.statusCode < 400; hops++) {
        if (hops > 8) throw new Error('it goes round in circles')
        const url = await arrival(new URL(response.headers.location!, BASE))
        const started = performance.now()
        response = await citizen.send({ url, headers: NAVIGATION })
        if (url.startsWith('/franceconnect/callback')) citizen.callback = (performance.now() - started) / 1000
      }
      return response
    }
  }
  return citizen
}
