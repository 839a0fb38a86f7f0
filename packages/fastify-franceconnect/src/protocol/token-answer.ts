import { failure } from '../errors.ts'
import { Answer } from './answer.ts'
import type { Decrypt, SignatureCheck } from './provider.ts'

/** Over this a logout could no longer carry the ID Token in its URL. */
const longestIdToken = 16_384
const longestAccessToken = 4096
/** FranceConnect says 60 seconds: whatever is said, a token is not trusted for more than an hour. */
const longestLife = 3600

/** What is kept of a token response. */
export interface Tokens {
  accessToken: string
  accessTokenExpiresAt: number
  idToken: string
  /** `null` when the response does not say: then what was asked was granted (RFC 6749 §5.1). */
  scope: readonly string[] | null
}

/**
 * Reads the token endpoint's JSON before openid-client does: known members only, the ID Token decrypted and its
 * signature verified. Throws `FST_FC_ID_TOKEN_INVALID`, `FST_FC_TOKEN_REQUEST_FAILED`, `FST_FC_UNAVAILABLE`.
 */
export async function readTokenAnswer(
  answer: Answer,
  { decrypt, signature }: { decrypt: Decrypt; signature: SignatureCheck }
): Promise<Answer> {
  const body = await answer.json().catch(() => null)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refused('the answer is not a JSON object')
  if (answer.type !== 'application/json') throw refused('the answer is not labelled application/json')
  const { access_token, token_type, expires_in, scope, id_token, error } = body as Record<string, unknown>
  if (error !== undefined) throw refused('an error under status 200')
  if (
    typeof access_token !== 'string' ||
    !/^[\x21-\x7e]+$/.test(access_token) ||
    access_token.length > longestAccessToken
  ) {
    throw refused('the access token is missing or malformed')
  }
  if (typeof token_type !== 'string' || token_type.toLowerCase() !== 'bearer')
    throw refused('the token type is not Bearer')
  const jws = await openIdToken(id_token, decrypt, signature)
  const life = typeof expires_in === 'string' ? Number(expires_in) : expires_in
  const known = {
    access_token,
    token_type,
    id_token: jws,
    ...(typeof life === 'number' && life >= 0 && Number.isFinite(life) ? { expires_in: life } : {}),
    ...(typeof scope === 'string' ? { scope } : {})
  }
  return new Answer(200, { 'content-type': 'application/json' }, '', known)
}

async function openIdToken(idToken: unknown, decrypt: Decrypt, signature: SignatureCheck): Promise<string> {
  if (typeof idToken !== 'string') throw failure('FST_FC_ID_TOKEN_INVALID', 'it is missing')
  if (idToken.length > longestIdToken) throw failure('FST_FC_ID_TOKEN_INVALID', `it is over ${longestIdToken} bytes`)
  const jws = await decrypt(idToken, 'FST_FC_ID_TOKEN_INVALID')
  await signature.verify(jws, 'FST_FC_ID_TOKEN_INVALID')
  return jws
}

/** Takes what is kept out of a response that openid-client accepted. */
export function tokensOf(response: {
  access_token: string
  id_token?: string
  expires_in?: number
  scope?: string
}): Tokens {
  const life = Math.min(response.expires_in ?? 60, longestLife)
  const scope = response.scope?.split(' ').filter((token) => /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(token))
  return {
    accessToken: response.access_token,
    accessTokenExpiresAt: Date.now() + life * 1000,
    idToken: response.id_token!,
    scope: scope ? [...new Set(scope)].slice(0, 200) : null
  }
}

function refused(problem: string): Error {
  return failure('FST_FC_TOKEN_REQUEST_FAILED', problem)
}
