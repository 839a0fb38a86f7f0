import type { FastifyReply } from 'fastify'
import { urlAsked } from 'franceconnect-protocol/incoming'
import type { Sealer } from 'franceconnect-protocol/seal'
import { failure } from '../errors.ts'
import type { Challenge } from '../guards/challenge.ts'
import type { RequireLogin } from '../guards/require-login.ts'
import type { ExtensionSeam } from '../login/extension.ts'
import type { Extensions } from '../login/extensions.ts'
import type { StartLogin } from '../login/login-start.ts'
import type { MakeRefusal } from '../login/refusal.ts'
import type { Returning } from '../login/returning.ts'
import type { Logout, LogoutOptions } from '../logout/logout.ts'
import type { Settings } from '../options/options.ts'
import type { Urls } from '../options/urls.ts'
import type { ButtonOptions } from '../pages/button.ts'
import { buttonMarkup } from '../pages/button.ts'
import { type EitherReply, type EitherRequest, hostOf } from '../pages/requests/express.ts'
import { pageOf } from '../pages/requests/page.ts'
import { isUnasked } from '../pages/requests/site.ts'
import type { Client } from '../protocol/client.ts'
import type { Sessions } from '../session/sessions.ts'

/** Whether FranceConnect answers. */
export interface Readiness {
  ready: boolean
  /** Why not. */
  error?: Error
}

/** `app.franceConnect`. */
export interface FranceConnect extends ExtensionSeam {
  /**
   * Makes a preHandler that demands a login. A browser navigation goes to FranceConnect and comes back to the same URL;
   * any other client gets 401 `FST_FC_LOGIN_REQUIRED` (403 `FST_FC_ACR_TOO_LOW` when the level is too low) with the
   * login URL. Throws `FST_FC_INVALID_OPTIONS` for a level that this platform does not give.
   */
  requireLogin: RequireLogin
  /**
   * Ends the login as the logout route does. Takes Express's request and answer too. Throws `FST_FC_LOGOUT_REFUSED` for
   * what a browser does by itself: HEAD, a prefetch, an image.
   */
  logout(request: EitherRequest, reply: EitherReply, options?: LogoutOptions): Promise<FastifyReply>
  /**
   * What `onLogin` throws to refuse a login: nobody is logged in. `returnTo`, a path of this service, is where the
   * citizen lands; without it they get a page. `{ logout: true }` goes there through FranceConnect's end of session, so
   * that somebody else can log in. Throws `FST_FC_INVALID_OPTIONS` for a `returnTo` of another origin.
   */
  refusal: MakeRefusal
  /**
   * Ends a login from the server, by its `id`: an account deleted, a device lost. Its next request finds nobody, and an
   * emptied session. Gives `false` when there is no such login. Throws `FST_FC_UNAVAILABLE` when the store fails.
   */
  end(loginId: string): Promise<boolean>
  /** Markup of the official button. */
  button(options?: ButtonOptions): string
  /** Asks for FranceConnect's discovery document when it is not held yet. Never throws: for a readiness probe. */
  ready(): Promise<Readiness>
}

export interface DecoratorParts {
  settings: Settings
  urls: Urls
  sealer: Sealer
  client: Client
  extensions: Extensions
  returning: Returning
  login: StartLogin
  logout: Logout
  challenge: Challenge
  requireLogin: RequireLogin
  refusal: MakeRefusal
  sessions: Sessions
}

/** Gathers what the application and other plugins use. */
export function createDecorator(parts: DecoratorParts): FranceConnect {
  const { settings, urls, sealer, client, extensions, returning, logout } = parts
  return {
    platform: settings.platform,
    environment: settings.environment,
    requireLogin: parts.requireLogin,
    login(request, reply, options) {
      const host = hostOf(request, reply)
      return parts.login(host.request, host.reply, options)
    },
    challenge: parts.challenge,
    async logout(request, reply, options) {
      const host = hostOf(request, reply)
      if (isUnasked(host.request)) throw failure('FST_FC_LOGOUT_REFUSED', 'nobody has asked for it')
      return logout.start(host.request, host.reply, options)
    },
    refusal: parts.refusal,
    end: parts.sessions.endById,
    loginUrl: (from) =>
      urls.login(
        typeof from === 'object'
          ? pageOf({ method: from.method, headers: from.headers, url: urlAsked(from) }, urls.to(''))
          : from
      ),
    button: (options) =>
      buttonMarkup(
        urls.login(options?.returnTo),
        options?.plus ?? settings.platform === 'franceconnect-plus',
        settings.buttonLogo
      ),
    extend: extensions.add,
    returning: returning.isBack,
    seal: (text, purpose) => sealer.seal(text, `extension:${purpose}`),
    unseal: (text, purpose) => sealer.unseal(text, `extension:${purpose}`),
    hash: (text, purpose) => sealer.hash(text, `extension:${purpose}`),
    ready: () =>
      client.ready().then(
        () => ({ ready: true }),
        (error: Error) => ({ ready: false, error })
      )
  }
}
