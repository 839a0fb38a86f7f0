import type { UserInfo } from 'franceconnect-protocol/claims'
import { failure } from '../errors.ts'
import { Answer } from './answer.ts'
import { isDeep, timesProblem } from './id-token.ts'
import type { Decrypt, SignatureCheck } from './provider.ts'

export type UserInfoClaims = UserInfo

const longest = 65_536
/** A JWT made for another use has these (RFC 8725 §3.12): an ID Token, a logout token. */
const foreign = ['nonce', 'at_hash', 'c_hash', 's_hash', 'events', 'token_introspection']

/**
 * Reads userinfo before openid-client does: a JWT, decrypted, its signature verified.
 * Throws `FST_FC_USERINFO_INVALID`, `FST_FC_UNAVAILABLE`.
 */
export async function readUserInfoAnswer(
  answer: Answer,
  { decrypt, signature }: { decrypt: Decrypt; signature: SignatureCheck }
): Promise<Answer> {
  if (answer.type !== 'application/jwt') throw invalid('it is not a signed JWT (application/jwt)')
  const text = (await answer.text()).trim()
  if (text.length > longest) throw invalid(`it is over ${longest} bytes`)
  const jws = await decrypt(text, 'FST_FC_USERINFO_INVALID')
  await signature.verify(jws, 'FST_FC_USERINFO_INVALID')
  return new Answer(200, { 'content-type': 'application/jwt' }, jws)
}

/**
 * The checks that openid-client does not make: it takes a userinfo JWT without iss, aud or exp, and any JWT signed by
 * the provider. Gives the claims without the members of the JWT. Throws `FST_FC_USERINFO_INVALID`.
 */
export function checkUserInfo(
  claims: Record<string, unknown>,
  { issuer, clientId, clockTolerance }: { issuer: string; clientId: string; clockTolerance: number }
): UserInfoClaims {
  // members of the JWT that carried the identity, not of the identity
  const { iss, aud, exp, iat, nbf, jti: _jti, ...identity } = claims
  if (iss !== issuer) throw invalid('its iss is missing or another issuer')
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud]
  if (audiences.length !== 1 || audiences[0] !== clientId) throw invalid('its aud is missing or another client')
  const times = timesProblem({ exp, iat, nbf }, clockTolerance)
  if (times !== null) throw invalid(times)
  if (isDeep(identity)) throw invalid('it is nested too deep')
  const found = foreign.find((name) => Object.hasOwn(claims, name))
  if (found !== undefined) throw invalid(`it carries ${found}: it was made for another use`)
  return identity as UserInfoClaims
}

function invalid(problem: string): Error {
  return failure('FST_FC_USERINFO_INVALID', problem)
}
