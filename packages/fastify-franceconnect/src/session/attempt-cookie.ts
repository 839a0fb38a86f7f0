import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Sealer } from 'franceconnect-protocol/seal'
import type { Settings } from '../options/options.ts'
import { cookieName } from './attributes.ts'
import { slotOf } from './login-cookie.ts'

/** The cookie of an attempt, as far as it can be read by whoever does not know its state. */
export interface AttemptCookie {
  name: string
  value: string
  slot: string
  /** When it was written, milliseconds since the epoch; 0 where nothing proves that we wrote it. */
  at: number
}

export interface AttemptCookies {
  nameOf(state: string): string
  /** The value of a cookie: when it was written, what `seal` gives, and the proof that its name is ours. */
  write(state: string, seal: (context: string) => string): string
  /** What `write` sealed, when, and under which context. */
  read(value: string, state: string): { at: number; sealed: string; context: string }
  /** Cookies of this browser that are named as ours. */
  named(request: FastifyRequest): AttemptCookie[]
  /** Slots of those that we wrote, but for that of `state`. */
  slots(request: FastifyRequest, state?: string): string[]
}

/** Attempts of one browser that count. */
const most = 5
/** Cookies of such a name that are looked at. */
const mostNamed = 16
const format = /^([0-9a-z]{1,11})\.(.+)([\w-]{22})$/s

/**
 * Attempts are named after slots, and ids of logins begin by theirs: a name proves nothing. A logout ends only what carries
 * a proof that this service gave it to this browser.
 */
export function createAttemptCookies(settings: Settings, sealer: Sealer): AttemptCookies {
  const prefix = `${cookieName(`fc-${settings.mark}`, settings.secure)}-`
  const textOf = (slot: string, at: string) => `${slot}.${at}`
  const short = (mac: string) => mac.slice(0, 22)
  // a browser may hold any name, one that no cookie can be set by included
  const isNamed = (name: string) => name.startsWith(prefix) && /^[\w-]{22}$/.test(name.slice(prefix.length))

  function isOurs(slot: string, at: string, mac: string): boolean {
    const macs = sealer.hashes(textOf(slot, at), 'attempt-cookie')
    return macs.some((each) => timingSafeEqual(Buffer.from(short(each)), Buffer.from(mac)))
  }

  function named(request: FastifyRequest, but: string | null = null): AttemptCookie[] {
    const own = but === null ? '' : prefix + but
    const names = Object.keys(request.cookies)
      .filter((name) => isNamed(name) && name !== own)
      .slice(0, mostNamed)
    return names.map((name) => {
      const value = request.cookies[name] ?? ''
      const slot = name.slice(prefix.length)
      const [, at = '', , mac = ''] = format.exec(value) ?? []
      return { name, value, slot, at: mac !== '' && isOurs(slot, at, mac) ? Number.parseInt(at, 36) : 0 }
    })
  }

  return {
    nameOf: (state) => prefix + slotOf(state),
    write(state, seal) {
      const at = Date.now().toString(36)
      const mac = short(sealer.hash(textOf(slotOf(state), at), 'attempt-cookie'))
      return `${at}.${seal(`${at}.${mac}.${state}`)}${mac}`
    },
    read(value, state) {
      const [, at = '', sealed = '', mac = ''] = format.exec(value) ?? []
      return { at: Number.parseInt(at, 36) || 0, sealed, context: `${at}.${mac}.${state}` }
    },
    named: (request) => named(request),
    slots(request, state) {
      const proven = named(request, state === undefined ? null : slotOf(state)).filter(({ at }) => at > 0)
      return proven.map(({ slot }) => slot).slice(0, most)
    }
  }
}
