import { Writable } from 'node:stream'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import fcData, { type FcDataError, type FcDataOptions, isFcDataError } from 'fastify-fc-data'
import type { Test } from 'tap'

export const QF = { name: 'dss/quotient-familial', scopes: ['cnaf_quotient_familial'] } as const
export const PRIME = { name: 'dss/prime-activite', scopes: ['prime_activite'] } as const
export const ARS = { name: 'dss/allocation-soutien-familial', scopes: ['allocation_soutien_familial'] } as const
export const IR = { name: 'dgfip/situation-ir', scopes: ['dgfip_annee_n_moins_2', 'dgfip_rfr'] } as const
export const annrev = new Date().getUTCFullYear() - 2

export const GOOD = { data: { quotient_familial: { valeur: 464 } }, links: {}, meta: {} }
export const coded = (code: string, meta: object = {}) => ({ errors: [{ code, title: 'Titre', meta }] })

/** Options of the providers, all on one address. */
export function providersAt(baseUrl: string): NonNullable<FcDataOptions['providers']> {
  return {
    apiParticulier: { recipient: '13002526500013', baseUrl },
    dgfip: { baseUrl, clientId: 'client', clientSecret: 'secret', idTeleservice: 'TS' },
    cnam: { baseUrl, apiKey: 'cle' },
    franceTravail: { baseUrl }
  }
}

type Work<T> = (request: FastifyRequest) => Promise<T>

export interface Citizens {
  app: FastifyInstance
  logs(): string
  /** Runs a piece of a handler for a citizen; many citizens at once. */
  as<T>(login: string, work: Work<T>): Promise<T>
  /** The same for a call that must fail with an error of the plugin. */
  refused(login: string, work: Work<unknown>): Promise<FcDataError>
}

/** A service that logs citizens in by other means. `life` is the milliseconds that a token still lives. */
export async function startCitizens(
  t: Test,
  url: string,
  options: Partial<FcDataOptions> = {},
  life = 60_000
): Promise<Citizens> {
  let log = ''
  const stream = new Writable({
    write: (chunk, _, done) => {
      log += chunk
      done()
    }
  })
  const app = Fastify({ logger: { level: 'trace', stream } })
  t.teardown(() => app.close())
  const apis = options.apis ?? [QF]
  const scope = apis.flatMap((api) => (typeof api === 'string' ? [] : [...(api.scopes ?? [])]))
  const expiresAt = new Date(Date.now() + life)
  await app.register(fcData, {
    apis,
    providers: providersAt(url),
    hold: false,
    getAccessToken: ({ headers }) => {
      const loginId = headers['x-login']
      return typeof loginId === 'string' && loginId
        ? { value: `jeton-de-${loginId}`, expiresAt, scope, loginId, sub: `sub-${loginId}` }
        : null
    },
    ...options
  })
  const works = new Map<string, (request: FastifyRequest) => Promise<void>>()
  let count = 0
  app.get('/work', async (request) => {
    await works.get(String(request.headers['x-work']))?.(request)
    return {}
  })
  await app.ready()

  async function as<T>(login: string, work: Work<T>): Promise<T> {
    const id = String(++count)
    let outcome: PromiseSettledResult<T> | undefined
    works.set(id, async (request) => {
      ;[outcome] = await Promise.allSettled([work(request)])
    })
    await app.inject({ url: '/work', headers: { 'x-work': id, ...(login ? { 'x-login': login } : {}) } })
    works.delete(id)
    if (outcome?.status === 'fulfilled') return outcome.value
    throw outcome?.reason
  }
  return {
    app,
    logs: () => log,
    as,
    refused: async (login, work) => {
      const error = await as(login, work).then(
        () => new Error('the call was not refused'),
        (reason: unknown) => reason
      )
      if (isFcDataError(error)) return error
      throw error
    }
  }
}

export const qf: Work<{ data: unknown; meta: object }> = (request) => request.fcData('dss/quotient-familial')
export const freshQf: typeof qf = (request) => request.fcData('dss/quotient-familial', {}, { fresh: true })
