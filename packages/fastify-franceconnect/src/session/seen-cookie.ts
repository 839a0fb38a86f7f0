import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sealer } from 'franceconnect-protocol/seal'
import type { Settings } from '../options/options.ts'
import { attributesOf, cookieName } from './attributes.ts'
import type { LoginKey, Reach } from './login-cookie.ts'

/** When a login was last used, kept by the browser: nothing is written to the store for it. */
export interface SeenCookies {
  /** Whether the login was used within `idleTimeout`; `since`: milliseconds since the epoch. */
  isFresh(request: FastifyRequest, reach: Reach, key: LoginKey, since: number): boolean
  /** Whether a login that began at `since` and was not used after it is over. */
  isIdle(since: number): boolean
  /** Renews the time of a login that was fresh, with the answer: an answer that comes late tells no earlier time. */
  renew(request: FastifyRequest, reply: FastifyReply): void
  /** The same, where the answer is sent past Fastify: its `Set-Cookie`, or `null`. */
  renewal(request: FastifyRequest): string | null
  clear(request: FastifyRequest, reply: FastifyReply, reach: Reach, slot: string): void
}

/** One cookie a login, named after it: a late answer of another login changes nothing of this one's time. */
export function createSeenCookies(settings: Settings, sealer: Sealer): SeenCookies {
  const idle = (settings.idleTimeout ?? 0) * 1000
  // written again once a twentieth of the time has passed
  const grain = Math.min(60_000, idle / 20)
  const nameFor = (reach: Reach, slot: string) =>
    cookieName(`fc-seen-${settings.mark}-${slot.slice(0, 8)}`, settings.secure, reach)
  const attributes = (reach: Reach) => attributesOf(settings.secure, reach)
  const used = new WeakMap<FastifyRequest, { reach: Reach; key: LoginKey; seen: number }>()

  function timeOf(value: string | undefined, key: LoginKey): number {
    if (value === undefined) return 0
    const [at = '', mac = ''] = value.split('.')
    if (!sealer.hashes(`${at}.${key.slot}.${key.token}`, 'seen').includes(mac)) return 0
    return Number.parseInt(at, 36)
  }

  function renewed(request: FastifyRequest) {
    const use = used.get(request)
    const now = Date.now()
    if (use === undefined || now - use.seen < grain) return null
    used.delete(request)
    const { reach, key } = use
    const at = now.toString(36)
    const mac = sealer.hash(`${at}.${key.slot}.${key.token}`, 'seen')
    const maxAge = reach.lasting ? Math.ceil(idle / 1000) : undefined
    return [
      nameFor(reach, key.slot),
      `${at}.${mac}`,
      { ...attributesOf(settings.secure, reach, maxAge), secure: settings.secure }
    ] as const
  }

  return {
    isFresh(request, reach, key, since) {
      if (idle === 0) return true
      const seen = Math.max(since, timeOf(request.cookies[nameFor(reach, key.slot)], key))
      const passed = Date.now() - seen
      if (passed > idle) return false
      used.set(request, { reach, key, seen })
      return true
    },
    isIdle: (since) => idle !== 0 && Date.now() - since > idle,
    renew(request, reply) {
      const cookie = renewed(request)
      if (cookie !== null) reply.setCookie(...cookie)
    },
    renewal(request) {
      const cookie = renewed(request)
      return cookie === null ? null : request.server.serializeCookie(...cookie)
    },
    clear(request, reply, reach, slot) {
      if (used.get(request)?.key.slot === slot) used.delete(request)
      const name = nameFor(reach, slot)
      if (request.cookies[name] !== undefined) reply.clearCookie(name, attributes(reach))
    }
  }
}
