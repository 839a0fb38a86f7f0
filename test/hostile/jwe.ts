import { createCipheriv, type JsonWebKey, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto'
import { base64url } from './jwt.ts'
import { rsaPair } from './rsa-pair.ts'

/** The service's own pair for decryption, as FranceConnect+ requires one. */
const pair = rsaPair('service-encryption')

export const recipient = {
  publicKey: pair.publicKey,
  privateJwk: {
    ...pair.privateKey.export({ format: 'jwk' }),
    kid: 'chiffrement-1',
    alg: 'RSA-OAEP-256',
    use: 'enc'
  } as JsonWebKey & {
    kty: string
  }
}

export interface Envelope {
  header?: Record<string, unknown>
  publicKey?: KeyObject
  /** Hash of RSA-OAEP; `null` for the old padding of PKCS #1 v1.5. */
  oaepHash?: 'sha1' | 'sha256' | null
  /** Changes the bytes before they are enciphered. */
  content?: (jws: string) => Buffer
  /** Changes the five parts. */
  finish?: (parts: string[]) => string[]
}

/** Wraps a signed JWT as FranceConnect+ does (RFC 7516, compact): RSA-OAEP-256 and A256GCM unless told otherwise. */
export function encrypt(jws: string, envelope: Envelope = {}): string {
  const { publicKey = recipient.publicKey, oaepHash = 'sha256', content, finish } = envelope
  const header = { alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'JWT', kid: 'chiffrement-1', ...envelope.header }
  const [key, iv] = [randomBytes(32), randomBytes(12)]
  const wrapped = publicEncrypt(oaepHash ? { key: publicKey, oaepHash } : { key: publicKey, padding: 1 }, key)
  const associated = base64url(JSON.stringify(header))
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(associated))
  const text = Buffer.concat([cipher.update(content ? content(jws) : Buffer.from(jws)), cipher.final()])
  const parts = [associated, ...[wrapped, iv, text, cipher.getAuthTag()].map(base64url)]
  return (finish ? finish(parts) : parts).join('.')
}
