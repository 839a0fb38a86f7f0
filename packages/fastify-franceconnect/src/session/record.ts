import { inspect } from 'node:util'
import type { UserInfo } from 'franceconnect-protocol/claims'
import type { Sealer } from 'franceconnect-protocol/seal'
import type { SessionId } from './door.ts'
import type { AccessToken, Login } from './login.ts'
import type { LoginKey } from './login-cookie.ts'

/** Everything of a login, as it is sealed: times in milliseconds since the epoch. */
export interface LoginData {
  id: string
  sub: string
  userInfo: UserInfo
  acr: string
  amr: readonly string[]
  authTime: number | null
  scope: readonly string[]
  loggedInAt: number
  expiresAt: number
  accessToken: string
  accessTokenExpiresAt: number
  idToken: string
  /** Where it led: the same callback again leads there. */
  returnTo: string
  /** The session that belongs to it. */
  session: SessionId
}

/** An opened record. Nothing that walks an object finds its tokens. */
export class OpenedLogin {
  readonly login: Login
  readonly key: LoginKey
  readonly #data: LoginData

  constructor(data: LoginData, key: LoginKey) {
    this.login = new KeptLogin(data)
    this.key = key
    this.#data = data
  }

  get data(): LoginData {
    return this.#data
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
  readonly #accessToken: AccessToken
  readonly #idToken: string

  constructor(data: LoginData) {
    this.id = data.id
    this.sub = data.sub
    this.userInfo = deepFreeze(data.userInfo)
    this.acr = data.acr
    this.amr = Object.freeze(data.amr)
    this.authTime = data.authTime === null ? null : new Date(data.authTime)
    this.scope = Object.freeze(data.scope)
    this.loggedInAt = new Date(data.loggedInAt)
    this.expiresAt = new Date(data.expiresAt)
    this.#accessToken = new KeptAccessToken(data.accessToken, new Date(data.accessTokenExpiresAt))
    this.#idToken = data.idToken
    Object.freeze(this)
  }

  get accessToken(): AccessToken | null {
    return this.#accessToken.expiresAt.getTime() > Date.now() ? this.#accessToken : null
  }

  get idToken(): string {
    return this.#idToken
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

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const member of Object.values(value)) deepFreeze(member)
  return Object.freeze(value)
}

export interface LoginRecords {
  /** As `seal` gives it, remembered nowhere: for a login that may not come to be. */
  draft(data: LoginData, key: LoginKey): OpenedLogin
  seal(data: LoginData, key: LoginKey): { sealed: string; opened: OpenedLogin }
  /** `null` for what does not open with this key, or is over. */
  open(sealed: string, key: LoginKey): OpenedLogin | null
  forget(slot: string): void
}

const most = 1000
const fiveMinutes = 300_000

/** Sealed login records; those opened lately are kept open, few and not for long: the store stays the authority. */
export function createLoginRecords(sealer: Sealer): LoginRecords {
  const opened = new Map<string, { sealed: string; record: OpenedLogin; until: number }>()

  function keep(sealed: string, data: LoginData, key: LoginKey): OpenedLogin {
    const record = new OpenedLogin(data, key)
    const now = Date.now()
    opened.delete(key.slot)
    for (const [oldest, { until }] of opened) {
      if (until > now && opened.size < most) break
      opened.delete(oldest)
    }
    opened.set(key.slot, { sealed, record, until: now + fiveMinutes })
    return record
  }

  function remembered(sealed: string, { slot, token }: LoginKey): OpenedLogin | null {
    const known = opened.get(slot)
    const same = known !== undefined && known.sealed === sealed && known.record.key.token === token
    return same && known.until > Date.now() ? known.record : null
  }

  function read(sealed: string, key: LoginKey): OpenedLogin | null {
    opened.delete(key.slot)
    const json = sealer.unseal(sealed, 'login', contextOf(key))
    return json === null ? null : keep(sealed, JSON.parse(json) as LoginData, key)
  }

  return {
    draft: (data, key) => new OpenedLogin(data, key),
    seal(data, key) {
      const sealed = sealer.seal(JSON.stringify(data), 'login', contextOf(key))
      return { sealed, opened: keep(sealed, data, key) }
    },
    open(sealed, key) {
      const record = remembered(sealed, key) ?? read(sealed, key)
      return record !== null && record.data.expiresAt > Date.now() ? record : null
    },
    forget: (slot) => void opened.delete(slot)
  }
}

const contextOf = ({ slot, token }: LoginKey) => `${slot}.${token}`
