import { exportJWK, generateKeyPair, type JWK } from 'jose'
import type { SandboxClient } from '../registration/client.ts'
import type { RegisteredDataProvider } from '../registration/data-provider.ts'
import { grantable } from './discovery.ts'
import { franceConnect, franceConnectPlus } from './platform.ts'

const title = 'Service de démonstration'

/** Known to all, so that what was pasted once works after a restart. */
const clientSecret = 'secret-du-bac-a-sable-connu-de-tous'

function addresses(baseUrls: string[]) {
  const bases = baseUrls.map((base) => base.replace(/\/+$/, ''))
  return {
    redirectUris: bases.map((base) => `${base}/franceconnect/callback`),
    postLogoutRedirectUris: bases.map((base) => `${base}/franceconnect/logout/callback`)
  }
}

/** The built-in client of FranceConnect: granted every scope, for a service with the default routes. */
export function builtInClient(baseUrls: string[], dataProviders: RegisteredDataProvider[]): SandboxClient {
  return {
    clientId: 'franceconnect-sandbox',
    clientSecret,
    title,
    ...addresses(baseUrls),
    scopes: [...new Set([...grantable(franceConnect), ...dataProviders.flatMap(({ scopes }) => scopes)])],
    idTokenSignedResponseAlg: 'ES256',
    claims: ['amr']
  }
}

/** The built-in client of FranceConnect+, with the private key that opens what it receives. */
export async function builtInPlusClient(baseUrls: string[]): Promise<{ client: SandboxClient; decryptionKey: JWK }> {
  const pair = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true })
  const labels = { kid: 'sandbox-client', use: 'enc', alg: 'ECDH-ES' }
  return {
    client: {
      clientId: 'franceconnect-sandbox-plus',
      clientSecret,
      title,
      ...addresses(baseUrls),
      scopes: grantable(franceConnectPlus),
      idTokenSignedResponseAlg: 'ES256',
      idTokenEncryptedResponseAlg: 'ECDH-ES',
      jwks: { keys: [{ ...(await exportJWK(pair.publicKey)), ...labels }] },
      claims: ['amr']
    },
    decryptionKey: { ...(await exportJWK(pair.privateKey)), ...labels }
  }
}
