import type { IncomingMessage } from 'node:http'
import { type FcProviderErrorCode, failure } from '../errors.ts'

/** Characters of a token: FranceConnect's have 43. */
const longest = 4096
const realm = 'Bearer realm="FranceConnect"'

/** `WWW-Authenticate` of an error (RFC 6750 §3): no error code where no token came. */
export function challenge(code: FcProviderErrorCode, scopes: readonly string[] = []): Record<string, string> {
  if (code === 'FST_FC_PROVIDER_TOKEN_MISSING') return { 'www-authenticate': realm }
  if (code === 'FST_FC_PROVIDER_TOKEN_INVALID') {
    const description = 'error_description="The access token is malformed, unknown, expired or revoked"'
    return { 'www-authenticate': `${realm}, error="invalid_token", ${description}` }
  }
  if (code !== 'FST_FC_PROVIDER_SCOPE_MISSING') return {}
  return { 'www-authenticate': `${realm}, error="insufficient_scope", scope="${scopes.join(' ')}"` }
}

/**
 * The access token, from the header Authorization and nowhere else: not from the query, which logs keep, nor from a body
 * (RFC 6750 §2.1; RFC 9700 §4.3.2). Throws `FST_FC_PROVIDER_TOKEN_MISSING`, `FST_FC_PROVIDER_TOKEN_INVALID`.
 */
export function readBearer({ headers, rawHeaders }: Pick<IncomingMessage, 'headers' | 'rawHeaders'>): string {
  const { authorization } = headers
  if (authorization === undefined || !/^Bearer(?![^ ])/i.test(authorization)) {
    const code = 'FST_FC_PROVIDER_TOKEN_MISSING'
    const message = 'The request carries no access token (Authorization: Bearer)'
    throw failure(code, message, { headers: challenge(code) })
  }
  const [, token] = /^Bearer +([\w.~+/-]+=*) *$/i.exec(authorization) ?? []
  if (token === undefined || token.length > longest || isRepeated(rawHeaders)) {
    const code = 'FST_FC_PROVIDER_TOKEN_INVALID'
    throw failure(code, 'The access token is malformed', { headers: challenge(code) })
  }
  return token
}

/** Node.js keeps the first of two: which one is meant cannot be told. */
function isRepeated(rawHeaders: readonly string[]): boolean {
  return rawHeaders.filter((name, index) => index % 2 === 0 && /^authorization$/i.test(name)).length > 1
}
