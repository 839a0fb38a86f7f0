const base = 'http://this.invalid'
/** Characters of a path to come back to, once encoded: it travels in a cookie. */
export const longest = 1024

/** What the URL parser leaves as it is. */
const plainPath = /^(?:\/|(?:\/[\w-]+)+\/?)$/

/** Tells whether a decoded path is one of this plugin's own routes, however it is written. */
export type OwnRoute = (path: string) => boolean

/**
 * A path of this origin to come back to, percent-encoded, or `null` for whatever could lead elsewhere: another origin,
 * a scheme, `//`, a backslash, a control character, one of this plugin's own routes, more than 1,024 characters.
 * Parsed as browsers do (WHATWG URL), and only ever used behind `baseUrl`.
 */
export function safeReturnTo(value: unknown, isOwnRoute: OwnRoute): string | null {
  if (typeof value !== 'string' || value.length > longest || !value.startsWith('/')) return null
  if (plainPath.test(value)) return isOwnRoute(value) ? null : value
  const end = value.search(/[?#]/)
  const path = end === -1 ? value : value.slice(0, end)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\\\u0000-\u001f\u007f]/.test(path) || /[\u0000-\u001f\u007f]/.test(value)) return null
  const encoded = value.replaceAll('\\', '%5C')
  if (!URL.canParse(encoded, base)) return null
  const url = new URL(encoded, base)
  if (url.origin !== base || url.username !== '' || url.pathname.startsWith('//')) return null
  const decoded = decodePath(url.pathname)
  if (decoded === null || isOwnRoute(decoded)) return null
  const target = url.pathname + url.search + url.hash
  return target.length > longest ? null : target
}

/** Characters of a path once encoded; 0 for what is none. */
export function lengthOf(value: unknown): number {
  if (typeof value !== 'string' || !value.startsWith('/')) return 0
  return URL.canParse(value, base) ? new URL(value, base).href.length - base.length : value.length
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}

/** Compares with the paths of this plugin, whatever the case, doubled or trailing slashes, or a `;parameter`. */
export function ownRoutes(paths: readonly string[]): OwnRoute {
  const plain = (path: string) =>
    path
      .toLowerCase()
      .replace(/;.*$/s, '')
      .replace(/\/{2,}/g, '/')
      .replace(/(.)\/$/, '$1')
  const own = new Set(paths.map(plain))
  return (path) => own.has(plain(path))
}
