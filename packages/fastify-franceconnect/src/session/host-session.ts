import type { FastifyInstance } from 'fastify'
import type { Settings } from '../options/options.ts'

/** Settings of the host's session cookie, as a new session shows them. */
interface HostCookie {
  path?: unknown
  sameSite?: unknown
  secure?: unknown
  originalMaxAge?: unknown
}

/**
 * The host's @fastify/session tells its cookie's settings by the session that it makes for an id that it never gave:
 * the store is not asked. `null` where it needs a real request.
 */
function cookieOf(app: FastifyInstance): HostCookie | null {
  const asker: { session?: { cookie?: HostCookie }; protocol: string } = { protocol: 'https' }
  try {
    app.decryptSession('none', asker, () => {})
  } catch {
    return null
  }
  return asker.session?.cookie ?? null
}

/** What of the host's session cannot work with a login, or likely not: one sentence each, for the log at boot. */
export function hostSessionWarnings(app: FastifyInstance, settings: Settings): string[] {
  const cookie = cookieOf(app)
  if (cookie === null) return []
  const { baseUrl, prefix, routes } = settings
  const warnings: string[] = []
  const warn = (setting: string, problem: string) =>
    warnings.push(`the application’s @fastify/session has ${setting}: ${problem}`)
  if (cookie.sameSite === 'strict' || cookie.sameSite === true) {
    warn(
      "cookie.sameSite: 'strict'",
      "browsers do not send it when FranceConnect sends the citizen back from another site, and the session of before the login is lost; expected 'lax'."
    )
  }
  if (cookie.sameSite === 'none' && cookie.secure !== true && cookie.secure !== 'auto')
    warn("cookie.sameSite: 'none' without Secure", "browsers refuse it; expected 'lax'.")
  const path = String(cookie.path ?? '/')
  const callback = prefix + routes.callback
  if (path !== '/' && callback !== path && !callback.startsWith(path.replace(/\/?$/, '/')))
    warn(`cookie.path: '${path}'`, `it does not cover ${callback}, where the login ends; expected '/'.`)
  if (cookie.secure === true && !baseUrl.startsWith('https:'))
    warn('cookie.secure: true', 'baseUrl is http, so that no session is ever kept; expected secure: ’auto’.')
  if (typeof cookie.originalMaxAge === 'number' && cookie.originalMaxAge < 60_000)
    warn(`cookie.maxAge: ${cookie.originalMaxAge}`, 'it is in milliseconds, and the session ends within a minute.')
  return warnings
}
