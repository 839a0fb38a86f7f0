import { createHash, generateKeyPair, type JsonWebKey } from 'node:crypto'
import { promisify } from 'node:util'
import type { KeyEncryptionAlgorithm } from 'franceconnect-protocol/decryption-keys'

const generate = promisify(generateKeyPair)

/** A new private key for `decryptionKeys`, named by its thumbprint (RFC 7638). */
export async function newKey(alg: KeyEncryptionAlgorithm): Promise<JsonWebKey & Record<'kid' | 'alg' | 'use', string>> {
  const { privateKey } =
    alg === 'ECDH-ES' ? await generate('ec', { namedCurve: 'P-256' }) : await generate('rsa', { modulusLength: 3072 })
  const jwk = privateKey.export({ format: 'jwk' })
  const { crv, kty, x, y, e, n } = jwk
  const named = kty === 'EC' ? { crv, kty, x, y } : { e, kty, n }
  const kid = createHash('sha256').update(JSON.stringify(named)).digest('base64url')
  return { ...jwk, kid, alg, use: 'enc' }
}
