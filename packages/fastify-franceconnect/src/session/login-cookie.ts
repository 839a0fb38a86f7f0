import { hash, timingSafeEqual } from 'node:crypto'
import { inspect } from 'node:util'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sealer } from 'franceconnect-protocol/seal'
import type { Settings } from '../options/options.ts'
import { attributesOf, cookieName } from './attributes.ts'
import { createRemembered, owned } from './remembered.ts'

/** What the browser holds of a login: where its record is, and the random token without which nobody opens it. */
export class LoginKey {
  readonly slot: string
  readonly #token: string

  constructor(slot: string, token: string) {
    this.slot = slot
    this.#token = token
  }

  get token(): string {
    return this.#token
  }

  [inspect.custom](): object {
    return {}
  }
}

/** The slot of the login that an attempt may become: 22 characters that tell nothing of the state. */
export function slotOf(state: string): string {
  // asked several times in a row
  if (state !== last.state) last = { state, slot: hash('sha256', state, 'base64url').slice(0, 22) }
  return last.slot
}

let last = { state: '', slot: hash('sha256', '', 'base64url').slice(0, 22) }

/** How far the session's cookie reaches, and whether it outlives the browser: the login's does the same. */
export interface Reach {
  domain?: string | undefined
  path: string
  lasting: boolean
}

/** The cookie of a login, apart from the session's. Only the callback and the end of a login set or clear it. */
export interface LoginCookies {
  read(request: FastifyRequest, reach: Reach): LoginKey | null
  /** `expiresAt` in milliseconds since the epoch. */
  set(reply: FastifyReply, reach: Reach, key: LoginKey, expiresAt: number): void
  clear(request: FastifyRequest, reply: FastifyReply, reach: Reach): void
}

const format = /^1\.[\w-]{22}\.[\w-]{43}\.[\w-]{22}$/

export function createLoginCookies(settings: Settings, sealer: Sealer): LoginCookies {
  const verified = createRemembered<LoginKey>()
  const plain = `fc-login-${settings.mark}`
  const nameFor = (reach: Reach) => cookieName(plain, settings.secure, reach)
  const attributes = (reach: Reach) => attributesOf(settings.secure, reach)
  const textOf = ({ slot, token }: LoginKey) => `${slot}.${token}`
  const macOf = (mac: string) => mac.slice(0, 22)

  function verify(value: string): LoginKey | null {
    if (!format.test(value)) return null
    const given = Buffer.from(value.slice(69))
    const macs = sealer.hashes(value.slice(2, 68), 'login-cookie')
    const signed = macs.some((each) => timingSafeEqual(Buffer.from(macOf(each)), given))
    return signed ? new LoginKey(owned(value.slice(2, 24)), owned(value.slice(25, 68))) : null
  }

  return {
    read(request, reach) {
      const value = request.cookies[nameFor(reach)]
      if (value === undefined) return null
      const known = verified.get(value)
      if (known !== undefined) return known
      const key = verify(value)
      if (key !== null) verified.offer(value, () => key)
      return key
    },
    set(reply, reach, key, expiresAt) {
      const value = `1.${textOf(key)}.${macOf(sealer.hash(textOf(key), 'login-cookie'))}`
      const maxAge = reach.lasting ? Math.max(0, Math.floor((expiresAt - Date.now()) / 1000)) : undefined
      reply.setCookie(nameFor(reach), value, attributesOf(settings.secure, reach, maxAge))
    },
    clear(request, reply, reach) {
      const name = nameFor(reach)
      if (request.cookies[name] === undefined) return
      delete request.cookies[name]
      reply.clearCookie(name, attributes(reach))
    }
  }
}
