import type { SandboxClient } from '../registration/client.ts'
import { grantable } from './discovery.ts'
import type { ClientMetadata } from './engine/provider.ts'
import type { Platform } from './platform.ts'

/** Whether FranceConnect+ takes the address of a key set: a dotted host name or an IP address, http or https. */
function isJwksAddress(address: string): boolean {
  const host = URL.canParse(address) ? new URL(address).hostname : ''
  return host.includes('.') || host.startsWith('[')
}

/** Address under which the engine asks for a client's list of redirect addresses; never leaves the process. */
export const sectorIdentifier = (clientId: string): string =>
  `https://sector.franceconnect-sandbox.invalid/${encodeURIComponent(clientId)}`

/** The client as the engine registers it, or undefined when the platform does not even find it. */
export function clientMetadata(platform: Platform, client: SandboxClient): ClientMetadata | undefined {
  if (platform.encrypted && client.jwksUri !== undefined && !isJwksAddress(client.jwksUri)) return undefined
  const signature = client.idTokenSignedResponseAlg ?? 'ES256'
  const known = new Set(grantable(platform))
  const scopes = platform.encrypted ? client.scopes : client.scopes.filter((scope) => known.has(scope))
  return {
    client_id: client.clientId,
    client_secret: client.clientSecret,
    client_name: client.title ?? client.clientId,
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris ?? [],
    scope: ['openid', ...scopes.filter((scope) => scope !== 'openid')].join(' '),
    grant_types: ['authorization_code'],
    response_types: ['code'],
    subject_type: 'pairwise',
    sector_identifier_uri: sectorIdentifier(client.clientId),
    token_endpoint_auth_method: 'client_secret_post',
    id_token_signed_response_alg: signature,
    userinfo_signed_response_alg: signature,
    ...(platform.encrypted && encryption(client))
  }
}

function encryption(client: SandboxClient): Partial<ClientMetadata> {
  const alg = client.idTokenEncryptedResponseAlg
  return {
    ...(client.jwksUri !== undefined && { jwks_uri: client.jwksUri }),
    ...(client.jwks && client.jwksUri === undefined && { jwks: client.jwks }),
    ...(alg && {
      id_token_encrypted_response_alg: alg,
      id_token_encrypted_response_enc: 'A256GCM',
      userinfo_encrypted_response_alg: alg,
      userinfo_encrypted_response_enc: 'A256GCM'
    })
  }
}

/** Whether a FranceConnect+ record is unusable as a whole: its authorize page is Y043310B. */
export function isUnusable(platform: Platform, client: SandboxClient): boolean {
  if (!platform.encrypted) return false
  const known = new Set(grantable(platform))
  return (
    client.idTokenEncryptedResponseAlg === undefined ||
    (client.jwksUri === undefined && client.jwks === undefined) ||
    (client.idTokenSignedResponseAlg ?? 'ES256') !== 'ES256' ||
    client.scopes.some((scope) => !known.has(scope))
  )
}
