import { nearest } from 'franceconnect-protocol/nearest'
import { refuse } from 'franceconnect-protocol/option-values'

/** What the session's cookie must suit. */
export interface CookiePlace {
  /** Without a trailing slash. */
  baseUrl: string
  /** Paths of the routes, prefix included. */
  paths: readonly string[]
}

/** `secure`: whether the cookie will be Secure. */
type Check = (value: unknown, place: CookiePlace & { secure: boolean }) => [problem: string, expected: string] | null

const minute = 60_000
const daySeconds = 86_400

const checks: Record<string, Check> = {
  path: (value, { baseUrl, paths }) => {
    const routes = 'a path that covers the routes of this plugin and the pages that read the session, such as /'
    if (typeof value !== 'string' || !/^\/[\w.~/-]*$/.test(value)) return ['is not a path', routes]
    const base = new URL(baseUrl).pathname.replace(/\/$/, '')
    const lost = paths.find((path) => !covers(value, path) || !covers(value, base + path))
    if (lost !== undefined) return [`does not cover ${covers(value, lost) ? base + lost : lost}`, routes]
    return null
  },
  domain: (value, { baseUrl }) => {
    const { hostname } = new URL(baseUrl)
    const domain = typeof value === 'string' ? value.toLowerCase().replace(/^\./, '') : ''
    const expected = `${hostname} or a domain above it, or nothing`
    if (domain === '' || (hostname !== domain && !hostname.endsWith(`.${domain}`)))
      return ['is not a domain of baseUrl', expected]
    return hostname !== domain && everybodys.test(domain)
      ? ['is of everybody below it: browsers refuse it', expected]
      : null
  },
  sameSite: (value, { baseUrl, secure }) => {
    const expected = "'lax': FranceConnect sends the citizen back from another site"
    if (value === 'strict' || value === true)
      return [
        'is strict: the browser would not send the cookie at the callback, and the session of before the login would be lost',
        expected
      ]
    if (value === 'none' && !baseUrl.startsWith('https:'))
      return ["is 'none', which browsers take on https alone", expected]
    if (value === 'none' && !secure) return ["is 'none', which browsers take with Secure alone", expected]
    return value === 'lax' || value === 'none' || value === false ? null : ['is no value of SameSite', expected]
  },
  secure: (value, { baseUrl }) => {
    const expected = "'auto', true or false"
    if (value === true && !baseUrl.startsWith('https:'))
      return ['is true and baseUrl is http: the session would never be kept', expected]
    return typeof value === 'boolean' || value === 'auto' ? null : ['is no boolean', expected]
  },
  httpOnly: flag,
  partitioned: (value, { secure }) =>
    flag(value) ??
    (value && !secure ? ['is true, which browsers take with Secure on https alone', 'https, or nothing'] : null),
  maxAge: (value) => {
    const expected = `whole milliseconds, from ${minute} (a minute); an hour is 3600000`
    if (typeof value !== 'number' || !Number.isInteger(value)) return ['is no whole number of milliseconds', expected]
    if (value < minute) return ['is in milliseconds and ends within a minute', expected]
    return value % daySeconds === 0 && value % minute !== 0
      ? [`is a number of days in seconds, and ${Math.round(value / minute)} minutes in milliseconds`, expected]
      : null
  },
  expires: (value) =>
    value instanceof Date && value.getTime() > Date.now()
      ? null
      : ['is no Date to come', 'a Date, or rather maxAge in milliseconds']
}

/** Top-level domains, and those under .fr where anybody, or any administration, has a name (publicsuffix.org). */
const everybodys = /^([^.]+|(asso|com|gouv|nom|prd|tm)\.fr)$/

function flag(value: unknown): [string, string] | null {
  return typeof value === 'boolean' ? null : ['is no boolean', 'true or false']
}

/** Checks the settings of the session's cookie, as @fastify/session takes them. Throws `FST_FC_INVALID_OPTIONS`. */
export function checkCookie(value: unknown, place: CookiePlace): void {
  if (typeof value !== 'object' || value === null)
    refuse('session.cookie', 'is not an object', `cookie settings: ${Object.keys(checks).join(', ')}`)
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(checks, name)) continue
    const meant = nearest(name, Object.keys(checks))
    refuse(`session.cookie.${name}`, 'is unknown', meant ? `"${meant}"` : `one of ${Object.keys(checks).join(', ')}`)
  }
  for (const { name, problem, expected } of cookieProblems(value, place))
    refuse(`session.cookie.${name}`, problem, expected)
}

/** What of a session cookie's settings cannot work, in words that come after the name of the setting. */
export function cookieProblems(
  cookie: object,
  place: CookiePlace
): { name: string; value: unknown; problem: string; expected: string }[] {
  const secure = isSecure(place, (cookie as { secure?: unknown }).secure)
  return Object.entries(cookie).flatMap(([name, value]) => {
    const [problem, expected] = (value === undefined ? null : checks[name]?.(value, { ...place, secure })) ?? []
    return problem === undefined || expected === undefined ? [] : [{ name, value, problem, expected }]
  })
}

/** Browsers refuse a cookie whose prefix says what its attributes do not (RFC 6265bis §4.1.3). */
export function checkCookieName(name: unknown, cookie: unknown, place: CookiePlace): void {
  const { domain, path, secure: asked } = (cookie ?? {}) as { domain?: unknown; path?: unknown; secure?: unknown }
  const secure = isSecure(place, asked)
  const host = secure && domain === undefined && (path ?? '/') === '/'
  if (/^__Host-/i.test(String(name)) && !host)
    refuse('session.cookieName', 'begins with __Host-', 'https, path / and no domain with that prefix')
  if (/^__Secure-/i.test(String(name)) && !secure)
    refuse('session.cookieName', 'begins with __Secure-', 'https with that prefix')
}

const isSecure = ({ baseUrl }: CookiePlace, asked: unknown): boolean => baseUrl.startsWith('https:') && asked !== false

/** As browsers compare paths (RFC 6265 §5.1.4). */
function covers(cookiePath: string, path: string): boolean {
  if (path === cookiePath) return true
  return path.startsWith(cookiePath) && (cookiePath.endsWith('/') || path[cookiePath.length] === '/')
}
