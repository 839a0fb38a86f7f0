import { Writable } from 'node:stream'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import fcData, { defineApi, type FcDataOptions } from 'fastify-fc-data'
import type { Test } from 'tap'
import { Type } from 'typebox'

export const TOKEN = 'hostile-suite-access-token-0123456789-abcdef'
export const RUE = 'rue-des-Lilas-confidentielle'

export interface DataService {
  app: FastifyInstance
  /** Everything logged and every page answered. */
  written(): string
  /** A page of the application that reads the data. */
  open(
    path: string,
    login?: string
  ): Promise<{ status: number; body: Record<string, unknown>; headers: Record<string, unknown> }>
  /** Runs inside a request of somebody logged in. */
  inside<T>(call: (request: FastifyRequest) => Promise<T>, login?: string): Promise<T>
}

/** The API that the suite attacks: a street in the path, a text in the query. */
export function cantine(url: string) {
  const params = Type.Object({ rue: Type.String(), mois: Type.Optional(Type.String()) })
  const data = Type.Object({ sub: Type.Optional(Type.String()), total: Type.Optional(Type.Integer()) })
  return defineApi({ name: 'ville/cantine', url: `${url}/v1/{rue}/cantine`, scopes: ['ville_cantine'], params, data })
}

export async function startDataService(
  t: Test,
  url: string,
  options: Partial<FcDataOptions> = {},
  life = 60_000
): Promise<DataService> {
  let written = ''
  const stream = new Writable({
    write: (chunk, _, done) => {
      written += chunk
      done()
    }
  })
  const app = Fastify({ logger: { level: 'trace', stream } })
  t.teardown(() => app.close())
  const api = cantine(url)
  const expiresAt = new Date(Date.now() + life)
  await app.register(fcData, {
    apis: [api],
    timeout: 2500,
    getAccessToken: (request) => {
      const loginId = request.headers['x-login']
      return typeof loginId === 'string'
        ? { value: TOKEN, expiresAt, scope: ['ville_cantine'], loginId, sub: loginId }
        : null
    },
    ...options
  })
  app.get('/cantine', (request) => request.fcData(api, { rue: RUE }))
  app.get('/fresh', (request) => request.fcData(api, { rue: RUE }, { fresh: true }))
  app.get('/alive', async () => ({ alive: true }))
  let todo: (request: FastifyRequest) => Promise<unknown> = async () => undefined
  app.get('/inside', (request) => todo(request))
  return {
    app,
    written: () => written,
    async open(path, login = 'login-1') {
      const response = await app.inject({ url: path, headers: login ? { 'x-login': login } : {} })
      written += response.body + JSON.stringify(response.headers)
      return { status: response.statusCode, body: response.json(), headers: response.headers }
    },
    inside(call, login = 'login-1') {
      return new Promise((resolve, reject) => {
        todo = async (request) => {
          await call(request).then(resolve, reject)
          return {}
        }
        app.inject({ url: '/inside', headers: { 'x-login': login } }).catch(reject)
      })
    }
  }
}
