import { randomBytes } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { Writable } from 'node:stream'
import { inspect } from 'node:util'
import Fastify, { type FastifyInstance } from 'fastify'
import fcProvider, { type FcProviderAccess, type FcProviderOptions } from 'fastify-fc-provider'
import type { Test } from 'tap'
import { citizen, clientId, clientSecret, decryptionKey } from './france-connect.ts'

export interface Town {
  app: FastifyInstance
  url: string
  records: FcProviderAccess[]
  /** Everything logged at every level, and every record, error and page. */
  written(): string
  /** Times that a handler ran. */
  served(): number
}

export const newToken = () => randomBytes(32).toString('base64url')
/** What nobody but the two servers may see, beside the tokens. */
export const secrets = [clientSecret, citizen.family_name, 'hostile-suite-sub', 'Angela', '1962-08-24']

/** A town that logs all that it can, listening. */
export async function startTown(t: Test, issuer: string, options: Partial<FcProviderOptions> = {}): Promise<Town> {
  let written = ''
  let served = 0
  const records: FcProviderAccess[] = []
  const write = (text: unknown) => {
    written += typeof text === 'string' ? text : inspect(text, { depth: 10, showHidden: true })
  }
  const stream = new Writable({
    write: (chunk, _, done) => {
      write(String(chunk))
      done()
    }
  })
  const app = Fastify({ logger: { level: 'trace', stream } })
  t.teardown(() => app.close())
  await app.register(fcProvider, {
    issuer,
    clientId,
    clientSecret,
    decryptionKeys: [decryptionKey],
    scopes: { ville_solde: 'Solde de la cantine', ville_enfants: 'Enfants inscrits' },
    timeout: 700,
    onAccess: (record) => {
      records.push(record)
      write(record)
    },
    onError: (error) => {
      write(error)
      write(JSON.stringify(error))
    },
    ...options
  })
  app.route({
    method: ['GET', 'POST'],
    url: '/solde',
    preHandler: app.fcProvider.require('ville_solde'),
    handler: async ({ fcCaller }) => {
      served += 1
      return { solde: 12, sub: fcCaller.sub, scopes: fcCaller.scopes, jti: JSON.stringify(fcCaller).includes('jti') }
    }
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { app, url, records, written: () => written, served: () => served }
}

export interface Seen {
  status: number
  code: string | undefined
  headers: Record<string, string | string[] | undefined>
  text: string
  ms: number
}

/** A request made by hand: headers leave as they are written, twice the same too. */
export function ask(
  town: { url: string },
  headers: readonly (readonly [name: string, value: string])[],
  { path = '/solde', method = 'GET', body = '' }: { path?: string; method?: string; body?: string } = {}
): Promise<Seen> {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(town.url)
    const flat = [['host', `${hostname}:${port}`], ...headers].flat()
    const request = httpRequest({ hostname, port, path, method, headers: flat as unknown as Record<string, string> })
    request.on('error', reject)
    request.on('response', async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      const code = text.startsWith('{') ? (JSON.parse(text).errors?.[0]?.code as string | undefined) : undefined
      resolve({ status: response.statusCode!, code, headers: response.headers, text, ms: performance.now() - started })
    })
    request.end(body)
  })
}

export const bearer = (token: string) => [['authorization', `Bearer ${token}`]] as const
