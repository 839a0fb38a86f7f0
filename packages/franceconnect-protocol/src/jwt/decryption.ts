import { decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose/decode/protected_header'
import { compactDecrypt } from 'jose/jwe/compact/decrypt'
import { ProtocolError } from '../errors.ts'
import { type KeyEncryptionAlgorithm, keyEncryptionAlgorithms, type PrivateJwk, privateKey } from './decryption-keys.ts'

/**
 * Opens FranceConnect's nested JWE (RFC 7519 §5.2) and gives the signed JWT inside. Once keys are registered a JWT that
 * is not encrypted is refused (OpenID Connect Core §3.1.3.7, step 1); without keys an encrypted one cannot be read.
 * Throws `ProtocolError`: `not-encrypted`, `encrypted`, `encryption`, `not-opened`.
 */
export type Decrypt = (jwt: string) => Promise<string>

/** @param algorithms the key encryption algorithms accepted: those that FranceConnect registers, or the one registered */
export function createDecrypt(
  jwks: readonly PrivateJwk[],
  algorithms: readonly KeyEncryptionAlgorithm[] = keyEncryptionAlgorithms
): Decrypt {
  const keys = jwks.map((jwk) => ({ kid: jwk.kid, alg: jwk.alg, rsa: jwk.kty === 'RSA', key: privateKey(jwk)! }))
  const accepted = { keyManagementAlgorithms: [...algorithms], contentEncryptionAlgorithms: ['A256GCM'] }

  return async (jwt) => {
    const encrypted = jwt.split('.').length === 5
    if (!encrypted && keys.length === 0) return jwt
    if (!encrypted)
      throw new ProtocolError('not-encrypted', 'it is not encrypted, though decryptionKeys are registered')
    if (keys.length === 0) {
      throw new ProtocolError('encrypted', 'it is encrypted and the option decryptionKeys is not given')
    }
    const { alg, kid } = headerOf(jwt, algorithms)
    const candidates = keys.filter(
      (key) =>
        (kid === undefined || key.kid === undefined || key.kid === kid) &&
        (key.alg === undefined || key.alg === alg) &&
        key.rsa === alg.startsWith('RSA-')
    )
    for (const { key } of candidates) {
      const opened = await compactDecrypt(jwt, key, accepted).catch(() => null)
      if (opened) return Buffer.from(opened.plaintext).toString('latin1')
    }
    throw new ProtocolError(
      'not-opened',
      'none of decryptionKeys opens it: was a key withdrawn before the new one was taken?'
    )
  }
}

function headerOf(jwe: string, algorithms: readonly string[]): { alg: string; kid: unknown } {
  const { alg, enc, zip, crit, kid } = protectedHeader(jwe)
  if (typeof alg !== 'string' || !algorithms.includes(alg)) {
    throw new ProtocolError('encryption', `it is not encrypted with ${algorithms.join(' or ')}, as registered`)
  }
  if (enc !== 'A256GCM')
    throw new ProtocolError('encryption', 'its content is not encrypted with A256GCM, as registered')
  if (zip !== undefined || crit !== undefined) throw new ProtocolError('encryption', 'its header asks for an extension')
  return { alg, kid }
}

function protectedHeader(jwe: string): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(jwe)
  } catch {
    throw new ProtocolError('encryption', 'its header cannot be read')
  }
}
