import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AcrValues } from './acr.ts'
import type { Environment } from './environments.ts'
import type { Dispatcher } from './http/transport.ts'
import type { Login } from './login.ts'
import type { SessionOptions } from './session/store.ts'

/** Paths of the plugin's routes, under the prefix of the context. `false` leaves one out. */
export interface RouteOptions {
  login?: string | false
  callback?: string
  logout?: string | false
  logoutCallback?: string | false
  jwks?: string | false
}

/** Signature algorithms that FranceConnect registers. */
export type SigningAlgorithm = 'ES256' | 'RS256'

/** A private key, as JSON. Its public half is served on `routes.jwks`. */
export interface PrivateJwk {
  kty?: string
  kid?: string
  alg?: string
  use?: string
  crv?: string
  d?: string
}

/** Options of the plugin. Checked at registration: a mistake fails the boot with `FST_FC_INVALID_OPTIONS`. */
export interface FranceConnectOptions {
  /** FranceConnect's own platform, picked with `acrValues`. Required, or `issuer`. */
  environment?: Environment
  /** An issuer URL in place of `environment`: the sandbox, a test double. `http:` only on a loopback host. */
  issuer?: string
  clientId: string | undefined
  /** Sent by `client_secret_post`. */
  clientSecret: string | undefined
  /** Public origin of the service, with the path that a proxy takes off if there is one. */
  baseUrl: string | undefined
  /** 32 characters at least, or several secrets: the first signs and seals, all are accepted. */
  secret: string | readonly string[] | undefined
  /** Identity scopes asked at every login, replacing the default. */
  scope?: string | readonly string[]
  /** Level asked; a lower one is refused. Default `eidas1`. */
  acrValues?: AcrValues
  /** The only signature algorithm accepted, for the ID Token and for userinfo. Default `ES256`. */
  idTokenSignedResponseAlg?: SigningAlgorithm
  /** Private keys for FranceConnect+'s encrypted answers, the newest first. */
  decryptionKeys?: readonly PrivateJwk[]
  routes?: RouteOptions
  /** Path to land on after a login that was given no `returnTo`. Default `/`. */
  defaultReturnTo?: string
  /** Path to land on after a logout. Default `/`. */
  postLogoutReturnTo?: string
  /** Options for @fastify/session, when this plugin registers it. */
  session?: SessionOptions
  /** Seconds that a login lasts, whatever is done meanwhile. Default 4 hours. */
  sessionMaxAge?: number
  /** Seconds without a request after which a login is over. Off by default; nothing is written to the store for it. */
  idleTimeout?: number
  /** After everything was verified, before the redirect: reconcile the account, refuse by throwing, or reply. */
  onLogin?(request: FastifyRequest, reply: FastifyReply, login: Login): unknown
  /** At logout, before the redirect to FranceConnect. */
  onLogout?(request: FastifyRequest, reply: FastifyReply): unknown
  /** Replaces the answer to an error on the plugin's own routes: it replies, or returns what to send. */
  onError?(error: Error, request: FastifyRequest, reply: FastifyReply): unknown
  /** Milliseconds for one whole HTTP exchange with FranceConnect, body included. Default 5000. */
  timeout?: number
  /** Whole seconds of clock difference let through, inclusive. Default 10. */
  clockTolerance?: number
  /** An undici dispatcher for the exchanges with FranceConnect: proxy, mTLS, tests. */
  dispatcher?: Dispatcher
  /** Sends PKCE. FranceConnect refuses it: for other providers only. Default `false`. */
  pkce?: boolean
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
  /** Prefix of the context, put between `baseUrl` and a route. */
  prefix: string
  defaultReturnTo: string
  postLogoutReturnTo: string
  session: SessionOptions | undefined
  sessionMaxAge: number
  /** Seconds; `null` when off. */
  idleTimeout: number | null
  onLogin: FranceConnectOptions['onLogin']
  onLogout: FranceConnectOptions['onLogout']
  onError: FranceConnectOptions['onError']
  timeout: number
  clockTolerance: number
  dispatcher: Dispatcher | undefined
  pkce: boolean
  /** Whether cookies are Secure: `baseUrl` is https. */
  secure: boolean
  /** Tells cookies and keys of one registration from another's: eight characters drawn from the callback's path. */
  mark: string
}
