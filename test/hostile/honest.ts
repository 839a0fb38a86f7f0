import { hash, randomBytes } from 'node:crypto'
import type { Login } from './fault.ts'

/** The citizen of every login: marked values, so that a leak is found by search. */
export const citizen = {
  given_name: 'Angela Canari',
  given_name_array: ['Angela', 'Canari'],
  family_name: 'DUBOIS-CANARI',
  birthdate: '1962-08-24',
  gender: 'female',
  birthplace: '75107',
  birthcountry: '99100',
  email: 'angela.canari@example.org'
}

/** Metadata as FranceConnect publishes them, PKCE that it refuses included. */
export function metadata(issuer: string): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    end_session_endpoint: `${issuer}/session/end`,
    response_types_supported: ['code'],
    response_modes_supported: ['form_post', 'fragment', 'query'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['pairwise'],
    acr_values_supported: ['eidas1', 'eidas2', 'eidas3'],
    scopes_supported: ['openid', 'given_name', 'family_name'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    id_token_signing_alg_values_supported: ['HS256', 'ES256', 'RS256'],
    userinfo_signing_alg_values_supported: ['HS256', 'ES256', 'RS256'],
    code_challenge_methods_supported: ['S256'],
    claims_parameter_supported: true,
    authorization_response_iss_parameter_supported: true
  }
}

const known = ['client_id', 'acr_values', 'claims', 'response_type', 'nonce', 'state', 'redirect_uri', 'scope']
const required = ['client_id', 'acr_values', 'response_type', 'nonce', 'state', 'redirect_uri', 'scope']

/** What makes FranceConnect answer its dead-end page Y030007, or `undefined`. */
export function refusalOfAuthorize(query: URLSearchParams): string | undefined {
  for (const name of query.keys()) {
    if (![...known, 'prompt', 'idp_hint', 'ui_locales'].includes(name)) return `Y030007 ${name}`
    if (query.getAll(name).length > 1) return `Y030007 repeated ${name}`
  }
  const missing = required.find((name) => !query.get(name))
  if (missing) return `Y030007 missing ${missing}`
  if ((query.get('nonce') ?? '').length < 22) return 'Y030007 nonce'
  return undefined
}

/** What a provider other than FranceConnect answers to a login without PKCE (RFC 7636 §4.4.1). */
export function refusalWithoutPkce(query: URLSearchParams): string | undefined {
  const asked = query.get('code_challenge_method') === 'S256' && /^[\w-]{43}$/.test(query.get('code_challenge') ?? '')
  return asked ? undefined : 'invalid_request: code challenge required'
}

/** The verifier is the one that the challenge was made of (RFC 7636 §4.6). */
export function isVerifierOf(challenge: string, verifier: string | null): boolean {
  return /^[\w.~-]{43,128}$/.test(verifier ?? '') && hash('sha256', verifier ?? '', 'base64url') === challenge
}

/** A login as authorize opens it; `sub` is one citizen's unless another is given. */
export function openLogin(query: URLSearchParams, sub: string): Login {
  return {
    state: query.get('state') ?? '',
    nonce: query.get('nonce') ?? '',
    redirectUri: query.get('redirect_uri') ?? '',
    scope: query.get('scope') ?? '',
    acr: query.get('acr_values') ?? '',
    codeChallenge: query.get('code_challenge') ?? '',
    code: randomBytes(32).toString('base64url'),
    accessToken: randomBytes(32).toString('base64url'),
    sub,
    idToken: '',
    userinfo: '',
    codeUsed: false
  }
}

/** Claims of the ID Token, exactly FranceConnect's set: no at_hash, no azp. */
export function idTokenClaims(issuer: string, clientId: string, login: Login): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000)
  return {
    sub: login.sub,
    auth_time: now,
    acr: login.acr,
    nonce: login.nonce,
    aud: clientId,
    exp: now + 60,
    iat: now,
    iss: issuer
  }
}

export function userinfoClaims(issuer: string, clientId: string, login: Login): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000)
  return { sub: login.sub, ...citizen, aud: clientId, exp: now + 60, iat: now, iss: issuer }
}
