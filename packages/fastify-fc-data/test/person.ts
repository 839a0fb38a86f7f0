import type { FastifyInstance, InjectOptions } from 'fastify'
import type { Sandbox } from 'franceconnect-sandbox'

type Response = Awaited<ReturnType<FastifyInstance['inject']>>

const NAVIGATION = { accept: 'text/html', 'sec-fetch-mode': 'navigate' }

/** A citizen with a browser: cookies, redirects, and FranceConnect's pages walked in the sandbox. */
export class Person {
  readonly #sandbox: Sandbox
  readonly #name: string | undefined
  readonly #cookies = new Map<string, string>()
  app: FastifyInstance
  /** Logins walked so far. */
  logins = 0

  constructor(app: FastifyInstance, sandbox: Sandbox, name?: string) {
    this.app = app
    this.#sandbox = sandbox
    this.#name = name
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** One request, redirects not followed. */
  async send(options: InjectOptions): Promise<Response> {
    const headers = { ...options.headers, ...(this.#cookies.size ? { cookie: this.cookie } : {}) }
    const response = await this.app.inject({ ...options, headers })
    for (const { name, value, maxAge, expires } of response.cookies as {
      name: string
      value: string
      maxAge?: number
      expires?: Date
    }[]) {
      const gone = maxAge === 0 || (expires !== undefined && expires.getTime() <= Date.now())
      if (gone) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    return response
  }

  /** Opens a page and goes wherever it leads, through FranceConnect when it must. */
  async open(url: string): Promise<Response> {
    let response = await this.send({ url, headers: NAVIGATION })
    for (let hops = 0; response.statusCode >= 300 && response.statusCode < 400; hops++) {
      if (hops > 8) throw new Error('it goes round in circles')
      const location = new URL(String(response.headers.location), 'http://localhost:3000')
      response = await this.send({ url: await this.#arrival(location), headers: NAVIGATION })
    }
    return response
  }

  async #arrival(location: URL): Promise<string> {
    if (location.origin !== new URL(this.#sandbox.issuer).origin) return location.pathname + location.search
    if (!location.pathname.endsWith('/authorize')) return '/'
    this.logins++
    const back = new URL(await this.#sandbox.authorize(location.href, this.#name))
    return back.pathname + back.search
  }
}
