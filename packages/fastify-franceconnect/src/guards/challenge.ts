import type { FastifyReply, FastifyRequest } from 'fastify'
import { urlAsked } from 'franceconnect-protocol/incoming'
import { failure } from '../errors.ts'
import type { ChallengeOptions } from '../login/extension.ts'
import type { StartLogin } from '../login/login-start.ts'
import type { LogoutLanding } from '../logout/landing.ts'
import type { Urls } from '../options/urls.ts'
import { sendLoginRequired } from '../pages/login-required.ts'
import { takeWindow } from '../pages/requests/htmx.ts'
import { answersHtml, followsRedirects, isNavigation, kindOf } from '../pages/requests/kind.ts'
import { pageOf } from '../pages/requests/page.ts'
import { isTurboForm } from '../pages/requests/turbo.ts'

export type Challenge = (
  request: FastifyRequest,
  reply: FastifyReply,
  options: ChallengeOptions
) => Promise<FastifyReply>

const challenged = Symbol('franceconnect.challenged')
type Challenged = FastifyRequest & { [challenged]?: { loginUrl: string; userMessage: string | undefined } }

interface ChallengeParts {
  urls: Urls
  login: StartLogin
  landing: LogoutLanding
  /** Whether a login may be seen on this page. */
  reaches(request: FastifyRequest): boolean
}

/**
 * Asks for a login: by a redirect where a page can follow it, by an error that says where to log in elsewhere. Throws
 * `FST_FC_INVALID_OPTIONS` where no login would ever be seen: the browser would go to FranceConnect and back for ever.
 */
export function createChallenge({ urls, login, landing, reaches }: ChallengeParts): Challenge {
  return async (request, reply, { error, ...options }) => {
    if (!reaches(request)) throw outOfReach(request)
    landing.challenged(request)
    const page = { method: request.method, headers: request.headers, url: urlAsked(request) }
    if (isNavigation(page)) return login(request, reply, { ...options, returnTo: options.returnTo ?? page.url })
    return explain(request, reply, error, urls.login(options.returnTo ?? pageOf(page, urls.to(''))))
  }
}

const outOfReach = ({ routeOptions }: FastifyRequest) =>
  failure(
    'FST_FC_INVALID_OPTIONS',
    `${routeOptions.url ?? 'a page'} demands a login, and the session’s cookie is not sent there: its option cookie.path does not cover it.`
  )

/**
 * A login asked for by the application or by the login route: started for a window, and for a client that walks as one
 * does. A script, a frame, an image or a prefetch starts none; a script and a frame are told where.
 */
export function createLoginEntry(urls: Urls, login: StartLogin): StartLogin {
  return async (request, reply, options) => {
    if (followsRedirects(request) || isTurboForm(request)) return login(request, reply, options)
    return explain(request, reply, loginRequired(), urls.login(options?.returnTo))
  }
}

export const loginRequired = () => failure('FST_FC_LOGIN_REQUIRED', ': open loginUrl in the browser.')

/** Answers who cannot follow a redirect. Throws `error` with the login URL to clients that do not read HTML. */
function explain(request: Challenged, reply: FastifyReply, error: Error, loginUrl: string): FastifyReply {
  reply.header('cache-control', 'no-store')
  // no browser keeps or shows a page that answers its prefetch so: it asks again once somebody wants it
  if (kindOf(request) === 'prefetch') return reply.code(425).send()
  if (request.method === 'GET') takeWindow(request, reply, loginUrl)
  if (answersHtml(request)) {
    const code = 'code' in error ? String(error.code) : 'FST_FC_LOGIN_REQUIRED'
    return sendLoginRequired(reply, { loginUrl, code, request })
  }
  request[challenged] = { loginUrl, userMessage: (error as { userMessage?: string }).userMessage }
  throw Object.assign(error, { loginUrl })
}

/**
 * Fastify's own error handler sends statusCode, code, error and message alone: where the application has no other, the
 * login URL and the sentence for the citizen are added to what it sends.
 */
export function withLoginUrl(request: Challenged, payload: unknown): unknown {
  const added = request[challenged]
  if (added === undefined || typeof payload !== 'string') return payload
  if (!/^\{"statusCode":40[13],"code":"FST_FC_\w+","error":"[^"]*","message":".*"\}$/.test(payload)) return payload
  return JSON.stringify({ ...JSON.parse(payload), ...added })
}
