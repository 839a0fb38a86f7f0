import { type Agent, type IncomingHttpHeaders, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { CookieJar } from './cookie-jar.ts'

export interface Page {
  url: string
  status: number
  headers: IncomingHttpHeaders
  setCookie: string[]
  /** Where a redirect leads, resolved as a browser resolves it. */
  location: string | undefined
  body: string
}

export interface Visit {
  method?: string
  headers?: Record<string, string>
  body?: string
  /** Path sent as it stands, for what a URL parser would mend. */
  rawPath?: string
}

const navigation = {
  accept: 'text/html,application/xhtml+xml',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-site': 'none'
}

/**
 * A browser over real HTTP with one jar per origin. The service's public origin, https
 * included, is reached on its local port, as behind a proxy that ends TLS.
 */
export class Browser {
  readonly jars = new Map<string, CookieJar>()
  readonly #ports: Record<string, number>
  readonly #agent: Agent | false

  /** A connection per request, unless an agent keeps them. */
  constructor(ports: Record<string, number>, agent: Agent | false = false) {
    this.#ports = ports
    this.#agent = agent
  }

  jar(origin: string): CookieJar {
    const jar = this.jars.get(origin) ?? new CookieJar()
    this.jars.set(origin, jar)
    return jar
  }

  /** One request, redirects not followed; a browser never sends the fragment. */
  async open(address: string, visit: Visit = {}): Promise<Page> {
    const url = new URL(address)
    const jar = this.jar(url.origin)
    const cookie = jar.header(url)
    const headers = { ...navigation, host: url.host, ...(cookie ? { cookie } : {}), ...visit.headers }
    const sent = request({
      host: '127.0.0.1',
      port: this.#ports[url.origin] ?? url.port,
      method: visit.method ?? 'GET',
      path: visit.rawPath ?? url.pathname + url.search,
      headers: visit.body === undefined ? headers : { 'content-length': Buffer.byteLength(visit.body), ...headers },
      agent: this.#agent
    })
    sent.end(visit.body)
    const response = await new Promise<import('node:http').IncomingMessage>((answered, failed) => {
      sent.on('response', answered).on('error', failed)
    })
    const setCookie = response.headers['set-cookie'] ?? []
    jar.take(setCookie, url)
    const location = response.headers.location
    return {
      url: address,
      status: response.statusCode ?? 0,
      headers: response.headers,
      setCookie,
      location: location === undefined ? undefined : new URL(location, url).href,
      body: await text(response)
    }
  }
}
