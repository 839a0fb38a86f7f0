import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { compactDecrypt, createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import type { DataProviderClient } from '../src/index.ts'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** The recorded data provider: it may see the tax scopes only. */
export const taxOffice: DataProviderClient = {
  uid: 'dgfip-recorded',
  title: 'Impôts',
  clientId: '423dcbdc5a15ece61ed00ff5989d72379c26d9ed4c8e4e05a87cffae019586e0',
  clientSecret: 'a-secret-of-the-recorded-data-provider-0123456789',
  scopes: ['dgfip_rfr', 'dgfip_nbpart'],
  jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'enc', alg: 'ECDH-ES' }] },
  checktokenSignedResponseAlg: 'RS256',
  checktokenEncryptedResponseAlg: 'ECDH-ES'
}

/** Opens and verifies a checktoken answer. */
export async function opened(jwe: string, issuer: string, key: KeyObject = privateKey) {
  const { plaintext, protectedHeader } = await compactDecrypt(jwe, key)
  const jws = Buffer.from(plaintext).toString('utf8')
  const { payload } = await jwtVerify(jws, createRemoteJWKSet(new URL(`${issuer}/jwks`)), { issuer })
  return { jweHeader: protectedHeader, header: decodeProtectedHeader(jws), payload }
}
