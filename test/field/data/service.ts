import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import fcData, { type FcDataOptions } from 'fastify-fc-data'
import type { Test } from 'tap'

export const RECIPIENT = '13002526500013'

export interface Sent {
  status?: number
  body?: unknown
  headers?: Record<string, string>
}

export interface Seen {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: string
}

/** A data provider of which each test says the answers. */
export interface DataHost {
  url: string
  seen: Seen[]
  answers(answer: Sent | ((seen: Seen) => Sent)): void
}

export async function startDataHost(t: Test): Promise<DataHost> {
  let answer: Sent | ((seen: Seen) => Sent) = { body: {} }
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { method = '', url = '', headers } = request
    if (url.startsWith('/token')) {
      response.writeHead(200, { 'content-type': 'application/json' })
      return response.end('{"access_token":"jeton-de-la-passerelle","expires_in":3600}')
    }
    const call = { method, url, headers, body }
    seen.push(call)
    const sent = typeof answer === 'function' ? answer(call) : answer
    const text = typeof sent.body === 'string' ? sent.body : sent.body === undefined ? '' : JSON.stringify(sent.body)
    response.writeHead(sent.status ?? 200, { ...(text ? { 'content-type': 'application/json' } : {}), ...sent.headers })
    return response.end(text)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.teardown(() => void server.close().closeAllConnections())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answers: (next) => {
      answer = next
    }
  }
}

export interface DataService {
  app: FastifyInstance
  logs(): string
  /** The records logged at this level (pino's numbers). */
  logged(level: number): Record<string, unknown>[]
  /** Runs a piece of a handler inside a request of a login. */
  inside<T>(work: (request: FastifyRequest) => Promise<T>, login?: string): Promise<T>
}

/** A service whose citizens are logged in by other means: each name is a login with every scope. */
export async function startDataService(
  t: Test,
  url: string,
  options: Partial<FcDataOptions> & Pick<FcDataOptions, 'apis'>
): Promise<DataService> {
  let log = ''
  const stream = new Writable({
    write: (chunk, _, done) => {
      log += chunk
      done()
    }
  })
  const app = Fastify({ logger: { level: 'trace', stream } })
  t.teardown(() => app.close())
  const scope = options.apis.flatMap((api) => (typeof api === 'string' ? [] : [...(api.scopes ?? [])]))
  await app.register(fcData, {
    providers: {
      apiParticulier: { recipient: RECIPIENT, baseUrl: url },
      dgfip: { baseUrl: url, clientId: 'client', clientSecret: 'secret', idTeleservice: 'TS' },
      cnam: { baseUrl: url, apiKey: 'cle' },
      franceTravail: { baseUrl: url }
    },
    getAccessToken: ({ headers }) => ({
      value: `jeton-de-${headers['x-login']}`,
      expiresAt: new Date(Date.now() + 60_000),
      scope,
      loginId: String(headers['x-login'])
    }),
    ...options
  })
  let work: ((request: FastifyRequest) => Promise<unknown>) | undefined
  let outcome: PromiseSettledResult<unknown> | undefined
  app.get('/inside', async (request) => {
    ;[outcome] = await Promise.allSettled([work!(request)])
    return {}
  })
  await app.ready()
  return {
    app,
    logs: () => log,
    logged: (level) =>
      log
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
        .filter((record) => record.level === level),
    async inside<T>(given: (request: FastifyRequest) => Promise<T>, login = 'login-1') {
      work = given
      await app.inject({ url: '/inside', headers: { 'x-login': login } })
      if (outcome?.status === 'fulfilled') return outcome.value as T
      throw outcome?.reason
    }
  }
}

/** The envelope of API Particulier. */
export function enveloped(data: unknown, more: object = {}): object {
  return { data, links: {}, meta: {}, ...more }
}
