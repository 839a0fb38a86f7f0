import type { FastifyReply, FastifyRequest } from 'fastify'
import type { KeyEncryptionAlgorithm, PrivateJwk } from 'franceconnect-protocol/decryption-keys'
import type { Dispatcher } from 'franceconnect-protocol/http'
import type { SigningAlgorithm } from 'franceconnect-protocol/keys'
import type { Environment } from 'franceconnect-protocol/platforms'
import type { FcProviderError } from '../errors.ts'
import type { FcProviderAccess } from '../trace/access.ts'

/** Options of the plugin. Checked at registration: a mistake fails the boot with `FST_FC_PROVIDER_INVALID_OPTIONS`. */
export interface FcProviderOptions {
  /** FranceConnect's own platform. Required, or `issuer`. */
  environment?: Environment
  /** An issuer URL in place of `environment`: the sandbox, FranceConnect+. `http:` only on a loopback host. */
  issuer?: string
  clientId: string | undefined
  clientSecret: string | undefined
  /** Private keys that open what FranceConnect answers, the newest first. Their public halves are served. */
  decryptionKeys: readonly PrivateJwk[]
  /** `jwks`: the path of the public keys, read by FranceConnect at each checktoken. */
  routes?: { jwks?: string }
  /** `checktoken_signed_response_alg`, as registered. Default `ES256`. */
  signedResponseAlg?: SigningAlgorithm
  /** `checktoken_encrypted_response_alg`, as registered. Default `ECDH-ES`. */
  encryptedResponseAlg?: KeyEncryptionAlgorithm
  /** The scopes that FranceConnect registers for this API, each with the label that citizens read. */
  scopes: Readonly<Record<string, string>>
  /** Client ids of the services admitted, with a name for the trace, or a list of them. Left out: every service. */
  consumers?: Readonly<Record<string, string>> | readonly string[]
  /** `'siret'`: the query parameter `recipient` is required, the SIRET of the body that will receive the data. */
  recipient?: 'siret'
  /** Milliseconds for one whole exchange with FranceConnect, body included. Default 5000. */
  timeout?: number
  /** Whole seconds of clock difference let through, inclusive. Default 10. */
  clockTolerance?: number
  /** Seconds that an active answer of FranceConnect serves again, never beyond the token's life. Default 0: never. */
  cache?: number
  /** Takes one record per access, for the log that a data provider keeps. */
  onAccess?(record: FcProviderAccess): unknown
  /** Replaces the answer to an error: it replies, or returns what to send. Status and headers are already set. */
  onError?(error: FcProviderError, request: FastifyRequest, reply: FastifyReply): unknown
  /** An undici Dispatcher: proxy, mTLS, tests. */
  dispatcher?: Dispatcher
}

/** Options once checked, with their defaults. */
export interface Settings {
  issuer: string
  clientId: string
  clientSecret: string
  decryptionKeys: readonly PrivateJwk[]
  /** Under the prefix of the context. */
  jwksPath: string
  signedResponseAlg: SigningAlgorithm
  encryptedResponseAlg: KeyEncryptionAlgorithm
  scopes: ReadonlyMap<string, string>
  /** `null`: every service. */
  consumers: ReadonlyMap<string, string | null> | null
  recipient: 'siret' | null
  timeout: number
  clockTolerance: number
  cache: number
  onAccess: FcProviderOptions['onAccess']
  onError: FcProviderOptions['onError']
  dispatcher: Dispatcher | undefined
}
