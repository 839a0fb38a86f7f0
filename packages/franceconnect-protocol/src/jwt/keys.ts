import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import type { Discovery } from '../discovery.ts'
import { ProtocolError } from '../errors.ts'
import type { Http } from '../http/http.ts'

/** Signature algorithms that FranceConnect registers. */
export type SigningAlgorithm = 'ES256' | 'RS256'

/** A provider's key that may verify the registered algorithm. */
export interface VerificationKey {
  kid: string | undefined
  key: KeyObject
}

export interface KeySet {
  keys: readonly VerificationKey[]
  /** When it was asked for, on the monotonic clock. */
  requestedAt: number
  /** Identity of the set, to tell a rotation from the same keys again. */
  print: string
  /** Whether it may serve others than the request that fetched it. */
  sound: boolean
}

export interface Keys {
  /** The keys held, or fetched when none are. */
  current(): Promise<KeySet>
  /**
   * Keys newer than a set that did not verify an answer received at `since`: those that another request fetched meanwhile,
   * or fetched now; `null` when that set was asked for after the answer, or during the cool-down.
   * Throws `HttpFailure`, `ProtocolError` (`unavailable`) when they cannot be fetched: the keys held stay usable.
   */
  newer(set: KeySet, since: number): Promise<KeySet | null>
}

const coolDown = 10_000
const fresh = 600_000
const most = 50

/** The provider's keys for one algorithm: fetched once, shared, refreshed beside a request after ten minutes. */
export function createKeys(alg: SigningAlgorithm, discovery: Discovery, http: Http): Keys {
  let kept: KeySet | null = null
  let coolUntil = 0
  let pending: { since: number; set: Promise<KeySet> } | null = null

  function fetchKeys(): Promise<KeySet> {
    const requestedAt = performance.now()
    const set = load(requestedAt).finally(() => {
      if (pending?.set === set) pending = null
    })
    pending = { since: requestedAt, set }
    return set
  }

  async function load(requestedAt: number): Promise<KeySet> {
    const { jwks_uri } = await discovery.metadata()
    const headers = { accept: 'application/jwk-set+json, application/json' }
    const { status, text } = await http.exchange({ method: 'GET', url: jwks_uri, headers, redirect: 'answer' })
    if (status !== 200) throw unreadable(`answer ${status}`)
    const set = readKeys(text, alg, requestedAt)
    if (kept && kept.print === set.print) coolUntil = performance.now() + coolDown
    if (set.sound) kept = set
    return set
  }

  async function current(): Promise<KeySet> {
    if (kept === null) return pending?.set ?? fetchKeys()
    if (performance.now() - kept.requestedAt > fresh && pending === null) fetchKeys().catch(() => {})
    return kept
  }

  async function newer(set: KeySet, since: number): Promise<KeySet | null> {
    if (kept !== null && kept.requestedAt > set.requestedAt) return kept
    if (set.requestedAt > since) return null
    if (pending !== null && pending.since > since) return pending.set
    if (pending !== null) return pending.set.catch(() => {}).then(() => newer(set, since))
    return performance.now() < coolUntil ? null : fetchKeys()
  }

  return { current, newer }
}

function unreadable(problem: string): Error {
  return new ProtocolError('unavailable', `the keys cannot be read: ${problem}`)
}

function membersOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { keys?: unknown } | null)?.keys
  } catch {
    return null
  }
}

function readKeys(text: string, alg: SigningAlgorithm, requestedAt: number): KeySet {
  const members = membersOf(text)
  if (!Array.isArray(members)) throw unreadable('not a JSON Web Key Set')
  const keys: VerificationKey[] = []
  const prints: string[] = []
  for (const jwk of members) {
    const key = keys.length < most ? verificationKey(jwk, alg) : null
    if (key === null) continue
    keys.push(key)
    prints.push(`${key.kid}:${key.key.export({ type: 'spki', format: 'der' }).toString('base64')}`)
  }
  const kids = keys.map(({ kid }) => kid).filter((kid) => kid !== undefined)
  const sound = keys.length > 0 && new Set(kids).size === kids.length
  return { keys, requestedAt, print: prints.sort().join(), sound }
}

/** Only the public members that the algorithm needs are read: no URL, no certificate, no private part (RFC 7517, RFC 7518). */
function verificationKey(jwk: unknown, alg: SigningAlgorithm): VerificationKey | null {
  if (typeof jwk !== 'object' || jwk === null) return null
  const { kty, crv, x, y, n, e, use, kid, key_ops } = jwk as Record<string, unknown>
  const declared = (jwk as Record<string, unknown>)['alg']
  if (use !== undefined && use !== 'sig') return null
  if (declared !== undefined && declared !== alg) return null
  if (key_ops !== undefined && !(Array.isArray(key_ops) && key_ops.includes('verify'))) return null
  if (kid !== undefined && typeof kid !== 'string') return null
  const fitting = alg === 'ES256' ? kty === 'EC' && crv === 'P-256' : kty === 'RSA'
  if (!fitting) return null
  try {
    const key = createPublicKey({
      key: (alg === 'ES256' ? { kty, crv, x, y } : { kty, n, e }) as JsonWebKey,
      format: 'jwk'
    })
    const weak = alg === 'RS256' && (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048
    return weak ? null : { kid, key }
  } catch {
    return null
  }
}
