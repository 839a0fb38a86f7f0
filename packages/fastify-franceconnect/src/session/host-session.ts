import type { FastifyInstance } from 'fastify'
import { cookieProblems } from '../options/cookie.ts'
import type { Settings } from '../options/options.ts'
import { storeProblem } from '../options/store.ts'

/** Settings of the host's session cookie, as a new session shows them. */
interface HostCookie {
  path?: unknown
  domain?: unknown
  sameSite?: unknown
  secure?: unknown
  httpOnly?: unknown
  partitioned?: unknown
  originalMaxAge?: unknown
  originalExpires?: unknown
}

/**
 * The host's @fastify/session tells its cookie's settings by the session that it makes for an id that it never gave:
 * the store is not asked. `null` where it needs a real request.
 */
function cookieOf(app: FastifyInstance, protocol: 'http' | 'https'): HostCookie | null {
  const asker: { session?: { cookie?: HostCookie }; protocol: string } = { protocol }
  try {
    app.decryptSession('none', asker, () => {})
  } catch {
    return null
  }
  return asker.session?.cookie ?? null
}

/** The settings by the names that the host gave them; `null` is what it left out. */
function settingsOf({ originalMaxAge, originalExpires, sameSite, ...rest }: HostCookie): Record<string, unknown> {
  const { path, domain, secure, httpOnly, partitioned } = rest
  // @fastify/cookie reads SameSite in any case
  const site = sameSite === true ? 'strict' : typeof sameSite === 'string' ? sameSite.toLowerCase() : sameSite
  const expires = originalMaxAge ? undefined : originalExpires
  const given = { path, domain, sameSite: site, secure, httpOnly, partitioned, maxAge: originalMaxAge, expires }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null))
}

/** What of the host's session cannot work with a login, or likely not: one sentence each, for the log at boot. */
export function hostSessionWarnings(app: FastifyInstance, settings: Settings, store: unknown): string[] {
  const { baseUrl, prefix, routes, secure } = settings
  const warnings: string[] = []
  const warn = (what: string, problem: string, expected: string) =>
    warnings.push(`the application’s @fastify/session has ${what}: it ${problem}; expected ${expected}.`)
  const cookie = cookieOf(app, secure ? 'https' : 'http')
  const place = { baseUrl, paths: [prefix + routes.callback] }
  for (const { name, value, problem, expected } of cookieProblems(cookie === null ? {} : settingsOf(cookie), place))
    warn(`cookie.${name}: ${shown(value)}`, problem, expected)
  const unfit = store === null ? null : storeProblem(store)
  if (unfit !== null) warn('a store', ...unfit)
  return warnings
}

const shown = (value: unknown) =>
  value instanceof Date ? String(value) : typeof value === 'string' ? `'${value}'` : String(value)
