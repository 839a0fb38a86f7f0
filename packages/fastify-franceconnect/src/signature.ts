import { type KeyObject, verify } from 'node:crypto'
import { failure } from './errors.ts'
import type { KeySet, Keys, VerificationKey } from './keys.ts'
import type { SigningAlgorithm } from './options.ts'

type Invalid = 'FST_FC_ID_TOKEN_INVALID' | 'FST_FC_USERINFO_INVALID'

export interface SignatureCheck {
  /**
   * Verifies a compact JWS under the registered algorithm and the provider's published keys only. When no held key
   * verifies it, the keys are fetched again, even under a known `kid`, and the same text is verified again.
   * Throws `invalid`, or `FST_FC_UNAVAILABLE` when the keys cannot be had.
   */
  verify(jws: string, invalid: Invalid): Promise<void>
}

interface Parsed {
  kid: string | undefined
  signed: Buffer
  signature: Buffer
}

/** Checks the provider's signatures; ES256 as two 32-byte integers (RFC 7518 §3.4), never DER. */
export function createSignatureCheck(alg: SigningAlgorithm, keys: Keys): SignatureCheck {
  const bytes = alg === 'ES256' ? 64 : null

  function matches({ signed, signature }: Parsed, key: KeyObject): boolean {
    if (bytes !== null && signature.length !== bytes) return false
    return verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature)
  }

  function verifies(parsed: Parsed, candidates: readonly VerificationKey[]): boolean {
    return candidates.some(({ kid, key }) => (parsed.kid === undefined || kid === parsed.kid) && matches(parsed, key))
  }

  return {
    async verify(jws, invalid) {
      const receivedAt = performance.now()
      const parsed = parse(jws, alg, invalid)
      let set = await keys.current()
      while (!verifies(parsed, set.keys)) {
        const newer = await keys.newer(set, receivedAt)
        if (newer === null) throw unverified(set, invalid)
        set = newer
      }
    }
  }

  function unverified(set: KeySet, invalid: Invalid): Error {
    if (set.keys.length > 0) return failure(invalid, 'its signature matches none of the provider’s published keys')
    return failure('FST_FC_UNAVAILABLE', `the provider publishes no usable key for ${alg}`)
  }
}

function parse(jws: string, alg: SigningAlgorithm, invalid: Invalid): Parsed {
  const parts = jws.split('.')
  if (parts.length !== 3 || !parts.every((part) => /^[\w-]+$/.test(part))) {
    throw failure(invalid, 'it is not a signed JWT of three parts')
  }
  const [header, payload, signature] = parts as [string, string, string]
  const members = readHeader(header)
  if (members === null) throw failure(invalid, 'its header is not a JSON object')
  if (members['alg'] !== alg) throw failure(invalid, `it is not signed with ${alg}, the algorithm registered`)
  if ('crit' in members || 'b64' in members) throw failure(invalid, 'its header asks for an extension')
  const kid = members['kid']
  if (kid !== undefined && typeof kid !== 'string') throw failure(invalid, 'its kid is not a string')
  return { kid, signed: Buffer.from(`${header}.${payload}`, 'latin1'), signature: Buffer.from(signature, 'base64url') }
}

let lastRead: { header: string; members: Record<string, unknown> | null } | null = null

/** A provider's headers are the same text at every login, one per key. */
function readHeader(header: string): Record<string, unknown> | null {
  if (lastRead?.header !== header) lastRead = { header, members: decodeHeader(header) }
  return lastRead.members
}

function decodeHeader(header: string): Record<string, unknown> | null {
  try {
    const members: unknown = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'))
    return typeof members === 'object' && members !== null && !Array.isArray(members)
      ? (members as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
