import { refuse } from './option-values.ts'
import type { Settings } from './options.ts'

const names = ['store', 'cookieName', 'cookiePrefix', 'cookie', 'saveUninitialized', 'rolling', 'idGenerator']
const ours = ['secret', 'signer', 'algorithm']

/** Checks the options handed to @fastify/session. Throws `FST_FC_INVALID_OPTIONS`. */
export function checkSession(value: unknown): Settings['session'] {
  if (value === undefined) return undefined
  const session = object(value, 'session', `options of @fastify/session: ${names.join(', ')}`)
  for (const name of Object.keys(session)) {
    const option = `session.${name}`
    if (ours.includes(name)) refuse(option, 'is not taken', 'the option "secret" alone, which signs the session')
    if (!names.includes(name)) refuse(option, 'is unknown', `one of ${names.join(', ')}`)
  }
  const { store, cookie } = session
  for (const name of ['cookieName', 'cookiePrefix']) checkCookieText(session[name], `session.${name}`)
  if (cookie !== undefined) object(cookie, 'session.cookie', 'cookie settings: maxAge, domain, sameSite…')
  if (
    store !== undefined &&
    !['get', 'set', 'destroy'].every((method) => typeof methodOf(store, method) === 'function')
  ) {
    refuse(
      'session.store',
      'is not a session store',
      'an object with get, set and destroy, such as connect-redis gives'
    )
  }
  return session as Settings['session']
}

function object(value: unknown, option: string, expected: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  return refuse(option, 'is not an object', expected)
}

/** RFC 6265 §4.1.1: what a cookie's name and value are made of. */
function checkCookieText(value: unknown, option: string): void {
  const good = value === undefined || (typeof value === 'string' && /^[\w!#$%&'*+.^`|~:-]+$/.test(value))
  if (!good) refuse(option, 'cannot be put in a cookie', 'letters, digits, hyphens')
}

function methodOf(store: unknown, method: string): unknown {
  return (store as Record<string, unknown> | null)?.[method]
}
