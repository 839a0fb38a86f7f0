import { type KeyObject, verify } from 'node:crypto'
import { ProtocolError } from '../errors.ts'
import type { KeySet, Keys, SigningAlgorithm, VerificationKey } from './keys.ts'

/** A JWS whose signature was verified. */
export interface VerifiedJws {
  readonly header: Readonly<Record<string, unknown>>
  /** The payload as received, base64url: see {@link claimsOf}. */
  readonly payload: string
}

export interface SignatureCheck {
  /**
   * Verifies a compact JWS under the registered algorithm and the provider's published keys only. When no held key
   * verifies it, the keys are fetched again, even under a known `kid`, and the same text is verified again.
   * Throws `ProtocolError`: `not-a-jwt`, `algorithm`, `unverified`; `unavailable`, or `HttpFailure`, when the keys cannot
   * be had.
   */
  verify(jws: string): Promise<VerifiedJws>
}

interface Parsed extends VerifiedJws {
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

  function unverified(set: KeySet): Error {
    return set.keys.length > 0
      ? new ProtocolError('unverified', 'its signature matches none of the provider’s published keys')
      : new ProtocolError('unavailable', `the provider publishes no usable key for ${alg}`)
  }

  return {
    async verify(jws) {
      const receivedAt = performance.now()
      const parsed = parse(jws, alg)
      let set = await keys.current()
      while (!verifies(parsed, set.keys)) {
        const newer = await keys.newer(set, receivedAt)
        if (newer === null) throw unverified(set)
        set = newer
      }
      return { header: parsed.header, payload: parsed.payload }
    }
  }
}

/** The claims of a payload. Throws `ProtocolError` (`not-a-jwt`) when they are not a JSON object. */
export function claimsOf({ payload }: Pick<VerifiedJws, 'payload'>): Record<string, unknown> {
  const claims = readObject(payload)
  if (claims === null) throw notJwt('its payload is not a JSON object')
  return claims
}

function parse(jws: string, alg: SigningAlgorithm): Parsed {
  const parts = jws.split('.')
  if (parts.length !== 3 || !parts.every((part) => /^[\w-]+$/.test(part))) {
    throw notJwt('it is not a signed JWT of three parts')
  }
  const [head, payload, signature] = parts as [string, string, string]
  const header = readHeader(head)
  if (header === null) throw notJwt('its header is not a JSON object')
  if (header['alg'] !== alg) {
    throw new ProtocolError('algorithm', `it is not signed with ${alg}, the algorithm registered`)
  }
  if ('crit' in header || 'b64' in header) throw notJwt('its header asks for an extension')
  const kid = header['kid']
  if (kid !== undefined && typeof kid !== 'string') throw notJwt('its kid is not a string')
  const signed = Buffer.from(`${head}.${payload}`, 'latin1')
  return { header, kid, payload, signed, signature: Buffer.from(signature, 'base64url') }
}

function notJwt(problem: string): Error {
  return new ProtocolError('not-a-jwt', problem)
}

let lastRead: { head: string; header: Record<string, unknown> | null } | null = null

/** A provider's headers are the same text at every answer, one per key. */
function readHeader(head: string): Record<string, unknown> | null {
  if (lastRead?.head !== head) lastRead = { head, header: readObject(head) }
  return lastRead.header
}

function readObject(part: string): Record<string, unknown> | null {
  try {
    const members: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof members === 'object' && members !== null && !Array.isArray(members)
      ? (members as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
