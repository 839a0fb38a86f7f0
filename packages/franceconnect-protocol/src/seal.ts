import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto'
import { randomPart } from './random.ts'

const version = 'v1.'

/** Authenticated encryption of small texts with keys derived from secrets. */
export interface Sealer {
  /** Seals with the first secret. `context` binds the text to where it belongs: it must be given again to open it. */
  seal(text: string, purpose: string, context?: string): string
  /** Opens with any of the secrets; `null` for whatever was not sealed for this purpose and context. */
  unseal(sealed: string, purpose: string, context?: string): string | null
  /** As `seal`, of bytes. */
  sealBytes(bytes: Uint8Array, purpose: string, context?: string): string
  unsealBytes(sealed: string, purpose: string, context?: string): Buffer | null
  /** HMAC-SHA-256 under the first secret, base64url. */
  hash(text: string, purpose: string): string
  /** The same under each of the secrets. */
  hashes(text: string, purpose: string): string[]
}

/**
 * AES-256-GCM under keys of HKDF-SHA-256 (RFC 5869), one per secret and purpose, so that no text serves two ends.
 *
 * @param salt who seals: what one package sealed opens for no other one, under the same secret
 */
export function createSealer(secrets: readonly string[], salt: string): Sealer {
  const derived = new Map<string, Buffer[]>()

  function keys(purpose: string): Buffer[] {
    const known = derived.get(purpose)
    if (known) return known
    // node takes at most 1,024 bytes for it
    const info = purpose.length <= 256 ? purpose : createHash('sha256').update(purpose).digest()
    const made = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, salt, info, 32)))
    if (derived.size < 256) derived.set(purpose, made)
    return made
  }

  function sealBytes(bytes: Uint8Array, purpose: string, context = ''): string {
    const iv = randomPart(12)
    const cipher = createCipheriv('aes-256-gcm', keys(`seal:${purpose}`)[0]!, iv)
    cipher.setAAD(Buffer.from(`${version}${purpose}\0${context}`))
    return (
      version + Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]).toString('base64url')
    )
  }

  function open(bytes: Buffer, key: Buffer, aad: Buffer): Buffer | null {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
    decipher.setAAD(aad)
    decipher.setAuthTag(bytes.subarray(-16))
    const opened = decipher.update(bytes.subarray(12, -16))
    try {
      // of a stream cipher nothing is left for the end, but whether the tag is right
      decipher.final()
      return opened
    } catch {
      return null
    }
  }

  function unsealBytes(sealed: string, purpose: string, context = ''): Buffer | null {
    if (typeof sealed !== 'string' || !sealed.startsWith(version)) return null
    const bytes = Buffer.from(sealed.slice(version.length), 'base64url')
    if (bytes.length < 28) return null
    const aad = Buffer.from(`${version}${purpose}\0${context}`)
    for (const key of keys(`seal:${purpose}`)) {
      const opened = open(bytes, key, aad)
      if (opened !== null) return opened
    }
    return null
  }

  const seal = (text: string, purpose: string, context?: string) => sealBytes(Buffer.from(text), purpose, context)
  const unseal = (sealed: string, purpose: string, context?: string) =>
    unsealBytes(sealed, purpose, context)?.toString('utf8') ?? null

  function hashes(text: string, purpose: string): string[] {
    return keys(`hash:${purpose}`).map((key) => createHmac('sha256', key).update(text).digest('base64url'))
  }

  const hash = (text: string, purpose: string) =>
    createHmac('sha256', keys(`hash:${purpose}`)[0]!)
      .update(text)
      .digest('base64url')

  return { seal, unseal, sealBytes, unsealBytes, hash, hashes }
}
