import { compactDecrypt, compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose'
import type { DataProviderContext } from '../data-provider-context.ts'
import type { Credentials } from './credentials.ts'

/** The pivot identity that FranceConnect hands to a data provider, whatever identity scopes the service asked. */
export interface PivotIdentity {
  family_name: string
  given_name: string
  given_name_array: string[]
  gender: string
  birthdate: string
  birthplace: string
  birthcountry: string
}

/** What `checktoken` said of an access token. */
export type Introspection =
  | { active: true; sub: string; scope: string[]; identity: PivotIdentity; claims: Record<string, unknown> }
  | { active: false }

/** FranceConnect did not answer as it should: the caller says so in its provider's own error format. */
export class CheckTokenError extends Error {
  readonly reason: 'malformed' | 'unreachable' | 'timeout' | 'unreadable'

  constructor(reason: CheckTokenError['reason'], options?: ErrorOptions) {
    super(`FranceConnect checktoken: ${reason}`, options)
    this.name = 'CheckTokenError'
    this.reason = reason
  }
}

/** API Particulier waits 10 s for FranceConnect; the other providers say nothing, and get the same. */
const timeout = 10_000

async function ask(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeout) })
  } catch (error) {
    const reason = error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable'
    throw new CheckTokenError(reason, { cause: error })
  }
}

/**
 * Asks FranceConnect about access tokens as a data provider does: `POST {issuer}/checktoken` with its own
 * credentials; the answer is a JWE to the provider's key around a JWS of FranceConnect.
 */
export function tokenChecker(
  issuer: () => string,
  credentials: Credentials,
  signedResponseAlg: string = credentials.client.checktokenSignedResponseAlg
) {
  let keys: JSONWebKeySet | undefined

  async function fetchKeys(): Promise<JSONWebKeySet> {
    const response = await ask(`${issuer()}/jwks`, { headers: { accept: 'application/json' } })
    if (!response.ok) throw new CheckTokenError('unreadable')
    return (await response.json()) as JSONWebKeySet
  }

  async function verified(jws: string): Promise<Uint8Array> {
    const algorithms = [signedResponseAlg]
    keys ??= await fetchKeys()
    try {
      return (await compactVerify(jws, createLocalJWKSet(keys), { algorithms })).payload
    } catch {
      keys = await fetchKeys()
      return (await compactVerify(jws, createLocalJWKSet(keys), { algorithms })).payload
    }
  }

  /** @throws {CheckTokenError} when FranceConnect cannot be reached or its answer cannot be trusted. */
  return async function checkToken(token: string): Promise<Introspection> {
    const { clientId, clientSecret } = credentials.client
    const body = new URLSearchParams({ token, client_id: clientId, client_secret: clientSecret })
    const response = await ask(`${issuer()}/checktoken`, { method: 'POST', body })
    if (response.status === 400) throw new CheckTokenError('malformed')
    if (!response.ok) throw new CheckTokenError('unreadable')
    try {
      const jws = (await compactDecrypt(await response.text(), credentials.privateKey)).plaintext
      const payload = JSON.parse(new TextDecoder().decode(await verified(new TextDecoder().decode(jws))))
      if (payload.iss !== issuer() || payload.aud !== clientId) throw new CheckTokenError('unreadable')
      return read(payload.token_introspection)
    } catch (error) {
      throw error instanceof CheckTokenError ? error : new CheckTokenError('unreadable', { cause: error })
    }
  }
}

export type CheckToken = (token: string) => Promise<Introspection>

/**
 * Asks FranceConnect, then FranceConnect+ about a token that the first does not know, where its checktoken answers.
 * FranceConnect+ signs with ES256 whatever is registered.
 */
export function platformsChecker(context: DataProviderContext, credentials: Credentials): CheckToken {
  const ask = tokenChecker(context.issuer, credentials)
  const askPlus = tokenChecker(() => context.plusIssuer?.() ?? '', credentials, 'ES256')
  return async (token) => {
    const answer = await ask(token)
    return answer.active || !context.plusIssuer?.() ? answer : askPlus(token)
  }
}

function read(claims: Record<string, unknown> & { active: boolean }): Introspection {
  if (claims.active !== true) return { active: false }
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : '')
  const identity = {
    family_name: text('family_name'),
    given_name: text('given_name'),
    given_name_array: Array.isArray(claims.given_name_array) ? claims.given_name_array.map(String) : [],
    gender: text('gender'),
    birthdate: text('birthdate'),
    birthplace: text('birthplace'),
    birthcountry: text('birthcountry')
  }
  return { active: true, sub: text('sub'), scope: text('scope').split(' ').filter(Boolean), identity, claims }
}
