import { createDecrypt } from 'franceconnect-protocol/decryption'
import { createDiscovery, type Discovery } from 'franceconnect-protocol/discovery'
import { ProtocolError } from 'franceconnect-protocol/errors'
import { createKeys } from 'franceconnect-protocol/keys'
import { createSignatureCheck } from 'franceconnect-protocol/signature'
import { failure } from '../errors.ts'
import type { Settings } from '../options/options.ts'
import type { Transport } from './transport.ts'

type Invalid = 'FST_FC_ID_TOKEN_INVALID' | 'FST_FC_USERINFO_INVALID'

/** Opens an encrypted JWT, or gives back one that is not. Throws `invalid`. */
export type Decrypt = (jwt: string, invalid: Invalid) => Promise<string>

export interface SignatureCheck {
  /** Verifies a compact JWS. Throws `invalid`, or `FST_FC_UNAVAILABLE` when the keys cannot be had. */
  verify(jws: string, invalid: Invalid): Promise<void>
}

/** FranceConnect as this registration knows it: its document, its keys, what it encrypts for this service. */
export interface Provider {
  discovery: Discovery
  transport: Transport
  decrypt: Decrypt
  signature: SignatureCheck
}

/** The protocol package, its errors said as this package's. */
export function createProvider(
  settings: Settings,
  transport: Transport,
  onFirst?: (document: Record<string, unknown>) => void
): Provider {
  const inner = createDiscovery(settings.issuer, transport.http, { onFirst })
  const discovery = { metadata: () => inner.metadata().catch((error: unknown) => rethrow(error)) }
  const keys = createKeys(settings.idTokenSignedResponseAlg, discovery, transport.http)
  const signature = createSignatureCheck(settings.idTokenSignedResponseAlg, keys)
  const decrypt = createDecrypt(settings.decryptionKeys)
  return {
    discovery,
    transport,
    decrypt: (jwt, invalid) => decrypt(jwt).catch((error: unknown) => rethrow(error, invalid)),
    signature: {
      async verify(jws, invalid) {
        await signature.verify(jws).catch((error: unknown) => rethrow(error, invalid))
      }
    }
  }
}

function rethrow(error: unknown, invalid: Invalid | null = null): never {
  if (!(error instanceof ProtocolError)) throw error
  throw failure(invalid === null || error.reason === 'unavailable' ? 'FST_FC_UNAVAILABLE' : invalid, error.message)
}
