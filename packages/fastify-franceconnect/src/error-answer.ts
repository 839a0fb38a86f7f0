import { STATUS_CODES } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Attempt } from './login/attempt.ts'
import { publish } from './diagnostics.ts'
import { type FranceConnectError, isFailure } from './errors.ts'
import { isBrowserPage } from './navigation.ts'
import type { Settings } from './options.ts'
import { type Action, sendPage } from './page.ts'
import type { Urls } from './urls.ts'

const attempts = new WeakMap<FastifyRequest, Attempt>()
const refusals = new Set(['FST_FC_LOGIN_REFUSED', 'FST_FC_PROVIDER_ERROR', 'FST_FC_ACR_TOO_LOW'])

/** Remembers which attempt a request is about, for the answer and the log of its failure. */
export function noteAttempt(request: FastifyRequest, attempt: Attempt): void {
  attempts.set(request, attempt)
}

/** Whether a route is about a login: its failures are published. */
type Kind = 'login' | 'logout'

/**
 * Answers the failures of the plugin's own routes: a page in French for a browser, JSON for others, or `onError`. What
 * `onLogin` threw reaches `onError` too, or else the application's own error handler.
 */
export function createErrorAnswer(settings: Settings, urls: Urls, kind: Kind) {
  function report(error: Error, request: FastifyRequest): void {
    const attempt = attempts.get(request)?.id ?? null
    const own = isFailure(error)
    const code = own ? error.code : 'onLogin'
    const broken = own && error.statusCode >= 500
    request.log[broken ? 'warn' : 'info'](
      { attempt, code, ...(own ? { reason: error.message } : {}) },
      kind === 'logout'
        ? 'FranceConnect logout failed'
        : own
          ? 'FranceConnect login failed'
          : 'FranceConnect login refused by the application'
    )
    if (kind === 'logout') return
    const event = !own || refusals.has(code) ? 'franceconnect:login:refused' : 'franceconnect:login:failed'
    publish(event, { attempt, code, platform: settings.platform })
  }

  return async (error: Error, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    report(error, request)
    if (isFailure(error)) {
      const returnTo = attempts.get(request)?.returnTo ?? settings.defaultReturnTo
      Object.assign(error, { returnTo, ...(kind === 'login' ? { loginUrl: urls.login(returnTo) } : {}) })
      reply.code(error.statusCode)
    }
    reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    if (settings.onError) {
      const answer = await settings.onError(error, request, reply)
      if (reply.sent) return reply
      if (answer !== undefined && answer !== reply) return reply.send(answer)
    }
    if (!isFailure(error)) throw error
    return isBrowserPage(request) ? page(error, request, reply) : json(error, reply)
  }

  function page(error: FranceConnectError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const home: Action = { label: 'Revenir à la démarche', url: urls.to(settings.defaultReturnTo) }
    const { returnTo } = (request.query ?? {}) as { returnTo?: unknown }
    const again = kind === 'login' ? { label: 'Réessayer', url: error.loginUrl! } : null
    const out = urls.logout(typeof returnTo === 'string' ? returnTo : null)
    const logout =
      out === null ? null : { label: error.code === 'FST_FC_LOGOUT_REFUSED' ? 'Se déconnecter' : 'Réessayer', url: out }
    return sendPage(reply, error.statusCode, {
      title: kind === 'login' ? 'La connexion n’a pas abouti' : 'Déconnexion',
      text: error.userMessage,
      actions: [again ?? logout, home].filter((action) => action !== null),
      reference: error.code
    })
  }

  function json(error: FranceConnectError, reply: FastifyReply): FastifyReply {
    const { statusCode, code, message, userMessage, loginUrl } = error
    return reply
      .code(statusCode)
      .send({ statusCode, code, error: STATUS_CODES[statusCode], message, userMessage, loginUrl })
  }
}
