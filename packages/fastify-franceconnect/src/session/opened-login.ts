import { inspect } from 'node:util'
import type { UserInfo } from 'franceconnect-protocol/claims'
import type { SessionId } from './door.ts'
import type { AccessToken, Login } from './login.ts'
import type { LoginKey } from './login-cookie.ts'

/** What pages look at. Times in milliseconds since the epoch. */
export interface LoginHead {
  id: string
  sub: string
  userInfo: UserInfo
  acr: string
  amr: readonly string[]
  authTime: number | null
  scope: readonly string[]
  loggedInAt: number
  expiresAt: number
}

/** What is looked at once in a login, or within its first minute. */
export interface LoginRest {
  accessToken: string
  accessTokenExpiresAt: number
  idToken: string
  /** Where it led: the same callback again leads there. */
  returnTo: string
  /** The session that belongs to it. */
  session: SessionId
}

/** Everything of a login. */
export type LoginData = LoginHead & LoginRest

/** A login as it is verified: the rest is known once it is kept. */
export type NewLogin = Omit<LoginData, 'id' | 'session'>

/** Member by member, as every copy of a login: spread over one another they cost ten times as much. */
export function loginData(login: NewLogin, id: string, session: SessionId): LoginData {
  const { sub, userInfo, acr, amr, authTime, scope, loggedInAt, expiresAt } = login
  const { accessToken, accessTokenExpiresAt, idToken, returnTo } = login
  return {
    id,
    sub,
    userInfo,
    acr,
    amr,
    authTime,
    scope,
    loggedInAt,
    expiresAt,
    accessToken,
    accessTokenExpiresAt,
    idToken,
    returnTo,
    session
  }
}

/** An opened record. Nothing that walks an object finds its tokens. */
export class OpenedLogin {
  readonly login: Login
  readonly key: LoginKey
  readonly expiresAt: number
  readonly #head: LoginHead
  readonly #rest: () => LoginRest

  /** `rest` is read when somebody asks for it, once. */
  constructor(head: LoginHead, rest: () => LoginRest, key: LoginKey) {
    this.#head = head
    this.#rest = once(rest)
    this.login = new KeptLogin(head, this.#rest)
    this.key = key
    this.expiresAt = head.expiresAt
  }

  get data(): LoginData {
    return { ...this.#head, ...this.#rest() }
  }

  [inspect.custom](): object {
    return {}
  }
}

/** Tokens stay in private members: nothing that walks an object finds them. */
class KeptLogin implements Login {
  readonly id: string
  readonly sub: string
  readonly userInfo: UserInfo
  readonly acr: string
  readonly amr: readonly string[]
  readonly authTime: Date | null
  readonly scope: readonly string[]
  readonly loggedInAt: Date
  readonly expiresAt: Date
  readonly #rest: () => LoginRest
  #accessToken: AccessToken | null = null

  constructor(head: LoginHead, rest: () => LoginRest) {
    this.id = head.id
    this.sub = head.sub
    this.userInfo = deepFreeze(head.userInfo)
    this.acr = head.acr
    this.amr = Object.freeze(head.amr)
    this.authTime = head.authTime === null ? null : new Date(head.authTime)
    this.scope = Object.freeze(head.scope)
    this.loggedInAt = new Date(head.loggedInAt)
    this.expiresAt = new Date(head.expiresAt)
    this.#rest = rest
    Object.freeze(this)
  }

  get accessToken(): AccessToken | null {
    const { accessToken, accessTokenExpiresAt } = this.#rest()
    if (accessTokenExpiresAt <= Date.now()) return null
    this.#accessToken ??= new KeptAccessToken(accessToken, new Date(accessTokenExpiresAt))
    return this.#accessToken
  }

  get idToken(): string {
    return this.#rest().idToken
  }

  /** Without this, the options `getters` and `showHidden` together show what a getter gives. */
  [inspect.custom](): object {
    return { ...this }
  }
}

class KeptAccessToken implements AccessToken {
  readonly expiresAt: Date
  readonly #value: string

  constructor(value: string, expiresAt: Date) {
    this.#value = value
    this.expiresAt = expiresAt
    Object.freeze(this)
  }

  get value(): string {
    return this.#value
  }

  [inspect.custom](): object {
    return { ...this }
  }
}

function once<T extends object>(read: () => T): () => T {
  let known: T | null = null
  return () => {
    known ??= read()
    return known
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const name in value) deepFreeze(value[name])
  return Object.freeze(value)
}
