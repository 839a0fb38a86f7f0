import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { LoginKey } from './login-cookie.ts'
import type { LoginRecords, OpenedLogin } from './record.ts'

/** The login that a request carries: its record as read from the store, opened when somebody looks. */
export interface Carried {
  key: LoginKey
  id: string
  /** What its session says. */
  mark: string
  /** Slots of what came to be beside it in the same browser. */
  beside: readonly string[]
  sealed: string
  opened?: OpenedLogin | null
}

/** One place a registration: two of them never read each other's. */
export interface CarriedLogin {
  decorate(app: FastifyInstance): void
  get(request: FastifyRequest): Carried | null
  set(request: FastifyRequest, carried: Carried | null): void
  /** `null` when there is none or it is over. */
  open(request: FastifyRequest): OpenedLogin | null
}

export function createCarriedLogin(records: LoginRecords): CarriedLogin {
  const place = Symbol('franceconnect.login')
  type Carrier = FastifyRequest & { [place]?: Carried | null }

  return {
    decorate: (app) => void app.decorateRequest(place, null),
    get: (request: Carrier) => request[place] ?? null,
    set(request: Carrier, carried) {
      request[place] = carried
    },
    open(request: Carrier) {
      const held = request[place] ?? null
      if (held === null) return null
      if (held.opened === undefined) held.opened = records.open(held.sealed, held.key)
      return held.opened !== null && held.opened.expiresAt > Date.now() ? held.opened : null
    }
  }
}
