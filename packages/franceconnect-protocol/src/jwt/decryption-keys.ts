import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'

/** A private key, as JSON. Only its public half is ever published. */
export interface PrivateJwk {
  kty?: string
  kid?: string
  alg?: string
  use?: string
  crv?: string
  d?: string
}

/** Key encryption algorithms that FranceConnect registers; the content is always A256GCM. */
export const keyEncryptionAlgorithms = ['RSA-OAEP-256', 'RSA-OAEP', 'ECDH-ES'] as const
export type KeyEncryptionAlgorithm = (typeof keyEncryptionAlgorithms)[number]

/**
 * What is wrong with a private JWK for decryption, as the end of a sentence, or `null`. Never tells its value.
 *
 * @param registered the only algorithm that the key may serve, where one is registered
 */
export function decryptionKeyProblem(jwk: unknown, registered?: KeyEncryptionAlgorithm): string | null {
  if (typeof jwk !== 'object' || jwk === null) return 'is not a JWK'
  const { alg, use, kid } = jwk as Record<string, unknown>
  if (use !== undefined && use !== 'enc') return "is not for encryption (its use is not 'enc')"
  if (kid !== undefined && typeof kid !== 'string') return 'has a kid that is not a string'
  const key = privateKey(jwk as PrivateJwk)
  if (key === null) return 'is not a private JWK'
  const type = key.asymmetricKeyType
  if (type === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) return 'is an RSA key under 2048 bits'
  if (type !== 'rsa' && (type !== 'ec' || (jwk as PrivateJwk).crv !== 'P-256')) {
    return 'is neither an RSA key nor an EC key on P-256'
  }
  const fitting = keyEncryptionAlgorithms.filter((name) => name.startsWith('RSA') === (type === 'rsa'))
  const kind = type === 'rsa' ? 'an RSA key' : 'an EC key'
  if (alg !== undefined && !fitting.some((name) => name === alg)) return `has an alg that does not fit ${kind}`
  if (registered === undefined) return null
  if (!fitting.includes(registered)) return `is ${kind}, which does not serve ${registered}`
  return alg === undefined || alg === registered ? null : `has another alg than ${registered}`
}

/** The key, or `null` for what is not a private JWK. */
export function privateKey(jwk: PrivateJwk): KeyObject | null {
  try {
    return createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' })
  } catch {
    return null
  }
}

/**
 * The public halves, as a key route serves them: nothing of the private members, for encryption only.
 *
 * @param registered the `alg` that every key is published under: FranceConnect takes the first key whose `use` and `alg`
 * are the registered ones, and none without
 */
export function publicKeys(jwks: readonly PrivateJwk[], registered?: KeyEncryptionAlgorithm): { keys: JsonWebKey[] } {
  return {
    keys: jwks.map((jwk) => {
      const alg = registered ?? jwk.alg
      return {
        ...createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }).export({ format: 'jwk' }),
        ...(jwk.kid === undefined ? {} : { kid: jwk.kid }),
        ...(alg === undefined ? {} : { alg }),
        use: 'enc'
      }
    })
  }
}
