import type { ServerResponse } from 'node:http'
import type { Draft } from './jwt.ts'
import type { SigningKey } from './keys.ts'

export type Endpoint = 'discovery' | 'jwks' | 'authorize' | 'token' | 'userinfo' | 'logout'

export interface Answer {
  status: number
  headers: Record<string, string | string[]>
  body: string | Buffer
}

/** One passage of a citizen through the provider, from the authorize request on. */
export interface Login {
  state: string
  nonce: string
  redirectUri: string
  scope: string
  acr: string
  codeChallenge: string
  code: string
  accessToken: string
  sub: string
  idToken: string
  userinfo: string
  codeUsed: boolean
}

/** What a fault may look at and turn in the provider. */
export interface Surroundings {
  issuer: string
  clientId: string
  clientSecret: string
  /** An address that must never be contacted. */
  canary: string
  key: SigningKey
  /** The login before the one in course. */
  previous: Login | undefined
  /** Replaces the signing key; under the same `kid` when asked. */
  rotate(kid?: string): SigningKey
}

type Change<T> = (value: T, login: Login, provider: Surroundings) => unknown

/** One misbehaviour. A hook changes what it is given, or returns what takes its place. */
export interface Fault {
  metadata?: (metadata: Record<string, unknown>, provider: Surroundings) => unknown
  keySet?: (set: { keys: unknown[] }, provider: Surroundings) => unknown
  /** Query of the redirect to the callback; a string returned is taken as it stands. */
  callback?: Change<URLSearchParams>
  idToken?: Change<Draft>
  tokens?: Change<Record<string, unknown>>
  userinfo?: Change<Draft>
  /** Query of the redirect that ends a logout. */
  afterLogout?: (query: URLSearchParams) => void
  /** Changes the HTTP answer of an endpoint. */
  answer?: Partial<Record<Endpoint, (answer: Answer, provider: Surroundings, request: string) => void>>
  /** Sends the answer of an endpoint in its own way, or never. */
  send?: Partial<Record<Endpoint, Sender>>
}

/** `sent` counts the bytes that left. */
export type Sender = (response: ServerResponse, answer: Answer, sent: (bytes: number) => void) => void
