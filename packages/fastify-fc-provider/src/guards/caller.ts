import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Introspection } from '../check-token/introspection.ts'
import { failure } from '../errors.ts'
import type { Identity } from '../identity/identity.ts'
import type { Access } from '../trace/access.ts'

/** Who asks, and about whom. The access token is nowhere in it. */
export interface FcCaller {
  /** Of the citizen, for this data provider alone. */
  sub: string
  /** Client id of the service that asks. */
  consumer: string
  /** Its name, where the option `consumers` gives one. */
  consumerName: string | null
  /** SIRET of the body that will receive the data, where the option `recipient` requires it. */
  recipient: string | null
  /** Level of the login: `eidas1`, `eidas2`, `eidas3`. */
  acr: string
  /** What the citizen granted, among the scopes declared. */
  scopes: string[]
  identity: Identity
  /** End of the access token. */
  expiresAt: Date
}

/** What the guards remember of one request. */
export interface Guarded {
  access: Access
  caller: FcCaller | null
}

const guarded = new WeakMap<FastifyRequest, Guarded>()

export function remember(request: FastifyRequest, state: Guarded): Guarded {
  guarded.set(request, state)
  return state
}

export function recall(request: FastifyRequest): Guarded | undefined {
  return guarded.get(request)
}

/** A copy for one request: an introspection may be shared by several. */
export function callerOf(
  { consumer, sub, acr, scopes, identity, expiresAt }: Introspection,
  { name, recipient }: { name: string | null; recipient: string | null }
): FcCaller {
  const { givenNames } = identity
  return {
    sub,
    consumer,
    consumerName: name,
    recipient,
    acr,
    scopes: [...scopes],
    identity: { ...identity, ...(givenNames && { givenNames: [...givenNames] }) },
    expiresAt: new Date(expiresAt)
  }
}

/** `request.fcCaller`. */
export function decorateCaller(app: FastifyInstance): void {
  app.decorateRequest('fcCaller', {
    getter(this: FastifyRequest): FcCaller {
      const caller = recall(this)?.caller
      if (caller) return caller
      const message =
        'request.fcCaller is read where no guard ran: give the route { preHandler: app.fcProvider.require(…) }'
      throw failure('FST_FC_PROVIDER_GUARD_MISSING', message)
    }
  })
}
