import { compactDecrypt, decodeJwt, decodeProtectedHeader } from 'jose'
import type { Answer } from './exchange.ts'
import { decryptionKey } from './services.ts'
import type { Received } from './wire.ts'

const kept = [
  'content-type',
  'location',
  'cache-control',
  'vary',
  'www-authenticate',
  'access-control-allow-origin',
  'access-control-expose-headers'
]

/** A text in which what differs each time is named, as in the recordings. */
export function named(text: string, issuer: string): string {
  return text
    .replaceAll(issuer, '<B>')
    .replaceAll(encodeURIComponent(issuer), '<B%>')
    .replace(/^<B>\/fournisseur-identite\/.*$/s, '<idp>')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/(?<![\w-])[\w-]{43}(?![\w-])/g, '<43>')
    .replace(/(?<![\w.-])ey[\w-]+(\.[\w-]+){2}(?![\w.-])/g, '<jws>')
    .replace(/(?<![\w.-])ey[\w-]+(\.[\w-]*){4}(?![\w.-])/g, '<jwe>')
}

function cookie(header: string, issuer: string): string {
  const [pair = '', ...attributes] = header.split(';').map((part) => part.trim())
  const [name, value] = pair.split('=')
  const cleared = value === '' || attributes.some((attribute) => /^expires=.*1970/i.test(attribute))
  const told = attributes
    .map((attribute) => attribute.replace(/^[^=]+/, (word) => word.toLowerCase()))
    .filter((attribute) => !/^(expires|secure)/.test(attribute))
    .map((attribute) => attribute.replace(/^samesite=.*/i, (word) => word.toLowerCase()))
    .sort()
  return named(`${name}${cleared ? '(cleared)' : ''} ${told.join(';')}`, issuer)
}

const dropped = new Set(['x', 'y', 'n', 'e'])

function tidied(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => tidied(one))
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([name]) => !('kty' in value && dropped.has(name)))
    return Object.fromEntries(members.map(([name, member]) => [name, tidied(member, name)]))
  }
  return typeof value === 'number' && ['exp', 'iat', 'auth_time'].includes(key) ? 0 : value
}

function bodyOf({ headers, text, status }: Received, issuer: string): unknown {
  if (text === '') return ''
  const type = headers['content-type'] ?? ''
  if (text.startsWith('<!doctype')) return { page: />(Y[0-9A-F]{6,7})</.exec(text)?.[1] ?? null }
  if (/json/.test(type)) return tidied(JSON.parse(named(text, issuer)))
  if (type.startsWith('application/token-introspection+jwt') && status === 200) return { jwe: jweHeader(text) }
  return named(text, issuer)
}

const jweHeader = (token: string): unknown => {
  const { epk, ...header } = decodeProtectedHeader(token) as Record<string, unknown>
  return { ...header, epk: Object.keys(epk as object).sort() }
}

/** An answer in the words of the recordings. */
export function written(received: Received, issuer: string): Answer {
  const headers = Object.fromEntries(
    kept.flatMap((name) => {
      const value = received.headers[name]
      return value === undefined ? [] : [[name, named(String(value), issuer)]]
    })
  )
  const cookies = (received.headers['set-cookie'] ?? []).map((header) => cookie(header, issuer)).sort()
  const body = headers['location'] === '<idp>' ? '' : bodyOf(received, issuer)
  return { status: String(received.status), headers, cookies, body }
}

const seen = new Set(['aud', 'acr', 'nonce', 'amr', 'exp', 'iat', 'auth_time', 'iss'])

/** A token opened: headers, and of its claims what a recording keeps. */
export async function opened(token: string, issuer: string): Promise<Record<string, unknown>> {
  const encrypted = token.split('.').length === 5
  const jws = encrypted ? Buffer.from((await compactDecrypt(token, decryptionKey)).plaintext).toString('utf8') : token
  const claims = Object.entries(decodeJwt(jws)).map(([name, value]) => [name, seen.has(name) ? value : '<present>'])
  return {
    ...(encrypted && { jwe: tidied(JSON.parse(named(JSON.stringify(jweHeader(token)), issuer))) }),
    h: decodeProtectedHeader(jws),
    p: tidied(JSON.parse(named(JSON.stringify(Object.fromEntries(claims)), issuer)))
  }
}
