import type { FastifyReply, FastifyRequest, RegisterOptions } from 'fastify'
import type { AcrValues } from 'franceconnect-protocol/acr'
import type { Environment } from 'franceconnect-protocol/platforms'
import type { Dispatcher } from '../protocol/transport.ts'
import type { AuditEvent } from '../routes/audit/event.ts'
import type { Login } from '../session/login.ts'
import type { SessionOptions } from '../session/store.ts'

/** A function of the application, typed as a method is: its parameters may be typed more closely. */
type Hook<Given extends unknown[]> = { hook(...given: Given): unknown }['hook']
type OnLogin = Hook<[request: FastifyRequest, reply: FastifyReply, login: Login]>
type OnLogout = Hook<[request: FastifyRequest, reply: FastifyReply]>
type OnAudit = Hook<[event: AuditEvent]>
type OnError = Hook<[error: Error, request: FastifyRequest, reply: FastifyReply]>

/** Paths of the plugin's routes, under the prefix of the context. `false` leaves one out. */
export interface RouteOptions {
  login?: string | false | undefined
  callback?: string | undefined
  logout?: string | false | undefined
  logoutCallback?: string | false | undefined
  jwks?: string | false | undefined
}

/** Signature algorithms that FranceConnect registers. */
export type SigningAlgorithm = 'ES256' | 'RS256'

/** A private key, as JSON. Its public half is served on `routes.jwks`. */
export interface PrivateJwk {
  kty?: string | undefined
  kid?: string | undefined
  alg?: string | undefined
  use?: string | undefined
  crv?: string | undefined
  d?: string | undefined
}

/** Options of the plugin. Checked at registration: a mistake fails the boot with `FST_FC_INVALID_OPTIONS`. */
export interface FranceConnectOptions {
  /** FranceConnect's own platform, picked with `acrValues`. Required, or `issuer`. */
  environment?: Environment | undefined
  /** An issuer URL in place of `environment`: the sandbox, a test double. `http:` only on a loopback host. */
  issuer?: string | undefined
  clientId: string | undefined
  /** Sent by `client_secret_post`. */
  clientSecret: string | undefined
  /** Public origin of the service, with the path that a proxy takes off if there is one. */
  baseUrl: string | undefined
  /** 32 characters at least, or several secrets: the first signs and seals, all are accepted. */
  secret: string | readonly string[] | undefined
  /** Identity scopes asked at every login, replacing the default. */
  scope?: string | readonly string[] | undefined
  /** Level asked; a lower one is refused. Default `eidas1`. */
  acrValues?: AcrValues | undefined
  /** The only signature algorithm accepted, for the ID Token and for userinfo. Default `ES256`. */
  idTokenSignedResponseAlg?: SigningAlgorithm | undefined
  /** Private keys for FranceConnect+'s encrypted answers, the newest first. */
  decryptionKeys?: readonly PrivateJwk[] | undefined
  routes?: RouteOptions | undefined
  /** Path to land on after a login that was given no `returnTo`. Default `/`. */
  defaultReturnTo?: string | undefined
  /** Path to land on after a logout. Default `/`. */
  postLogoutReturnTo?: string | undefined
  /** Options for @fastify/session, when this plugin registers it. */
  session?: SessionOptions | undefined
  /** Seconds that a login lasts, whatever is done meanwhile. Default 4 hours. */
  sessionMaxAge?: number | undefined
  /** Seconds without a request after which a login is over. Off by default; nothing is written to the store for it. */
  idleTimeout?: number | undefined
  /** After everything was verified, before the redirect: reconcile the account, refuse by throwing, or reply. */
  onLogin?: OnLogin | undefined
  /** At logout, before the redirect to FranceConnect. */
  onLogout?: OnLogout | undefined
  /** Replaces the answer to an error on the plugin's own routes: it replies, or returns what to send. */
  onError?: OnError | undefined
  /**
   * The audit trail: told of each login, step-up, refusal, failure, logout and end. Nothing waits for it; what it throws
   * is logged, and changes nothing.
   */
  onAudit?: OnAudit | undefined
  /** Milliseconds for one whole HTTP exchange with FranceConnect, body included. Default 8000: FranceConnect+ answers some failures after six seconds. */
  timeout?: number | undefined
  /** Whole seconds of clock difference let through, inclusive. Default 10. */
  clockTolerance?: number | undefined
  /** An undici dispatcher for the exchanges with FranceConnect: proxy, mTLS, tests. */
  dispatcher?: Dispatcher | undefined
  /** Sends PKCE. FranceConnect refuses it: for other providers only. Default `false`. */
  pkce?: boolean | undefined
  /** Name of the service, shown by the plugin's own pages. */
  serviceName?: string | undefined
  /** Address of the official artwork of the button, that FranceConnect gives its partners: a URL, or a path of this origin. */
  buttonLogo?: string | undefined
}

/** Options once checked, with their defaults and what follows from them. */
export interface Settings {
  environment: Environment | null
  platform: 'franceconnect' | 'franceconnect-plus'
  issuer: string
  clientId: string
  clientSecret: string
  /** Without a trailing slash. */
  baseUrl: string
  secrets: readonly string[]
  scope: readonly string[]
  acrValues: AcrValues
  idTokenSignedResponseAlg: SigningAlgorithm
  decryptionKeys: readonly PrivateJwk[]
  /** As registered in the context, without its prefix. */
  routes: Required<{ [route in keyof RouteOptions]: string | false }> & { callback: string }
  /** Prefix of the context and of the registration, put between `baseUrl` and a route. */
  prefix: string
  defaultReturnTo: string
  postLogoutReturnTo: string
  session: SessionOptions | undefined
  sessionMaxAge: number
  /** Seconds; `null` when it is off. */
  idleTimeout: number | null
  onLogin: FranceConnectOptions['onLogin']
  onLogout: FranceConnectOptions['onLogout']
  onError: FranceConnectOptions['onError']
  onAudit: FranceConnectOptions['onAudit']
  timeout: number
  clockTolerance: number
  dispatcher: Dispatcher | undefined
  pkce: boolean
  serviceName: string | null
  buttonLogo: string | null
  /** Fastify's register options, for the routes. */
  register: RegisterOptions
  /** Whether cookies are Secure: `baseUrl` is https. */
  secure: boolean
  /** Tells cookies and keys of one registration from another's: eight characters drawn from the callback's URL. */
  mark: string
}
