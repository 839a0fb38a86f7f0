import { Writable } from 'node:stream'
import Fastify, { type FastifyInstance } from 'fastify'
import franceConnect, { type FranceConnectOptions } from 'fastify-franceconnect'
import { type Sandbox, startSandbox } from 'franceconnect-sandbox'
import type { Test } from 'tap'
import type { FcDataOptions } from '../src/options/options.ts'
import fcData from '../src/plugin.ts'

export const QF = { name: 'dss/quotient-familial' as const, scopes: ['cnaf_quotient_familial'] as const }
export const IR = { name: 'dgfip/situation-ir' as const, scopes: ['dgfip_annee_n_moins_2', 'dgfip_rfr'] as const }

export interface Service {
  app: FastifyInstance
  logs(): string
}

export async function sandboxFor(t: Test): Promise<Sandbox> {
  const sandbox = await startSandbox({ port: 0 })
  t.teardown(() => sandbox.close())
  return sandbox
}

/** A whole service: FranceConnect's login, the API's, and the pages given. */
export async function startService(
  t: Test,
  sandbox: Sandbox,
  data: Partial<FcDataOptions>,
  pages: (app: FastifyInstance) => void,
  login: Partial<FranceConnectOptions> = {}
): Promise<Service> {
  let logged = ''
  const stream = new Writable({
    write: (chunk, _, done) => {
      logged += chunk
      done()
    }
  })
  const app = Fastify({ logger: { level: 'trace', stream } })
  t.teardown(() => app.close())
  await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl: 'http://localhost:3000', ...login })
  await app.register(fcData, { apis: [QF], providers: sandbox.fcDataOptions.providers, ...data })
  pages(app)
  await app.ready()
  return { app, logs: () => logged }
}

/** Calls that reached the data providers. */
export function dataCalls(sandbox: Sandbox, api?: string): number {
  const isData = (name: string | undefined) => name !== undefined && name !== 'dgfip/token' && (!api || name === api)
  return sandbox.requests.filter((request) => isData((request as { api?: string }).api)).length
}

/** Moves the clock of this process, and the sandbox's with it. */
export function later(t: Test, seconds: number): void {
  const real = Date.now
  t.teardown(() => {
    Date.now = real
  })
  Date.now = () => real() + seconds * 1000
}
