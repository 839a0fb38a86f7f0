import { generateKeyPairSync, type JsonWebKey, type KeyObject, type KeyPairKeyObjectResult, sign } from 'node:crypto'
import { rsaPair } from './rsa-pair.ts'

export type Algorithm = 'ES256' | 'RS256'

/** A key of the provider: signs, and shows its public half under its `kid`. */
export interface SigningKey {
  kid: string
  alg: Algorithm
  privateKey: KeyObject
  publicKey: KeyObject
  jwk: JsonWebKey & Record<string, unknown>
}

/** Makes a real key pair; RSA keys below 2,048 bits are for the case that must be refused. */
export function makeKey(alg: Algorithm, kid: string, bits = 2048): SigningKey {
  return shown(
    alg,
    kid,
    alg === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: bits })
  )
}

function shown(alg: Algorithm, kid: string, pair: KeyPairKeyObjectResult): SigningKey {
  const jwk = { ...pair.publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' }
  return { kid, alg, privateKey: pair.privateKey, publicKey: pair.publicKey, jwk }
}

/** Signature of a JWS input; `der` gives the ASN.1 form that JWS forbids (RFC 7518 §3.4). */
export function signWith(key: SigningKey, input: string, form: 'ieee-p1363' | 'der' = 'ieee-p1363'): Buffer {
  return sign('sha256', Buffer.from(input), { key: key.privateKey, dsaEncoding: form })
}

/** The pairs made once for a whole process, the RSA ones once for all. */
export const pairs = {
  ES256: makeKey('ES256', 'pkcs11:ES256:hsm'),
  RS256: shown('RS256', 'pkcs11:RS256:hsm', rsaPair('provider')),
  strangerES256: makeKey('ES256', 'pkcs11:ES256:hsm'),
  strangerRS256: shown('RS256', 'pkcs11:RS256:hsm', rsaPair('stranger'))
}
