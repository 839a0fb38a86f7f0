import type { FastifyRequest } from 'fastify'
import { fcDataError } from '../../errors.ts'
import type { EnabledApi } from '../../options/enabled-api.ts'
import { TOKEN_MARGIN } from '../exchange.ts'
import { loginOf, type PluginLogin } from './login-plugin.ts'

/** What `getAccessToken` returns: FranceConnect's access token of the person who makes the request. */
export interface FcDataAccessToken {
  value: string
  expiresAt: Date
  /** Scopes granted. */
  scope: readonly string[]
  /** Random id of the login: what is held is kept under it, and two logins never share one. */
  loginId: string
  /** FranceConnect's `sub`, for the access records. */
  sub?: string
}

export type GetAccessToken = (request: FastifyRequest) => FcDataAccessToken | null | Promise<FcDataAccessToken | null>

/** For whom a call is made. */
export interface Subject {
  readonly loginId: string
  readonly sub: string | null
  readonly scope: readonly string[]
  readonly token: { readonly value: string; readonly expiresAt: Date } | null
}

/**
 * Milliseconds of life that a guard wants in a token: the page that it lets through still has its handler to run. Under
 * that it logs in again.
 */
export const GUARD_MARGIN = 5000

export function subjectOfLogin(login: PluginLogin): Subject {
  return { loginId: login.id, sub: login.sub, scope: login.scope, token: login.accessToken }
}

/** Reads the subject of a request, from the login plugin or from the option. */
export function readSubject(
  request: FastifyRequest,
  getAccessToken: GetAccessToken | null
): Subject | null | Promise<Subject | null> {
  if (getAccessToken) return subjectOfToken(request, getAccessToken)
  const login = loginOf(request)
  return login && subjectOfLogin(login)
}

async function subjectOfToken(request: FastifyRequest, getAccessToken: GetAccessToken): Promise<Subject | null> {
  const given = await getAccessToken(request)
  if (!given) return null
  checkAccessToken(given)
  const { value, expiresAt, scope, loginId, sub = null } = given
  return { loginId, sub, scope, token: { value, expiresAt } }
}

/** Two citizens under one `loginId` would read each other's data: nothing goes on without a whole token. */
function checkAccessToken({ value, expiresAt, scope, loginId, sub }: FcDataAccessToken): void {
  const texts = [value, loginId].every((text) => typeof text === 'string' && text !== '')
  if (texts && !/^[\x21-\x7e]+$/.test(value)) {
    const message =
      'getAccessToken returned a value that no header carries: FranceConnect’s token is made of visible ASCII characters, without space nor line break'
    throw fcDataError('FST_FC_DATA_INVALID_OPTIONS', message)
  }
  const named = typeof (sub ?? '') === 'string'
  const dated = expiresAt instanceof Date && !Number.isNaN(expiresAt.getTime())
  if (texts && named && dated && Array.isArray(scope)) return
  const message =
    'getAccessToken must return { value, expiresAt (a Date), scope (an array), loginId, sub (a text, or none) } or null'
  throw fcDataError('FST_FC_DATA_INVALID_OPTIONS', message)
}

/** True when the token lives so many milliseconds more. */
export function hasTime(subject: Subject, margin: number): boolean {
  return subject.token !== null && subject.token.expiresAt.getTime() - Date.now() >= margin
}

/** True when the token carries one of the API's scopes, or when any token will do. */
export function hasScope(subject: Subject, { callableWith }: EnabledApi): boolean {
  return callableWith.length === 0 || callableWith.some((scope) => subject.scope.includes(scope))
}

/**
 * The token to call this API with. Throws the reason why there is none; nothing has left yet. `early` tells a hook that
 * runs before the login is read.
 */
export function usableToken(
  subject: Subject | null,
  api: EnabledApi,
  loginUrl: () => string | undefined,
  early = false
): NonNullable<Subject['token']> {
  const details = () => ({ api: api.name, provider: api.provider.name, loginUrl: loginUrl() })
  if (!subject && early) {
    const message = `"${api.name}" is asked in a hook that runs before the login is read: add that hook after fastify-franceconnect and fastify-fc-data are registered`
    throw fcDataError('FST_FC_DATA_LOGIN_REQUIRED', message, details())
  }
  if (!subject) {
    const message = `"${api.name}" needs a login through FranceConnect: guard the route with app.fcData.require`
    throw fcDataError('FST_FC_DATA_LOGIN_REQUIRED', message, details())
  }
  if (!hasTime(subject, TOKEN_MARGIN)) {
    const message = `FranceConnect’s token lives 60 seconds and is over for "${api.name}": guard the route with app.fcData.require, or list the API in prefetch`
    throw fcDataError('FST_FC_DATA_TOKEN_EXPIRED', message, details())
  }
  if (hasScope(subject, api)) return subject.token!
  const message = `FranceConnect granted none of the scopes of "${api.name}" (${api.callableWith.join(' ')}): ask for them on DataPass, or log in with them`
  throw fcDataError('FST_FC_DATA_SCOPE_MISSING', message, { api: api.name, provider: api.provider.name })
}
