import type { FastifyReply, FastifyRequest } from 'fastify'
import { failure } from '../errors.ts'
import { isAgain } from '../login/again.ts'
import type { Attempts, Found } from '../login/attempt.ts'
import { diagnose } from '../login/attempt-diagnosis.ts'
import type { Callback } from '../login/callback.ts'
import { publish } from '../login/events.ts'
import type { Outcome } from '../login/opening.ts'
import type { Returning } from '../login/returning.ts'
import type { Logout } from '../logout/logout.ts'
import type { Settings } from '../options/options.ts'
import type { Urls } from '../options/urls.ts'
import { isPrefetch } from '../pages/requests/prefetch.ts'
import { readCallback } from '../protocol/callback-query.ts'
import { providerFailure } from '../protocol/provider-error.ts'
import { slotOf } from '../session/login-cookie.ts'
import type { Sessions } from '../session/sessions.ts'
import type { Audit } from './audit/audit.ts'
import { attemptOf, noteAttempt, noteLetIn } from './error-report.ts'

export interface CallbackRouteParts {
  settings: Settings
  urls: Urls
  attempts: Attempts
  callback: Callback
  sessions: Sessions
  returning: Returning
  logout: Logout
  audit: Audit
}

/** The way back from FranceConnect: attempt, code, verification, the application's word, then the page that asked. */
export function callbackRoute(parts: CallbackRouteParts) {
  const { settings, urls, attempts, callback, sessions, returning, logout, audit } = parts

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

  async function answer(request: FastifyRequest, reply: FastifyReply, outcome: Outcome, startedAt: number) {
    if (outcome.kind === 'nobody') {
      if (outcome.consent?.send() || reply.sent) return reply
      return back(reply, settings.postLogoutReturnTo)
    }
    if (outcome.kind === 'refused') {
      if (!isAgain(request)) {
        request.log.info({ code: 'FST_FC_REFUSED_BY_SERVICE' }, 'FranceConnect login refused by the application')
        const stopped = { attempt: attemptOf(request)?.id ?? null, code: 'FST_FC_REFUSED_BY_SERVICE' }
        audit.stopped('refusal', request, stopped)
        publish('franceconnect:login:refused', {
          ...{ attempt: attemptOf(request)?.id ?? null, code: 'FST_FC_REFUSED_BY_SERVICE' },
          platform: settings.platform
        })
      }
      const { path } = outcome.landing
      if (outcome.idToken !== null) return logout.leaveProvider(reply, outcome.idToken, path)
      return back(reply, path ?? settings.defaultReturnTo)
    }
    const { login, attempt, acr, consent } = outcome
    noteLetIn(request)
    if (!isAgain(request)) {
      const durationMs = Math.round(performance.now() - startedAt)
      request.log.info({ attempt: attempt.id, durationMs }, 'FranceConnect login succeeded')
      audit.letIn(request, login.login, attempt.id)
      publish('franceconnect:login:succeeded', { attempt: attempt.id, acr, platform: settings.platform, durationMs })
    }
    if (consent?.send() || reply.sent) return reply
    if (attempt.needs.length > 0) returning.mark(reply, attempt.returnTo, login.login.id)
    return back(reply, attempt.returnTo)
  }

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const startedAt = performance.now()
    reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    if (isPrefetch(request)) return reply.code(425).send()
    const query = readCallback(request.raw.url ?? '', settings.issuer)
    const state = query.get('state') ?? ''
    if (query.has('error') && state === 'undefined') throw providerFailure(query, settings.scope)
    const slot = slotOf(state)
    const current = sessions.current(request)
    if (current !== null && current.key.slot === slot) return back(reply, current.data.returnTo)
    audit.begins(request, slot, current?.login ?? null)
    const opening = { request, reply, query, state, slot }
    const found = attempts.find(request, state)
    if ('missing' in found) return stale(request, reply, found.missing)
    if ('ended' in found) {
      const { attempt, returnTo } = found.ended
      noteAttempt(request, { id: attempt, returnTo })
      return answer(request, reply, callback.again(opening, found.ended), startedAt)
    }
    noteAttempt(request, found.attempt)
    return answer(request, reply, await callback.finish(opening, found.attempt), startedAt)
  }
}
