import { compactDecrypt, compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose'
import type { Credentials } from './credentials.ts'
import type { DataProviderContext, PivotClaims } from './data-provider-context.ts'

/** Why FranceConnect's answer is none: it refused the request, was out of reach or late, or cannot be believed. */
export type CheckFailure = 'malformed' | 'unreachable' | 'timeout' | 'unreadable'

/** What `checktoken` said of an access token. */
export type Introspection =
  | { active: true; identity: PivotClaims; scope: string[] }
  | { active: false; failure?: CheckFailure }

export type CheckToken = (token: string) => Promise<Introspection>

/** The FranceConnect to ask. */
export interface Platform extends Pick<DataProviderContext, 'issuer' | 'reach'> {
  /** The provider's registered one when left out. */
  signedResponseAlg?: string
}

/** API Particulier waits 10 s for FranceConnect; the other providers say nothing, and get the same. */
const timeout = 10_000

async function ask(url: string, init: RequestInit): Promise<Response | CheckFailure> {
  try {
    return await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeout) })
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable'
  }
}

/**
 * Asks FranceConnect about access tokens as a data provider does: `POST {issuer}/checktoken` with its own
 * credentials; the answer is a JWE to the provider's key around a JWS of FranceConnect.
 */
export function tokenChecker(
  { issuer, reach, signedResponseAlg }: Platform,
  { client, privateKey }: Credentials
): CheckToken {
  const { clientId, clientSecret } = client
  let keys: JSONWebKeySet | undefined

  async function fetchKeys(): Promise<JSONWebKeySet> {
    const response = await fetch(reach(`${issuer()}/jwks`), { redirect: 'error', signal: AbortSignal.timeout(timeout) })
    return (await response.json()) as JSONWebKeySet
  }

  async function verified(jws: string): Promise<Uint8Array> {
    const algorithms = [signedResponseAlg ?? client.checktokenSignedResponseAlg]
    keys ??= await fetchKeys()
    try {
      return (await compactVerify(jws, createLocalJWKSet(keys), { algorithms })).payload
    } catch {
      keys = await fetchKeys()
      return (await compactVerify(jws, createLocalJWKSet(keys), { algorithms })).payload
    }
  }

  return async function checkToken(token) {
    const body = new URLSearchParams({ token, client_id: clientId, client_secret: clientSecret })
    const response = await ask(reach(`${issuer()}/checktoken`), { method: 'POST', body })
    if (typeof response === 'string') return { active: false, failure: response }
    if (!response.ok) return { active: false, failure: response.status === 400 ? 'malformed' : 'unreadable' }
    try {
      const jws = (await compactDecrypt(await response.text(), privateKey)).plaintext
      const payload = JSON.parse(new TextDecoder().decode(await verified(new TextDecoder().decode(jws))))
      const ours = payload.iss === issuer() && payload.aud === clientId
      return ours ? read(payload.token_introspection) : { active: false, failure: 'unreadable' }
    } catch {
      return { active: false, failure: 'unreadable' }
    }
  }
}

/**
 * Asks FranceConnect, then FranceConnect+ about a token that the first does not know, where its checktoken answers.
 * FranceConnect+ signs with ES256 whatever is registered.
 */
export function platformsChecker(context: DataProviderContext, credentials: Credentials): CheckToken {
  const { issuer, reach } = context
  const ask = tokenChecker({ issuer, reach }, credentials)
  const plusIssuer = () => context.plusIssuer?.() ?? ''
  const askPlus = tokenChecker({ issuer: plusIssuer, reach, signedResponseAlg: 'ES256' }, credentials)
  return async (token) => {
    const answer = await ask(token)
    return answer.active || !plusIssuer() ? answer : askPlus(token)
  }
}

function read(claims: Record<string, unknown>): Introspection {
  if (claims.active !== true) return { active: false }
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : '')
  const identity = {
    family_name: text('family_name'),
    given_name: text('given_name'),
    gender: text('gender'),
    birthdate: text('birthdate'),
    birthplace: text('birthplace'),
    birthcountry: text('birthcountry')
  }
  return { active: true, identity, scope: text('scope').split(' ').filter(Boolean) }
}
