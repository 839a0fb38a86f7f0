import type { Platform } from './platform.ts'
import { neverGranted } from './scopes.ts'

const encryption = ['ECDH-ES', 'RSA-OAEP', 'RSA-OAEP-256']

/** The discovery document as FranceConnect publishes it, with what it advertises and refuses (S256, form_post). */
export function discoveryDocument(platform: Platform, issuer: string): Record<string, unknown> {
  const { encrypted, signatureAlgorithms, scopes } = platform
  const claims = new Set(Object.values(scopes).flat())
  const signing = encrypted ? ['ES256'] : ['HS256', 'ES256', 'RS256']
  return {
    acr_values_supported: platform.acrValues,
    authorization_endpoint: `${issuer}/authorize`,
    claims_parameter_supported: true,
    claims_supported: [...claims, 'acr', 'sid', 'auth_time', 'iss'],
    code_challenge_methods_supported: ['S256'],
    end_session_endpoint: `${issuer}/session/end`,
    grant_types_supported: ['authorization_code'],
    issuer,
    jwks_uri: `${issuer}/jwks`,
    authorization_response_iss_parameter_supported: true,
    response_modes_supported: ['form_post', 'fragment', 'query'],
    response_types_supported: ['code'],
    scopes_supported: Object.keys(scopes),
    subject_types_supported: ['pairwise'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: signatureAlgorithms,
    token_endpoint: `${issuer}/token`,
    id_token_signing_alg_values_supported: signing,
    ...(encrypted && {
      id_token_encryption_alg_values_supported: encryption,
      id_token_encryption_enc_values_supported: ['A256GCM']
    }),
    request_uri_parameter_supported: false,
    request_parameter_supported: true,
    request_object_signing_alg_values_supported: encrypted ? ['ES256'] : ['ES256', 'RS256', 'HS256'],
    ...(encrypted && {
      request_object_encryption_alg_values_supported: [],
      request_object_encryption_enc_values_supported: ['A256GCM']
    }),
    userinfo_endpoint: `${issuer}/userinfo`,
    userinfo_signing_alg_values_supported: signing,
    ...(encrypted && {
      userinfo_encryption_alg_values_supported: encryption,
      userinfo_encryption_enc_values_supported: ['A256GCM']
    }),
    dpop_signing_alg_values_supported: signatureAlgorithms,
    revocation_endpoint: `${issuer}/token/revocation`,
    claim_types_supported: ['normal']
  }
}

/** Scopes that a client may be granted. */
export function grantable(platform: Platform): string[] {
  return Object.keys({ ...platform.scopes, ...platform.moreScopes }).filter((scope) => !neverGranted.has(scope))
}
