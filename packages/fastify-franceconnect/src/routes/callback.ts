import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Attempt, Attempts, Found } from '../attempt.ts'
import { diagnose } from '../attempt-diagnosis.ts'
import { readCallback } from '../callback-query.ts'
import type { Client, Verified } from '../client.ts'
import { publish } from '../diagnostics.ts'
import { noteAttempt } from '../error-answer.ts'
import { failure } from '../errors.ts'
import type { Extensions } from '../extensions.ts'
import type { LoginData, LoginRecords } from '../login-record.ts'
import { isPrefetch } from '../navigation.ts'
import type { Settings } from '../options.ts'
import { providerFailure } from '../provider-error.ts'
import type { Returning } from '../returning.ts'
import type { Sessions } from '../session.ts'
import type { Urls } from '../urls.ts'

export interface CallbackParts {
  settings: Settings
  urls: Urls
  attempts: Attempts
  client: Client
  sessions: Sessions
  records: LoginRecords
  extensions: Extensions
  returning: Returning
}

/** The way back from FranceConnect: attempt, code, verification, session, then the page that asked for the login. */
export function callbackRoute(parts: CallbackParts) {
  const { settings, urls, attempts, client, sessions, records, extensions, returning } = parts

  function back(reply: FastifyReply, path: string): FastifyReply {
    return reply.redirect(urls.to(urls.safe(path) ?? settings.defaultReturnTo), 303)
  }

  /** A callback without its attempt, in a browser that is logged in: somebody went back, or reloaded. */
  function stale(
    request: FastifyRequest,
    reply: FastifyReply,
    missing: Extract<Found, { missing: string }>['missing']
  ) {
    if (sessions.current(request) === null)
      throw failure('FST_FC_ATTEMPT_NOT_FOUND', diagnose(missing, request, settings))
    return back(reply, settings.defaultReturnTo)
  }

  function dataOf(verified: Verified, attempt: Attempt, stateHash: string): LoginData {
    const { idTokenClaims, userInfo, tokens } = verified
    const now = Date.now()
    return {
      ...idTokenClaims,
      id: records.newId(idTokenClaims.sub),
      userInfo,
      scope: tokens.scope ?? asked(attempt),
      loggedInAt: now,
      expiresAt: now + settings.sessionMaxAge * 1000,
      accessToken: tokens.accessToken,
      accessTokenExpiresAt: tokens.accessTokenExpiresAt,
      idToken: tokens.idToken,
      stateHash,
      returnTo: attempt.returnTo
    }
  }

  const asked = (attempt: Attempt) => [...new Set([...settings.scope, ...extensions.scopes(), ...attempt.scope])]

  async function keep(request: FastifyRequest, reply: FastifyReply, attempt: Attempt, data: LoginData) {
    const { login, replaced } = await sessions.establish(request, data)
    if (replaced !== null) await extensions.loggedOut(request, replaced)
    try {
      await settings.onLogin?.(request, reply, login)
    } catch (error) {
      await sessions.revoke(request)
      await sessions.end(request, reply)
      throw error
    }
    await extensions.loggedIn(request, login, attempt.needs)
  }

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const startedAt = performance.now()
    reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    if (isPrefetch(request)) return reply.code(425).send()
    const query = readCallback(request.raw.url ?? '', settings.issuer)
    const state = query.get('state') ?? ''
    if (query.has('error') && state === 'undefined') throw providerFailure(query, settings.scope)
    const current = sessions.current(request)
    const stateHash = hash('sha256', state, 'base64url')
    if (current !== null && current.stateHash === stateHash) return back(reply, current.returnTo)
    const found = attempts.find(request, state)
    if ('missing' in found) return stale(request, reply, found.missing)
    const { attempt } = found
    attempts.consume(reply, state)
    noteAttempt(request, attempt)
    if (query.get('error')) throw providerFailure(query, asked(attempt))
    request.log.info({ attempt: attempt.id }, 'FranceConnect callback received')
    const verified = await client.login(query, { ...attempt, state })
    request.log.info({ attempt: attempt.id, acr: verified.idTokenClaims.acr }, 'FranceConnect login verified')
    await keep(request, reply, attempt, dataOf(verified, attempt, stateHash))
    const durationMs = Math.round(performance.now() - startedAt)
    request.log.info({ attempt: attempt.id, durationMs }, 'FranceConnect login succeeded')
    const { acr } = verified.idTokenClaims
    publish('franceconnect:login:succeeded', { attempt: attempt.id, acr, platform: settings.platform, durationMs })
    if (reply.sent) return reply
    if (attempt.needs.length > 0) returning.mark(reply, attempt.returnTo)
    return back(reply, attempt.returnTo)
  }
}
