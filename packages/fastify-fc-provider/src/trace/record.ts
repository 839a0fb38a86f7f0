import type { Matching } from 'franceconnect-protocol/identity'
import type { FcProviderErrorCode } from '../errors.ts'

/** One access to the API, for the log that a data provider keeps. Neither data, nor identity, nor token. */
export interface FcProviderAccess {
  at: Date
  method: string
  /** Path of the route, as declared. */
  api: string
  /** Client id of the service, `null` when its token was not verified. */
  consumer: string | null
  consumerName: string | null
  recipient: string | null
  /** Scopes of this API that the citizen granted and that were answered. */
  scopes: readonly string[]
  /** Keyed hash of FranceConnect's `sub`: the same citizen, without their identifier. */
  subject: string | null
  /** HTTP status of the answer, `null` when the consumer left before. */
  status: number | null
  /** The error's code, `ABORTED` when the consumer left before, `null` when the application answered. */
  code: FcProviderErrorCode | 'ABORTED' | null
  /** Milliseconds until the answer had left. */
  duration: number
  /** Fastify's id of the request. */
  requestId: string
  /** True when FranceConnect's answer was held: it was not asked. */
  held: boolean
  /** What `matchOne` found: the outcome, and how many candidates differed on each field. */
  matching: Omit<Matching<unknown>, 'match'> | null
}
