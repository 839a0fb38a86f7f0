import { createHash, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import type { BuiltInDataProvider } from '../registration/data-provider.ts'

/** A data provider's registration at FranceConnect, with the key that opens what FranceConnect answers it. */
export interface Credentials {
  client: BuiltInDataProvider
  privateKey: KeyObject
}

/**
 * Registers a data provider: a client id of 64 hexadecimal characters, a secret and an encryption key of its own.
 * FranceConnect takes the first key of use `enc` whose `alg` is the registered one, so both are written.
 */
export function register(
  uid: string,
  title: string,
  scopes: string[],
  signedResponseAlg: 'ES256' | 'RS256' = 'ES256'
): Credentials {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    client: {
      uid,
      title,
      clientId: createHash('sha256').update(`data provider ${uid}`).digest('hex'),
      clientSecret: randomBytes(32).toString('hex'),
      scopes,
      jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'enc', alg: 'ECDH-ES', kid: uid }] },
      checktokenSignedResponseAlg: signedResponseAlg,
      checktokenEncryptedResponseAlg: 'ECDH-ES'
    },
    privateKey
  }
}
