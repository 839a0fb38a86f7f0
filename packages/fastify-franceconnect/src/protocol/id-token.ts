import { hash } from 'node:crypto'
import { type AcrValues, isAtLeast } from 'franceconnect-protocol/acr'
import { failure } from '../errors.ts'
import type { Tokens } from './token-answer.ts'

/** What is kept of an ID Token. */
export interface IdTokenClaims {
  sub: string
  acr: string
  amr: readonly string[]
  /** Milliseconds since the epoch. */
  authTime: number | null
}

/** The last second that a Date holds (ECMA-262 §21.4.1.1). */
const lastSecond = 8.64e12

interface Checked {
  clientId: string
  /** Seconds, inclusive. */
  clockTolerance: number
}

/**
 * The checks of an ID Token that openid-client does not make (it has checked iss, aud, exp, presence of iat and sub,
 * nonce): azp whenever present, times to the second, at_hash when present, the form of sub and nonce, and the level.
 * OpenID Connect Core §3.1.3.7 and §3.1.3.8; the level is a duty of every FranceConnect service.
 * Throws `FST_FC_ID_TOKEN_INVALID`, `FST_FC_CODE_REJECTED`, `FST_FC_ACR_TOO_LOW`.
 */
export function checkIdToken(
  claims: Record<string, unknown> | undefined,
  tokens: Tokens,
  expected: { nonce: string; acrValues: AcrValues },
  { clientId, clockTolerance }: Checked
): IdTokenClaims {
  if (claims === undefined) throw invalid('it is missing')
  if (isDeep(claims)) throw invalid('it is nested too deep')
  const { sub, nonce, azp, at_hash, acr, amr, auth_time } = claims
  if (typeof sub !== 'string' || sub.length < 1 || sub.length > 255)
    throw invalid('its sub is not a string of 1 to 255 characters')
  if (azp !== undefined && azp !== clientId) throw invalid('its azp is another client')
  const times = timesProblem(claims, clockTolerance)
  if (times !== null) throw invalid(times)
  if (typeof nonce !== 'string') throw invalid('its nonce is missing or not a string')
  if (nonce !== expected.nonce)
    throw failure('FST_FC_CODE_REJECTED', 'the ID Token carries the nonce of another attempt')
  if (at_hash !== undefined && at_hash !== accessTokenHash(tokens.accessToken))
    throw invalid('its at_hash is not that of the access token')
  if (typeof acr !== 'string') throw invalid('its acr is missing or not a string')
  if (!isAtLeast(acr, expected.acrValues)) {
    throw failure(
      'FST_FC_ACR_TOO_LOW',
      `${/^\w{1,20}$/.test(acr) ? acr : 'an unknown level'} in place of ${expected.acrValues}`
    )
  }
  return {
    sub,
    acr,
    amr: Array.isArray(amr) ? amr.filter((method) => typeof method === 'string').slice(0, 20) : [],
    authTime: typeof auth_time === 'number' && Math.abs(auth_time) <= lastSecond ? auth_time * 1000 : null
  }
}

/** No claim of OpenID Connect is nested deeper than an address; what walks a login (a seal, a log) calls itself for each level. */
const deepest = 16

/** Whether a JSON value holds more levels than an identity has. */
export function isDeep(value: unknown, depth = 0): boolean {
  if (depth > deepest) return true
  if (typeof value !== 'object' || value === null) return false
  for (const one of Object.values(value)) if (isDeep(one, depth + 1)) return true
  return false
}

/** What is wrong with the times of a JWT, tolerance included, or `null`. */
export function timesProblem({ exp, iat, nbf }: Record<string, unknown>, tolerance: number): string | null {
  const now = Math.floor(Date.now() / 1000)
  if (typeof exp !== 'number' || exp < now - tolerance) return 'it has expired'
  if (iat !== undefined && (typeof iat !== 'number' || iat > now + tolerance)) return 'its iat is in the future'
  if (nbf !== undefined && (typeof nbf !== 'number' || nbf > now + tolerance)) return 'its nbf is in the future'
  return null
}

function accessTokenHash(accessToken: string): string {
  return hash('sha256', accessToken, 'buffer').toString('base64url', 0, 16)
}

function invalid(problem: string): Error {
  return failure('FST_FC_ID_TOKEN_INVALID', problem)
}
