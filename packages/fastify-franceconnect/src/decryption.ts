import { type CompactJWEHeaderParameters, compactDecrypt, decodeProtectedHeader } from 'jose'
import { keyEncryptionAlgorithms, privateKey } from './decryption-keys.ts'
import { failure } from './errors.ts'
import type { PrivateJwk } from './options.ts'

/**
 * Opens FranceConnect+'s nested JWE (RFC 7519 §5.2) and gives the signed JWT inside. Once keys are registered a JWT that
 * is not encrypted is refused (OpenID Connect Core §3.1.3.7, step 1); without keys an encrypted one cannot be read.
 */
export type Decrypt = (jwt: string, invalid: 'FST_FC_ID_TOKEN_INVALID' | 'FST_FC_USERINFO_INVALID') => Promise<string>

export function createDecrypt(jwks: readonly PrivateJwk[]): Decrypt {
  const keys = jwks.map((jwk) => ({ kid: jwk.kid, alg: jwk.alg, rsa: jwk.kty === 'RSA', key: privateKey(jwk)! }))

  return async (jwt, invalid) => {
    const encrypted = jwt.split('.').length === 5
    if (!encrypted && keys.length === 0) return jwt
    if (!encrypted) throw failure(invalid, 'it is not encrypted, though decryptionKeys are registered')
    if (keys.length === 0) throw failure(invalid, 'it is encrypted and the option decryptionKeys is not given')
    const header = protectedHeader(jwt)
    const candidates = keys.filter(
      ({ kid, alg, rsa }) =>
        header !== null &&
        (header.kid === undefined || kid === undefined || kid === header.kid) &&
        (alg === undefined || alg === header.alg) &&
        rsa === String(header.alg).startsWith('RSA-')
    )
    for (const { key } of candidates) {
      const opened = await compactDecrypt(jwt, key, {
        keyManagementAlgorithms: [...keyEncryptionAlgorithms],
        contentEncryptionAlgorithms: ['A256GCM']
      }).catch(() => null)
      if (opened) return Buffer.from(opened.plaintext).toString('latin1')
    }
    throw failure(
      invalid,
      'none of decryptionKeys opens it: was a key withdrawn before FranceConnect+ took the new one?'
    )
  }
}

function protectedHeader(jwe: string): CompactJWEHeaderParameters | null {
  try {
    return decodeProtectedHeader(jwe) as CompactJWEHeaderParameters
  } catch {
    return null
  }
}
