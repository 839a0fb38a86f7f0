import type { JWK } from 'jose'

/** A service as FranceConnect registers it. */
export interface SandboxClient {
  clientId: string
  clientSecret: string
  /** Shown on the pages; the client id when left out. */
  title?: string
  /** Compared once normalised: case of scheme and host, default port, dot segments. */
  redirectUris: string[]
  /** Compared in the same way. */
  postLogoutRedirectUris?: string[]
  /** The scopes granted; another known scope is refused with `invalid_scope`, an unknown one is ignored. */
  scopes: string[]
  /** Algorithm of the ID Token and of userinfo: `ES256` when left out. */
  idTokenSignedResponseAlg?: 'ES256' | 'RS256'
  /** Prompts that have an effect: with `login`, the information page is skipped. */
  allowedPrompts?: ('login' | 'consent')[]
  /** A private service shows a consent box on the information page. */
  type?: 'public' | 'private'
  /** Claims that may be asked through `claims`: `amr` is the only one that exists. */
  claims?: string[]
  /** Services with one entity share the `sub` of a citizen; the client id when left out. */
  entityId?: string
  /** FranceConnect+: where its encryption keys are read, never on `localhost` (an IP address or a dotted name). */
  jwksUri?: string
  /** FranceConnect+: its encryption keys, instead of `jwksUri`. */
  jwks?: { keys: JWK[] }
  /** FranceConnect+: required there, for the ID Token and userinfo. */
  idTokenEncryptedResponseAlg?: 'RSA-OAEP-256' | 'RSA-OAEP' | 'ECDH-ES'
}

/** The name that the pages show. */
export const titleOf = (client: SandboxClient): string => client.title ?? client.clientId
