import { type Identity, readIdentity } from '../identity/identity.ts'
import type { Settings } from '../options/options.ts'

/** What FranceConnect says of an active token: everything but the token. */
export interface Introspection {
  /** Client id of the service that calls. */
  consumer: string
  /** Of the citizen, for this data provider alone. */
  sub: string
  acr: string
  /** Granted, and declared by this data provider. */
  scopes: readonly string[]
  identity: Identity
  /** Milliseconds since the epoch. */
  expiresAt: number
}

/** What comes of an answer: an introspection, a dead token, or why the answer cannot be used. */
export type Reading = Introspection | 'inactive' | { problem: string }

type Expected = Pick<Settings, 'issuer' | 'clientId' | 'clockTolerance' | 'scopes'>

/** The last second that a Date holds (ECMA-262 §21.4.1.1). */
const lastSecond = 8.64e12
const longest = 512

/**
 * Reads the claims of an answer of checktoken whose signature was verified: issuer, audience, when it was made, and the
 * shape of what it says. `active` is `true` or `false` and nothing that looks like it.
 *
 * @param sentAt when the question left, in milliseconds since the epoch: an answer is not older
 */
export function readIntrospection(claims: Record<string, unknown>, sentAt: number, expected: Expected): Reading {
  const problem = envelopeProblem(claims, sentAt, expected)
  if (problem !== null) return { problem }
  const said = claims['token_introspection']
  if (typeof said !== 'object' || said === null || Array.isArray(said))
    return { problem: 'token_introspection is missing' }
  const { active, aud, sub, acr, scope, exp, nbf, ...more } = said as Record<string, unknown>
  if (active === false) return 'inactive'
  if (active !== true) return { problem: 'active is neither true nor false' }
  if (typeof exp !== 'number' || exp < 0 || exp > lastSecond) return { problem: 'the token’s exp is not a time' }
  if (nbf !== undefined && typeof nbf !== 'number') return { problem: 'the token’s nbf is not a time' }
  if (!isName(aud)) return { problem: 'the token’s aud is not a client id' }
  if (!isName(sub)) return { problem: 'the token’s sub is not a text' }
  if (!isName(acr)) return { problem: 'the token’s acr is not a text' }
  if (typeof scope !== 'string') return { problem: 'the token’s scope is not a text' }
  const identity = readIdentity(more)
  if (identity === null) return { problem: 'a claim of identity has not the shape that it should' }
  const now = seconds(Date.now())
  if (exp < now - expected.clockTolerance) return 'inactive'
  if (typeof nbf === 'number' && nbf > now + expected.clockTolerance) return 'inactive'
  const granted = new Set(scope.split(' '))
  const scopes = [...expected.scopes.keys()].filter((name) => granted.has(name))
  return { consumer: aud, sub, acr, scopes, identity, expiresAt: exp * 1000 }
}

/** What is wrong with the JWT around, or `null`: for us, from FranceConnect, made just now. */
function envelopeProblem(claims: Record<string, unknown>, sentAt: number, expected: Expected): string | null {
  const { iss, aud, iat, exp, nbf } = claims
  if (iss !== expected.issuer) return 'its iss is missing or another issuer'
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud]
  if (audiences.length !== 1 || audiences[0] !== expected.clientId) return 'its aud is missing or another data provider'
  const [asked, now] = [seconds(sentAt), seconds(Date.now())]
  if (typeof iat !== 'number') return 'its iat is missing or not a time'
  if (iat < asked - expected.clockTolerance)
    return 'its iat is before the question: an answer of before, or a clock that is wrong'
  if (iat > now + expected.clockTolerance) return 'its iat is in the future: a clock is wrong'
  if (exp !== undefined && (typeof exp !== 'number' || exp < now - expected.clockTolerance)) return 'it has expired'
  if (nbf !== undefined && (typeof nbf !== 'number' || nbf > now + expected.clockTolerance))
    return 'its nbf is in the future'
  return null
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longest
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}
