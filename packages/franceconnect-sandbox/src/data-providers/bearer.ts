import type { CheckToken } from './check-token.ts'
import type { PivotClaims } from './data-provider-context.ts'
import { type Answer, type Call, headerOf, json } from './exchange.ts'

/** What an OAuth resource says of a token it does not take (RFC 6750 §3.1). */
function unauthorized(message: string): Answer {
  const answer = json(401, { message })
  return { ...answer, headers: { ...answer.headers, 'www-authenticate': 'Bearer error="invalid_token"' } }
}

/**
 * Asks FranceConnect about the Bearer token of a call, for the providers whose own errors are not public: they
 * answer the plain HTTP status and one sentence.
 */
export async function bearerOf(
  call: Call,
  checkToken: CheckToken
): Promise<{ identity: PivotClaims; scope: string[] } | { refusal: Answer }> {
  const token = /^Bearer (.+)$/.exec(headerOf(call, 'authorization') ?? '')?.[1]
  if (token === undefined) return { refusal: unauthorized('Jeton FranceConnect absent') }
  const introspection = await checkToken(token)
  if (introspection.active) return introspection
  const { failure } = introspection
  if (failure === undefined) return { refusal: unauthorized('Jeton FranceConnect inconnu ou expiré') }
  if (failure === 'malformed') return { refusal: unauthorized('Jeton FranceConnect illisible') }
  return { refusal: json(502, { message: 'FranceConnect ne répond pas' }) }
}
