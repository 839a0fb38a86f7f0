import { Writable } from 'node:stream'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { Test } from 'tap'
import { type FcDataError, isFcDataError } from '../src/errors.ts'
import type { FcDataOptions } from '../src/options/options.ts'
import fcData from '../src/plugin.ts'

export const TOKEN = 'UxVqN8-citizen-access-token-0123456789abcdef'
export const API_KEY = 'cnam-api-key-0123456789'
export const CLIENT_SECRET = 'dgfip-client-secret-0123456789'
export const RECIPIENT = '13002526500013'

/** Options of the four providers, all on one address. */
export function providersAt(baseUrl: string): NonNullable<FcDataOptions['providers']> {
  return {
    apiParticulier: { recipient: RECIPIENT, baseUrl },
    dgfip: { baseUrl, clientId: 'dgfip-client', clientSecret: CLIENT_SECRET, idTeleservice: 'TELESERVICE-1' },
    cnam: { baseUrl, apiKey: API_KEY },
    franceTravail: { baseUrl }
  }
}

export type Caller = (request: FastifyRequest) => Promise<unknown>

export interface DataApp {
  app: FastifyInstance
  /** Everything that was logged, at the finest level. */
  logs(): string
  /** Makes a call inside a request of the login named, and returns what it returned or threw. */
  inside<T>(call: (request: FastifyRequest) => Promise<T>, login?: string): Promise<T>
  /** The same for a call that must fail with an error of this package. */
  refused(call: Caller, login?: string): Promise<FcDataError>
}

export interface TokenOptions {
  /** Milliseconds that the access token still lives. */
  life?: number
  scope?: string[]
}

/** An application that logs citizens in by other means: the login is the header `x-login`. */
export async function dataApp(
  t: Test,
  options: FcDataOptions,
  { life = 60_000, scope = ['*'] }: TokenOptions = {}
): Promise<DataApp> {
  let logged = ''
  const stream = new Writable({
    write: (chunk, _, done) => {
      logged += chunk
      done()
    }
  })
  const app = Fastify({ logger: { level: 'trace', stream } })
  t.teardown(() => app.close())
  const granted = options.apis.flatMap((api) => (typeof api === 'string' ? [] : (api.scopes ?? [])))
  const expiresAt = new Date(Date.now() + life)
  await app.register(fcData, {
    getAccessToken: (request) => {
      const loginId = request.headers['x-login']
      if (typeof loginId !== 'string') return null
      return {
        value: TOKEN,
        expiresAt,
        scope: scope[0] === '*' ? [...granted] : scope,
        loginId,
        sub: `sub of ${loginId}`
      }
    },
    ...options
  })
  let todo: Caller = async () => undefined
  let outcome: PromiseSettledResult<unknown> | undefined
  app.get('/inside', async (request) => {
    const [settled] = await Promise.allSettled([todo(request)])
    outcome = settled
    return {}
  })
  await app.ready()

  async function inside<T>(call: (request: FastifyRequest) => Promise<T>, login = 'login-1'): Promise<T> {
    todo = call
    await app.inject({ url: '/inside', headers: login ? { 'x-login': login } : {} })
    if (outcome?.status === 'fulfilled') return outcome.value as T
    throw outcome?.reason
  }
  return {
    app,
    logs: () => logged,
    inside,
    refused: async (call, login) => {
      const error = await inside(call, login).then(
        () => new Error('the call was not refused'),
        (reason: unknown) => reason
      )
      if (isFcDataError(error)) return error
      throw error
    }
  }
}
