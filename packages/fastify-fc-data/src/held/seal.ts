import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Seals what is stored and hashes what is traced. The login plugin offers the same three. */
export interface Sealer {
  seal(text: string, purpose: string): string
  /** `null` for anything that was not sealed for this purpose with one of the secrets. */
  unseal(text: string, purpose: string): string | null
  hash(text: string, purpose: string): string
}

/** Of the format, sealed bytes aside: what another version wrote is not read. */
const VERSION = 'v1.'
const IV = 12
const TAG = 16

interface Keys {
  seal: Buffer
  hash: Buffer
}

function keysOf(secret: string): Keys {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, 'fastify-fc-data', use, 32))
  return { seal: derive('seal'), hash: derive('hash') }
}

function open(key: Buffer, sealed: Buffer, purpose: string): string | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV), { authTagLength: TAG })
    decipher.setAAD(Buffer.from(purpose))
    decipher.setAuthTag(sealed.subarray(-TAG))
    return decipher.update(sealed.subarray(IV, -TAG), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return null
  }
}

/** The option's secrets, else the login plugin's; without either a key of this process, for a store in its memory. */
export function chooseSealer(secrets: readonly string[] | null, plugin: Sealer | null): Sealer {
  if (secrets) return sealerOf(secrets)
  return plugin ?? sealerOf([randomBytes(32).toString('hex')])
}

/** AES-256-GCM under keys derived from the secrets (HKDF, RFC 5869): the first seals and hashes, all open. */
export function sealerOf(secrets: readonly string[]): Sealer {
  const keys = secrets.map(keysOf)
  const [first] = keys
  return {
    seal(text, purpose) {
      const iv = randomBytes(IV)
      const cipher = createCipheriv('aes-256-gcm', first!.seal, iv, { authTagLength: TAG })
      cipher.setAAD(Buffer.from(purpose))
      const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return VERSION + sealed.toString('base64url')
    },
    unseal(text, purpose) {
      if (!text.startsWith(VERSION)) return null
      const sealed = Buffer.from(text.slice(VERSION.length), 'base64url')
      if (sealed.length < IV + TAG) return null
      for (const key of keys) {
        const opened = open(key.seal, sealed, purpose)
        if (opened !== null) return opened
      }
      return null
    },
    hash: (text, purpose) => createHmac('sha256', first!.hash).update(`${purpose}\0${text}`).digest('base64url')
  }
}
