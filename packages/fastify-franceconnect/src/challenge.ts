import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ChallengeOptions } from './extension.ts'
import type { StartLogin } from './login/login-start.ts'
import { isBrowserPage, isNavigation, isPrefetch } from './navigation.ts'
import { sendPage } from './page.ts'
import type { Urls } from './urls.ts'

export type Challenge = (
  request: FastifyRequest,
  reply: FastifyReply,
  options: ChallengeOptions
) => Promise<FastifyReply>

const challenged = Symbol('franceconnect.challenged')
type Challenged = FastifyRequest & { [challenged]?: { loginUrl: string; userMessage: string | undefined } }

/** Asks for a login: by a redirect where a page can follow it, by an error that says where to log in elsewhere. */
export function createChallenge(urls: Urls, login: StartLogin): Challenge {
  /** The page that the browser shows: a request made by a script, or a form, is not one to come back to. */
  function pageOf(request: FastifyRequest): string | null {
    const referer = request.headers.referer
    const base = urls.to('')
    if (referer?.startsWith(`${base}/`)) return urls.safe(referer.slice(base.length))
    return request.method === 'GET' ? urls.safe(request.url) : null
  }

  return async (request: Challenged, reply, { error, ...options }) => {
    reply.header('cache-control', 'no-store')
    if (isPrefetch(request)) return reply.code(425).send()
    if (isNavigation(request)) return login(request, reply, { ...options, returnTo: options.returnTo ?? request.url })
    const loginUrl = urls.login(options.returnTo ?? pageOf(request))
    if (isBrowserPage(request)) {
      return sendPage(reply, 401, {
        title: 'Connectez-vous pour envoyer ce formulaire',
        text: 'Votre connexion a pris fin et rien n’a été envoyé. Connectez-vous dans un nouvel onglet, revenez à celui-ci, retournez à la page précédente et envoyez de nouveau le formulaire.',
        actions: [{ label: 'Se connecter avec FranceConnect', url: loginUrl, newTab: true }],
        reference: 'code' in error ? String(error.code) : 'FST_FC_LOGIN_REQUIRED'
      })
    }
    request[challenged] = { loginUrl, userMessage: (error as { userMessage?: string }).userMessage }
    throw Object.assign(error, { loginUrl })
  }
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
