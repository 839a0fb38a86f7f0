import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

const version = 'v2.'
const salt = 'fastify-franceconnect'

/** Authenticated encryption of small texts with keys derived from the option `secret`. */
export interface Sealer {
  /** Seals with the first secret. `context` binds the text to where it belongs: it must be given again to open it. */
  seal(text: string, purpose: string, context?: string): string
  /** Opens with any of the secrets; `null` for whatever was not sealed for this purpose and context. */
  unseal(sealed: string, purpose: string, context?: string): string | null
  /** HMAC-SHA-256 under the first secret, base64url. */
  hash(text: string, purpose: string): string
  /** The same under each of the secrets. */
  hashes(text: string, purpose: string): string[]
}

/** What a registration is, for its keys: one secret for two services opens nothing of one at the other. */
export function bindingOf(settings: {
  issuer: string
  clientId: string
  baseUrl: string
  prefix: string
  routes: { callback: string }
}): string {
  const { issuer, clientId, baseUrl, prefix, routes } = settings
  return createHash('sha256')
    .update(JSON.stringify([issuer, clientId, baseUrl + prefix + routes.callback]))
    .digest('hex')
}

/**
 * AES-256-GCM under keys of HKDF-SHA-256 (RFC 5869), one per secret, binding and purpose, so that no text serves two
 * ends.
 */
export function createSealer(secrets: readonly string[], binding = ''): Sealer {
  const derived = new Map<string, Buffer[]>()

  function keys(purpose: string): Buffer[] {
    const known = derived.get(purpose)
    if (known) return known
    const info = createHash('sha256').update(`${binding}\0${purpose}`).digest()
    const made = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, salt, info, 32)))
    if (derived.size < 256) derived.set(purpose, made)
    return made
  }

  function seal(text: string, purpose: string, context = ''): string {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', keys(`seal:${purpose}`)[0]!, iv)
    cipher.setAAD(Buffer.from(`${version}${purpose}\0${context}`))
    return (
      version +
      Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
    )
  }

  function open(bytes: Buffer, key: Buffer, aad: Buffer): string | null {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
    decipher.setAAD(aad)
    decipher.setAuthTag(bytes.subarray(-16))
    try {
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8')
    } catch {
      return null
    }
  }

  function unseal(sealed: string, purpose: string, context = ''): string | null {
    if (typeof sealed !== 'string' || !sealed.startsWith(version)) return null
    const bytes = Buffer.from(sealed.slice(version.length), 'base64url')
    if (bytes.length < 28) return null
    const aad = Buffer.from(`${version}${purpose}\0${context}`)
    for (const key of keys(`seal:${purpose}`)) {
      const text = open(bytes, key, aad)
      if (text !== null) return text
    }
    return null
  }

  function hashes(text: string, purpose: string): string[] {
    return keys(`hash:${purpose}`).map((key) => createHmac('sha256', key).update(text).digest('base64url'))
  }

  const hash = (text: string, purpose: string) =>
    createHmac('sha256', keys(`hash:${purpose}`)[0]!)
      .update(text)
      .digest('base64url')

  return { seal, unseal, hash, hashes }
}
