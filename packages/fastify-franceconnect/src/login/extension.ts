import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AcrValues } from 'franceconnect-protocol/acr'
import type { AnyReply, AnyRequest } from 'franceconnect-protocol/incoming'
import type { EitherReply, EitherRequest } from '../pages/requests/express.ts'
import type { Login } from '../session/login.ts'

/** What another plugin adds to every login. Given to `app.franceConnect.extend` until the server is ready. */
export interface Extension {
  /** Joined to the scopes of every login. A scope that only some pages need is given to `login()` instead. */
  scopes?: readonly string[] | undefined
  /**
   * Runs inside the callback once everything was verified and the login is kept, before the redirect, while the
   * access token lives. `needs` are the strings given to `login()` or `challenge()` by the guard that started this
   * login (empty for others). It never fails the login: what it throws is logged by its code. Extensions run in parallel.
   */
  onLogin?(request: FastifyRequest, login: Login, needs: readonly string[]): unknown
  /**
   * Runs at logout, and when a login is replaced by another one in the same browser: `request` is then the one that
   * `onLogin` gets afterwards; `null` for a login that the server ends by itself. It never fails the logout.
   */
  onLogout?(loginId: string, request: FastifyRequest | null): unknown
}

/** Start of a login from a handler. */
export interface LoginOptions {
  /** Path of this origin to come back to; else `defaultReturnTo`. */
  returnTo?: string | undefined
  /** Scopes added to those of every login, for this one only. */
  scope?: string | readonly string[] | undefined
  /** Level asked, in place of the registration's. */
  acrValues?: AcrValues | undefined
  /** Identity provider to go to at once, when FranceConnect allows it for this service. */
  idpHint?: string | undefined
  /** `login`, `consent` or both: the only values that FranceConnect accepts. */
  prompt?: 'login' | 'consent' | 'login consent' | 'consent login' | undefined
  /** Single claims asked (OpenID Connect Core §5.5). FranceConnect knows one: `{ id_token: { amr: { essential: true } } }`. */
  claims?: { id_token?: Record<string, unknown>; userinfo?: Record<string, unknown> } | undefined
  /** Opaque strings (JSON of yours), five at most, 1,536 bytes together: sealed in the attempt, handed to `onLogin`. */
  needs?: readonly string[] | undefined
}

/** How a guard asks for a login: see {@link ExtensionSeam.challenge}. */
export interface ChallengeOptions extends LoginOptions {
  /** Thrown to clients that are not browsers, `loginUrl` added; its `statusCode` should be 401. */
  error: Error
}

/** The part of `app.franceConnect` that other plugins build on. */
export interface ExtensionSeam {
  /** Which of the two platforms answers, as `acrValues` tells: `eidas1`, or `eidas2` and `eidas3`. */
  readonly platform: 'franceconnect' | 'franceconnect-plus'
  /** `null` with `issuer`: a sandbox, a test double, another provider. */
  readonly environment: 'integration' | 'production' | null
  /** Adds scopes and work to every login. Throws `FST_FC_INVALID_OPTIONS` once the server is ready. */
  extend(extension: Extension): void
  /** Seals a text (AES-256-GCM) for one purpose with the first secret. */
  seal(text: string, purpose: string): string
  /** Opens what `seal` made for the same purpose with any of the secrets; `null` for anything else. Never throws. */
  unseal(text: string, purpose: string): string | null
  /** Keyed hash (HMAC-SHA-256 under the first secret, base64url, 43 characters) for one purpose. */
  hash(text: string, purpose: string): string
  /** Redirects to FranceConnect, as the login route does. Takes Express's request and answer too. */
  login(request: EitherRequest, reply: EitherReply, options?: LoginOptions): Promise<FastifyReply>
  /**
   * URL of the login route, for an error or a link, coming back to `returnTo`, or to the page that the citizen sees where
   * a request is given: its own, or the one that a script, a frame or a form of it was sent from.
   */
  loginUrl(returnTo?: string | AnyRequest): string
  /**
   * For a guard that must have a login. A browser navigation is redirected to FranceConnect and comes back to the same
   * URL (`returnTo` overrides it); a form sent by a browser gets a 401 page that opens the login in a new tab and says
   * to send the form again; for any other client `error` is thrown with `loginUrl`.
   * A preHandler returns what it returns: `return app.franceConnect.challenge(request, reply, { error, needs })`.
   */
  challenge(request: AnyRequest, reply: AnyReply, options: ChallengeOptions): Promise<FastifyReply>
  /**
   * True when this request is the page that a login with `needs` came back to, the first time that it is opened and
   * within 60 seconds: the guard then lets the handler run whatever it lacks, so that one page never starts two logins.
   * Asked several times during one request it answers the same; the next request gets `false`. Works across processes.
   */
  returning(request: AnyRequest, reply: AnyReply): boolean
}
