import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type FranceConnectError, isFailure, told } from '../errors.ts'
import type { Urls } from '../options/urls.ts'
import { type Action, sendPage } from '../pages/page.ts'
import { takeWindow } from '../pages/requests/htmx.ts'
import { answersHtml, kindOf } from '../pages/requests/kind.ts'
import { STATUS_CODES } from '../pages/requests/node-http.ts'
import { siteOf } from '../pages/requests/site.ts'
import { isTurboVisit } from '../pages/requests/turbo.ts'
import { attemptOf, isFromHook, type Kind, type ReportParts, reportFailure, statusOf } from './error-report.ts'

const titles = { login: 'La connexion n’a pas abouti', logout: 'Déconnexion' }

/** Says what stopped a citizen, when it is neither this plugin nor FranceConnect. */
function sentenceOf(status: number): string {
  if (status === 429) return 'Trop de demandes ont été faites en peu de temps. Réessayez dans quelques minutes.'
  if (status >= 500) return 'Ce service rencontre un problème. Réessayez dans quelques minutes.'
  return 'Ce service n’a pas accepté cette demande. Réessayez ; si cela continue, signalez-le à son service.'
}

/**
 * Answers the failures of the plugin's own routes: a page in French for a browser, JSON for others, or `onError`. What
 * the application threw, in `onLogin` or in a hook, reaches `onError` too, or else its own error handler; where it has
 * none, what its hook stopped (a rate limit, a check against CSRF) gets a page too.
 */
export function createErrorAnswer(parts: ReportParts, urls: Urls, kind: Kind) {
  const { settings } = parts

  function whereOf(error: FranceConnectError, request: FastifyRequest) {
    const attempt = attemptOf(request)
    const returnTo = attempt?.returnTo ?? settings.defaultReturnTo
    if (kind === 'logout') return { returnTo }
    return { returnTo, loginUrl: attempt === undefined && error.loginUrl ? error.loginUrl : urls.login(returnTo) }
  }

  return async (thrown: Error, request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    reportFailure(thrown, request, kind, parts)
    const error = isFailure(thrown) ? told(thrown, whereOf(thrown, request)) : thrown
    if (isFailure(error)) {
      // not `reply.code`: `reply.redirect` would then send it with its Location, and a browser would not follow
      reply.raw.statusCode = error.statusCode
    }
    reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    if (settings.onError) {
      const answer = await settings.onError(error, request, reply)
      if (reply.sent) return reply
      if (answer !== undefined && answer !== reply) return reply.send(answer)
    }
    const html = answersHtml(request)
    const out = isFailure(error) && error.code === 'FST_FC_LOGOUT_REFUSED' ? urls.logout(returnToOf(request)) : null
    if (out !== null && request.method === 'GET') takeWindow(request, reply, out)
    if (isFailure(error)) return html ? ownPage(error, request, reply) : json(error, reply)
    const handler = applicationHandler(request)
    // Fastify would hand it to the handler that there was when these routes were made
    if (handler !== null) return (await handler(error, request, reply)) ?? reply
    if (html && isFromHook(error, request)) return page(request, reply, statusOf(error), sentenceOf(statusOf(error)))
    throw error
  }

  function ownPage(error: FranceConnectError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    return page(request, reply, error.statusCode, error.userMessage, error)
  }

  function page(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    text: string,
    error?: FranceConnectError
  ): FastifyReply {
    const home: Action = { label: 'Revenir à la démarche', url: urls.to(settings.defaultReturnTo) }
    const asked = returnToOf(request)
    const again = kind === 'login' ? { label: 'Réessayer', url: error?.loginUrl ?? urls.login(asked) } : null
    const out = urls.logout(asked)
    const confirm = error?.code === 'FST_FC_LOGOUT_REFUSED'
    // in a page of this service: in another's, a click there would be had by a trick
    const framed = confirm && kindOf(request) === 'frame' && siteOf(request, settings.baseUrl) === 'same-origin'
    const logout = out === null ? null : { label: confirm ? 'Se déconnecter' : 'Réessayer', url: out }
    return sendPage(reply, status, {
      title: titles[kind],
      text,
      actions: [again ?? logout, home]
        .filter((action) => action !== null)
        .map((action) => ({ ...action, top: framed })),
      framed,
      // a service worker's navigation is known for ours by its Referer alone
      referrer: confirm,
      ...(confirm && out !== null && isTurboVisit(request) ? { onward: out } : {}),
      ...(error === undefined ? {} : { reference: error.code })
    })
  }

  function json(error: FranceConnectError, reply: FastifyReply): FastifyReply {
    const { statusCode, code, message, userMessage, loginUrl } = error
    return reply
      .code(statusCode)
      .send({ statusCode, code, error: STATUS_CODES[statusCode], message, userMessage, loginUrl })
  }
}

function returnToOf({ query }: FastifyRequest): string | null {
  const { returnTo } = (query ?? {}) as { returnTo?: unknown }
  return typeof returnTo === 'string' ? returnTo : null
}

/** What `setErrorHandler` was given in this context; `null` where there is Fastify's own alone. */
function applicationHandler({ server }: FastifyRequest): FastifyInstance['errorHandler'] | null {
  return server.errorHandler.name === 'defaultErrorHandler' ? null : server.errorHandler
}
