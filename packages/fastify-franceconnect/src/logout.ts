import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Client } from './client.ts'
import { publish } from './diagnostics.ts'
import type { Extensions } from './extensions.ts'
import type { Settings } from './options.ts'
import { ownCookie } from './own-cookie.ts'
import { randomText } from './random.ts'
import type { Sealer } from './seal.ts'
import type { Sessions } from './session.ts'
import type { Urls } from './urls.ts'

export interface LogoutOptions {
  /** Path of this origin to land on; else `postLogoutReturnTo`. */
  returnTo?: string | undefined
}

export interface Logout {
  /** Ends the local login, then sends the browser to end FranceConnect's session. Throws `FST_FC_UNAVAILABLE` when the store fails. */
  start(request: FastifyRequest, reply: FastifyReply, options?: LogoutOptions): Promise<FastifyReply>
  /** Lands the browser that FranceConnect sends back. */
  land(request: FastifyRequest, reply: FastifyReply, state: string): FastifyReply
}

export interface LogoutParts {
  settings: Settings
  urls: Urls
  client: Client
  sessions: Sessions
  extensions: Extensions
  sealer: Sealer
}

const landingSeconds = 600

export function createLogout({ settings, urls, client, sessions, extensions, sealer }: LogoutParts): Logout {
  const name = `${settings.secure ? '__Host-' : ''}fc-logout-${settings.mark}`
  const cookie = ownCookie(settings)

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

  async function franceConnectUrl(idToken: string, state: string): Promise<string | null> {
    const landing = urls.postLogoutRedirectUri
    return client.endSessionUrl({
      id_token_hint: idToken,
      ...(landing === null ? {} : { post_logout_redirect_uri: landing, state })
    })
  }

  return {
    async start(request, reply, options) {
      const target = urls.safe(options?.returnTo)
      const login = sessions.current(request)?.login ?? null
      const loginId = await sessions.revoke(request)
      await askApplication(request, reply)
      await sessions.end(request, reply)
      if (loginId !== null) await extensions.loggedOut(request, loginId)
      request.log.info({ hadLogin: login !== null }, 'FranceConnect logout')
      publish('franceconnect:logout', { platform: settings.platform, hadLogin: login !== null })
      if (reply.sent) return reply
      reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
      const state = randomText(32, 'hex')
      const url = login === null ? null : await franceConnectUrl(login.idToken, state)
      if (url === null) return reply.redirect(urls.to(target ?? settings.postLogoutReturnTo), 303)
      if (target !== null) {
        reply.setCookie(name, sealer.seal(target, 'logout', state), { ...cookie, maxAge: landingSeconds })
      }
      return reply.redirect(url, 303)
    },
    land(request, reply, state) {
      const value = request.cookies[name]
      const target = value === undefined ? null : urls.safe(sealer.unseal(value, 'logout', state))
      if (value !== undefined) reply.clearCookie(name, cookie)
      reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
      return reply.redirect(urls.to(target ?? settings.postLogoutReturnTo), 303)
    }
  }
}
