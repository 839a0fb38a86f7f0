import { generateKeyPair, type JsonWebKey } from 'node:crypto'
import { promisify } from 'node:util'
import { compactDecrypt, importJWK } from 'jose'
import type { SandboxClient } from '../src/index.ts'
import { redirectUri } from './relying-party.ts'

const generate = promisify(generateKeyPair)
const rsa = await generate('rsa', { modulusLength: 2048 })
const ec = await generate('ec', { namedCurve: 'P-256' })

const labelled = (key: JsonWebKey, kid: string, alg: string) => ({ ...key, kid, alg, use: 'enc' })

/** The keys of the recorded FranceConnect+ clients, private halves. */
export const privateKeys = [
  labelled(rsa.privateKey.export({ format: 'jwk' }), 'rp-enc-rsa', 'RSA-OAEP-256'),
  labelled(ec.privateKey.export({ format: 'jwk' }), 'rp-enc-ec', 'ECDH-ES')
]

const rsaPublic = labelled(rsa.publicKey.export({ format: 'jwk' }), 'rp-enc-rsa', 'RSA-OAEP-256')
const ecPublic = labelled(ec.publicKey.export({ format: 'jwk' }), 'rp-enc-ec', 'ECDH-ES')

/** Public halves, as a service publishes them. */
export const publicKeys = { rsa: rsaPublic, ec: ecPublic }

const scopes =
  'openid given_name family_name preferred_username birthdate gender birthplace birthcountry email rnipp_identite_pivot rnipp_profile rnipp_birth dgfip_rfr cnam_caisse'.split(
    ' '
  )

const registered = (title: string, digit: string, more: Partial<SandboxClient> = {}): SandboxClient => ({
  clientId: `f1a50${digit.repeat(59)}`,
  clientSecret: `secret-of-${title}-${digit.repeat(32)}`,
  title,
  redirectUris: [redirectUri, 'http://localhost:3000/callback2'],
  postLogoutRedirectUris: ['http://localhost:3000/logout-callback', 'http://localhost:3000/'],
  scopes,
  claims: ['amr'],
  idTokenEncryptedResponseAlg: 'RSA-OAEP-256',
  jwks: { keys: [rsaPublic, ecPublic] },
  ...more
})

/** The clients of the recordings on FranceConnect+. */
export const plusClients = {
  rsa256: registered('plus-rsa256', '0'),
  ecdh: registered('plus-ecdh', '2', { idTokenEncryptedResponseAlg: 'ECDH-ES' }),
  private: registered('plus-private', '3', { type: 'private' }),
  promptlogin: registered('plus-promptlogin', '4', { allowedPrompts: ['login'] }),
  promptconsent: registered('plus-promptconsent', '5', { allowedPrompts: ['consent'] }),
  prompt: registered('plus-prompt', '6', { allowedPrompts: ['login', 'consent'] })
}

/** The signed token inside an encrypted one; a signed one as it is. */
export async function signed(token: string): Promise<string> {
  if (token.split('.').length === 3) return token
  for (const key of privateKeys) {
    const opened = await compactDecrypt(token, await importJWK(key, key.alg)).catch(() => undefined)
    if (opened) return Buffer.from(opened.plaintext).toString('utf8')
  }
  throw new Error('no key opens the token')
}
