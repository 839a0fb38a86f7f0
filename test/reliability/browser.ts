import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { CookieJar } from '../hostile/cookie-jar.ts'

/** What came back; `status` 0 when the connection broke, -1 when nothing came in 30 seconds. */
export interface Seen {
  status: number
  location: string | undefined
  body: string
  ms: number
}

const hung = 30_000
const agent = new Agent({ keepAlive: true, maxSockets: 512 })

export interface Visit {
  headers?: Record<string, string>
  method?: string
  body?: string
  /** Where to connect, when it is not where the address says. */
  port?: number
}

/** One browser over real HTTP, a jar for each origin. It never gives up on a broken connection by throwing. */
export class Browser {
  readonly #jars = new Map<string, CookieJar>()

  jar(origin: string): CookieJar {
    const jar = this.#jars.get(origin) ?? new CookieJar()
    this.#jars.set(origin, jar)
    return jar
  }

  async open(address: string, visit: Visit = {}): Promise<Seen> {
    const url = new URL(address)
    const cookie = this.jar(url.origin).header(url)
    const headers: Record<string, string> = { host: url.host, accept: 'text/html', 'sec-fetch-mode': 'navigate' }
    if (cookie) headers['cookie'] = cookie
    if (visit.body !== undefined) {
      headers['content-type'] = 'application/x-www-form-urlencoded'
      headers['content-length'] = String(Buffer.byteLength(visit.body))
    }
    const started = performance.now()
    const seen = await this.#send(url, { ...visit, headers: { ...headers, ...visit.headers } })
    return { ...seen, ms: performance.now() - started }
  }

  async #send(url: URL, { port, method, body, headers }: Visit): Promise<Omit<Seen, 'ms'>> {
    const sent = request({
      host: url.hostname === 'localhost' ? '127.0.0.1' : url.hostname,
      port: port ?? url.port,
      path: url.pathname + url.search,
      method: method ?? 'GET',
      headers,
      agent,
      timeout: hung
    })
    let late = false
    sent.on('timeout', () => {
      late = true
      sent.destroy()
    })
    try {
      const response = await new Promise<IncomingMessage>((answered, failed) => {
        sent.on('response', answered).on('error', failed).end(body)
      })
      this.jar(url.origin).take(response.headers['set-cookie'] ?? [], url)
      const { location } = response.headers
      return {
        status: response.statusCode ?? 0,
        location: location === undefined ? undefined : new URL(location, url).href,
        body: await text(response)
      }
    } catch {
      return { status: late ? -1 : 0, location: undefined, body: '' }
    }
  }
}
