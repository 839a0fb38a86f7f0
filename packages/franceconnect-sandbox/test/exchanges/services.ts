import { createHash } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import type { SandboxClient } from '../../src/index.ts'
import type { PlatformName } from '../recorded.ts'

const scopes =
  'openid profile birth identite_pivot given_name family_name preferred_username birthdate gender birthplace birthcountry email'.split(
    ' '
  )

/** The secret of a recorded client: 64 hexadecimal characters, as the recorded ones. */
export const secretOf = (clientId: string): string => createHash('sha256').update(clientId).digest('hex')

const pair = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true })
const labels = { kid: 'rp-ec', use: 'enc', alg: 'ECDH-ES' }
const publicKey: JWK = { ...(await exportJWK(pair.publicKey)), ...labels }

const provider = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true })

/** The encryption key of the recorded data provider. */
export const publicKeyOfProvider: JWK = { ...(await exportJWK(provider.publicKey)), use: 'enc', alg: 'ECDH-ES' }

/** What opens the tokens of the recorded clients on FranceConnect+. */
export const decryptionKey = pair.privateKey

function service(platform: PlatformName, letter: string, place: number, more: Partial<SandboxClient>): SandboxClient {
  const plus = platform === 'franceconnect-plus'
  const base = plus ? `http://127.0.0.1:${3110 + place}` : `http://localhost:${3100 + place}`
  const clientId = letter.repeat(64)
  return {
    clientId,
    clientSecret: secretOf(clientId),
    redirectUris: [`${base}/franceconnect/callback`],
    postLogoutRedirectUris: [`${base}/franceconnect/logout/callback`],
    scopes: plus ? [...scopes, 'rnipp_given_name', 'rnipp_identite_pivot'] : scopes,
    ...(plus && { jwks: { keys: [publicKey] }, idTokenEncryptedResponseAlg: 'ECDH-ES' }),
    ...more
  }
}

const few = { scopes: ['openid', 'given_name', 'family_name'] }

/** The services of the recordings: the first is the one used, the last is granted little. */
export function services(platform: PlatformName): SandboxClient[] {
  const plus = platform === 'franceconnect-plus'
  return [...(plus ? '123456' : 'abcde')].map((letter, place, { length }) =>
    service(platform, letter, place, {
      ...(letter === (plus ? '5' : 'd') && { claims: ['amr'] }),
      ...(place === length - 1 && few)
    })
  )
}
