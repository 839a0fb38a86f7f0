/** A cookie as a browser keeps it (RFC 6265bis). */
export interface Cookie {
  name: string
  value: string
  path: string
  secure: boolean
  httpOnly: boolean
  sameSite: string
  domain: string | undefined
  expires: number
}

export function parseSetCookie(line: string, now = Date.now()): Cookie {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim())
  const attributes = new Map(rest.map((part) => split(part)).map(([name, value]) => [name.toLowerCase(), value]))
  const [name, value] = split(pair)
  const maxAge = attributes.get('max-age')
  const date = attributes.get('expires')
  return {
    name,
    value,
    path: attributes.get('path') || '/',
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    sameSite: attributes.get('samesite') ?? '',
    domain: attributes.get('domain'),
    expires: maxAge ? now + Number(maxAge) * 1000 : date ? Date.parse(date) : Number.POSITIVE_INFINITY
  }
}

/** One origin's cookies, with the rules that a browser enforces: prefixes, Secure, Path, expiry. */
export class CookieJar {
  readonly cookies = new Map<string, Cookie>()

  take(lines: string[], url: URL): void {
    for (const line of lines) {
      const cookie = parseSetCookie(line)
      if (cookie.secure && url.protocol !== 'https:' && url.hostname !== 'localhost') continue
      const bare = cookie.secure && cookie.path === '/' && cookie.domain === undefined
      if (cookie.name.startsWith('__Host-') && !bare) continue
      if (cookie.name.startsWith('__Secure-') && !cookie.secure) continue
      if (cookie.expires <= Date.now()) this.cookies.delete(cookie.name)
      else this.cookies.set(cookie.name, cookie)
    }
  }

  header(url: URL): string {
    return [...this.cookies.values()]
      .filter((cookie) => cookie.expires > Date.now() && url.pathname.startsWith(cookie.path))
      .filter((cookie) => !cookie.secure || url.protocol === 'https:' || url.hostname === 'localhost')
      .map((cookie) => `${cookie.name}=${cookie.value}`)
      .join('; ')
  }
}

function split(part: string): [string, string] {
  const at = part.indexOf('=')
  return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)]
}
