import { nearest } from 'franceconnect-protocol/nearest'
import { callable, flag, refuse } from 'franceconnect-protocol/option-values'
import { type CookiePlace, checkCookie, checkCookieName } from './cookie.ts'
import type { Settings } from './options.ts'
import { storeProblem } from './store.ts'

const names = ['store', 'cookieName', 'cookiePrefix', 'cookie', 'saveUninitialized', 'rolling', 'idGenerator']
const ours = ['secret', 'signer', 'algorithm']

/** Checks the options handed to @fastify/session. Throws `FST_FC_INVALID_OPTIONS`. */
export function checkSession(value: unknown, place: CookiePlace): Settings['session'] {
  if (value === undefined) return undefined
  const session = object(value, 'session', `options of @fastify/session: ${names.join(', ')}`)
  for (const name of Object.keys(session)) {
    const option = `session.${name}`
    if (ours.includes(name)) refuse(option, 'is not taken', 'the option "secret" alone, which signs the session')
    if (!names.includes(name)) {
      const meant = nearest(name, names)
      refuse(option, 'is unknown', meant ? `"${meant}"` : `one of ${names.join(', ')}`)
    }
  }
  for (const name of ['cookieName', 'cookiePrefix']) checkCookieText(session[name], `session.${name}`)
  for (const name of ['saveUninitialized', 'rolling']) flag(session[name], `session.${name}`)
  callable(session['idGenerator'], 'session.idGenerator')
  if (session['cookie'] !== undefined) checkCookie(session['cookie'], place)
  checkCookieName(session['cookieName'], session['cookie'], place)
  const unfit = session['store'] === undefined ? null : storeProblem(session['store'])
  if (unfit !== null) refuse('session.store', ...unfit)
  return session as Settings['session']
}

function object(value: unknown, option: string, expected: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  return refuse(option, 'is not an object', expected)
}

/** RFC 6265 §4.1.1: what a cookie's name and value are made of. */
function checkCookieText(value: unknown, option: string): void {
  const good = value === undefined || (typeof value === 'string' && /^[\w!#$%&'*+.^`|~:-]+$/.test(value))
  if (!good) refuse(option, 'cannot be put in a cookie', 'letters, digits, hyphens')
}
