import { inspect } from 'node:util'
import type { UserInfo } from './claims.ts'
import type { AccessToken, Login } from './login.ts'
import { randomText } from './random.ts'
import type { Sealer } from './seal.ts'

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
  /** Keyed hash of the state that it came by, and where it led: the same callback again leads there. */
  stateHash: string
  returnTo: string
}

/** An opened record. */
export interface OpenedLogin {
  login: Login
  /** Milliseconds since the epoch. */
  expiresAt: number
  stateHash: string
  returnTo: string
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
  /** A random id that also tells, to this service alone, whether it was made for a given sub. */
  newId(sub: string): string
  madeFor(id: string, sub: string): boolean
  seal(data: LoginData): { sealed: string; opened: OpenedLogin }
  /** `null` for what does not open, or is over. */
  open(sealed: string, id: string): OpenedLogin | null
  forget(id: string): void
}

const most = 1000
const fiveMinutes = 300_000

/** Sealed login records; those opened lately are kept open, few and not for long: the store stays the authority. */
export function createLoginRecords(sealer: Sealer): LoginRecords {
  const opened = new Map<string, { sealed: string; record: OpenedLogin; until: number }>()

  function keep(sealed: string, data: LoginData): OpenedLogin {
    const { expiresAt, stateHash, returnTo } = data
    const record = { login: new KeptLogin(data), expiresAt, stateHash, returnTo }
    const now = Date.now()
    for (const [oldest, { until }] of opened) {
      if (until > now && opened.size < most) break
      opened.delete(oldest)
    }
    opened.set(data.id, { sealed, record, until: now + fiveMinutes })
    return record
  }

  const ownerText = (random: string, sub: string) => `${random}\0${sub}`

  return {
    newId(sub) {
      const random = randomText(18, 'base64url')
      return random + sealer.hash(ownerText(random, sub), 'login-owner').slice(0, 10)
    },
    madeFor(id, sub) {
      const hashes = sealer.hashes(ownerText(id.slice(0, 24), sub), 'login-owner')
      return hashes.some((hash) => hash.slice(0, 10) === id.slice(24))
    },
    seal(data) {
      const sealed = sealer.seal(JSON.stringify(data), 'login', data.id)
      return { sealed, opened: keep(sealed, data) }
    },
    open(sealed, id) {
      const known = opened.get(id)
      let record = known?.sealed === sealed ? known.record : undefined
      if (record === undefined) {
        opened.delete(id)
        const json = sealer.unseal(sealed, 'login', id)
        if (json === null) return null
        record = keep(sealed, JSON.parse(json) as LoginData)
      }
      return record.login.id === id && record.expiresAt > Date.now() ? record : null
    },
    forget: (id) => void opened.delete(id)
  }
}
