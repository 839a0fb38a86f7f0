import type { FastifyReply, FastifyRequest } from 'fastify'
import { randomText } from 'franceconnect-protocol/random'
import type { Sealer } from 'franceconnect-protocol/seal'
import { publish } from '../login/events.ts'
import type { Settings } from '../options/options.ts'
import type { Urls } from '../options/urls.ts'
import { sendOnward } from '../pages/onward.ts'
import { isFromNoBrowser } from '../pages/requests/asked.ts'
import { takeWindow } from '../pages/requests/htmx.ts'
import { answersHtml, kindOf } from '../pages/requests/kind.ts'
import type { Client } from '../protocol/client.ts'
import { attributesOf, cookieName } from '../session/attributes.ts'
import type { Sessions } from '../session/sessions.ts'
import { createPendingEnd } from './pending-end.ts'

export interface LogoutOptions {
  /** Path of this origin to land on; else `postLogoutReturnTo`. */
  returnTo?: string | undefined
}

export interface Logout {
  /** Ends the local login, then sends the browser to end FranceConnect's session. Throws `FST_FC_UNAVAILABLE` when the store fails. */
  start(request: FastifyRequest, reply: FastifyReply, options?: LogoutOptions): Promise<FastifyReply>
  /** Sends the browser to end FranceConnect's session of somebody who was not let in; `path` is where to land. */
  leaveProvider(reply: FastifyReply, idToken: string, path: string | null): Promise<FastifyReply>
  /** Lands the browser that FranceConnect sends back. */
  land(request: FastifyRequest, reply: FastifyReply, state: string): FastifyReply
}

export interface LogoutParts {
  settings: Settings
  urls: Urls
  client: Client
  sessions: Sessions
  sealer: Sealer
}

const landingSeconds = 600
const headers = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }
const onward = { title: 'Déconnexion en cours', label: 'Terminer la déconnexion' }

export function createLogout({ settings, urls, client, sessions, sealer }: LogoutParts): Logout {
  const name = cookieName(`fc-logout-${settings.mark}`, settings.secure)
  const cookie = attributesOf(settings.secure)
  const pending = createPendingEnd(settings, sealer)

  async function askApplication(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    try {
      await settings.onLogout?.(request, reply)
    } catch (error) {
      request.log.error(
        { code: (error as { code?: unknown } | null)?.code ?? 'unknown' },
        'onLogout failed; the logout goes on'
      )
    }
  }

  /** Where FranceConnect ends its session; `null` when it cannot. `path`: where to land then. */
  async function endSessionUrl(reply: FastifyReply, idToken: string, path: string | null): Promise<string | null> {
    const landing = urls.postLogoutRedirectUri
    const state = randomText(32, 'hex')
    const url = await client.endSessionUrl({
      id_token_hint: idToken,
      ...(landing === null ? {} : { post_logout_redirect_uri: landing, state })
    })
    if (url !== null && path !== null)
      reply.setCookie(
        name,
        sealer.seal(path, 'logout', state),
        attributesOf(settings.secure, undefined, landingSeconds)
      )
    return url
  }

  /** A window follows a redirect; a form and a frame get a page that goes on, a script the URL to navigate to. */
  function send(request: FastifyRequest, reply: FastifyReply, url: string): FastifyReply {
    if (kindOf(request) === 'navigation') return reply.redirect(url, 303)
    takeWindow(request, reply, url)
    if (answersHtml(request)) return sendOnward(request, reply, url, onward)
    return isFromNoBrowser(request) ? reply.redirect(url, 303) : reply.code(200).send({ logoutUrl: url })
  }

  return {
    async start(request, reply, options) {
      const target = urls.safe(options?.returnTo)
      const login = sessions.current(request)?.login ?? null
      const idToken = login?.idToken ?? pending.read(request)
      try {
        await sessions.revoke(request)
        await askApplication(request, reply)
        await sessions.leave(request, reply)
      } catch (error) {
        if (idToken !== null) pending.keep(reply, idToken)
        throw error
      }
      pending.clear(request, reply)
      request.log.info({ hadLogin: login !== null }, 'FranceConnect logout')
      publish('franceconnect:logout', { platform: settings.platform, hadLogin: login !== null })
      if (reply.sent) return reply
      // the pages that the browser keeps for its Back button showed who was there
      reply.headers({ ...headers, 'clear-site-data': '"cache"' })
      const url = idToken === null ? null : await endSessionUrl(reply, idToken, target)
      return send(request, reply, url ?? urls.to(target ?? settings.postLogoutReturnTo))
    },
    async leaveProvider(reply, idToken, path) {
      reply.headers(headers)
      const url = await endSessionUrl(reply, idToken, path)
      return reply.redirect(url ?? urls.to(path ?? settings.postLogoutReturnTo), 303)
    },
    land(request, reply, state) {
      const value = request.cookies[name]
      const target = value === undefined ? null : urls.safe(sealer.unseal(value, 'logout', state))
      if (value !== undefined) reply.clearCookie(name, cookie)
      return reply.headers(headers).redirect(urls.to(target ?? settings.postLogoutReturnTo), 303)
    }
  }
}
