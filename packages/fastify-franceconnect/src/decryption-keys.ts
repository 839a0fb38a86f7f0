import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import type { PrivateJwk } from './options.ts'

/** Key encryption algorithms that FranceConnect+ registers; the content is always A256GCM. */
export const keyEncryptionAlgorithms = ['RSA-OAEP-256', 'RSA-OAEP', 'ECDH-ES'] as const

/** What is wrong with a private JWK for decryption, as the end of a sentence, or `null`. Never tells its value. */
export function decryptionKeyProblem(jwk: unknown): string | null {
  if (typeof jwk !== 'object' || jwk === null) return 'is not a JWK'
  const { alg, use, kid } = jwk as Record<string, unknown>
  if (use !== undefined && use !== 'enc') return "is not for encryption (its use is not 'enc')"
  if (kid !== undefined && typeof kid !== 'string') return 'has a kid that is not a string'
  const key = privateKey(jwk as PrivateJwk)
  if (key === null) return 'is not a private JWK'
  const type = key.asymmetricKeyType
  if (type === 'rsa') {
    if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) return 'is an RSA key under 2048 bits'
    return alg === undefined || alg === 'RSA-OAEP-256' || alg === 'RSA-OAEP'
      ? null
      : 'has an alg that does not fit an RSA key'
  }
  if (type !== 'ec' || (jwk as PrivateJwk).crv !== 'P-256') return 'is neither an RSA key nor an EC key on P-256'
  return alg === undefined || alg === 'ECDH-ES' ? null : 'has an alg that does not fit an EC key'
}

/** The key, or `null` for what is not a private JWK. */
export function privateKey(jwk: PrivateJwk): KeyObject | null {
  try {
    return createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' })
  } catch {
    return null
  }
}

/** The public halves, as the jwks route serves them: nothing of the private members, for encryption only. */
export function publicKeys(jwks: readonly PrivateJwk[]): { keys: JsonWebKey[] } {
  return {
    keys: jwks.map((jwk) => ({
      ...createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }).export({ format: 'jwk' }),
      ...(jwk.kid === undefined ? {} : { kid: jwk.kid }),
      ...(jwk.alg === undefined ? {} : { alg: jwk.alg }),
      use: 'enc'
    }))
  }
}
