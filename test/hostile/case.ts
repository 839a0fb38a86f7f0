import type { Fault } from './fault.ts'
import type { Algorithm } from './keys.ts'
import type { PluginOptions } from './relying-party.ts'

/** The error codes of the login plugin that a provider can cause, and their status. */
export const statusOf = {
  FST_FC_ACR_TOO_LOW: 403,
  FST_FC_ATTEMPT_NOT_FOUND: 400,
  FST_FC_CALLBACK_INVALID: 400,
  FST_FC_LOGIN_REFUSED: 403,
  FST_FC_PROVIDER_ERROR: 400,
  FST_FC_CODE_REJECTED: 400,
  FST_FC_TOKEN_REQUEST_FAILED: 502,
  FST_FC_ID_TOKEN_INVALID: 502,
  FST_FC_USERINFO_INVALID: 502,
  FST_FC_UNAVAILABLE: 503
} as const

export type Code = keyof typeof statusOf

export type Outcome = Code | 'login'

/** One misbehaviour of the provider and what our server must make of it. */
export interface Case {
  name: string
  /** Line of the threat table. */
  line: string
  /** What the provider does, in one sentence. */
  does: string
  fault: Fault
  /** How this provider behaves the rest of the time, when not plainly. */
  honest?: Fault
  expect: Outcome
  /** A healthy login first: discovery and keys are warm, and there is a previous login. */
  warm?: boolean
  alg?: Algorithm
  options?: PluginOptions
  /** Most requests that the faulty login may cost, when fewer than 1 token, 1 userinfo and 2 key requests. */
  calls?: Partial<Record<'token' | 'userinfo' | 'jwks', number>>
  /** The provider must have been left before it sent this many bytes. */
  bytes?: number
  /** Checks what became of an accepted login. */
  accepted?: (login: Accepted) => string | undefined
}

export interface Accepted {
  claims: Record<string, unknown>
  scope: string[]
  sub: string
  /** Seconds from the login. */
  life: number
  tokenLife: number
}

/** A sentence on a refusal for the table. */
export function describe(outcome: Outcome): string {
  return outcome === 'login' ? 'logged in' : `refused, ${outcome} (${statusOf[outcome]})`
}
