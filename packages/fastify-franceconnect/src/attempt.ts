import { hash } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AcrValues, isLevel } from './acr.ts'
import { interactionSeconds } from './environments.ts'
import { failure } from './errors.ts'
import type { Settings } from './options.ts'
import { ownCookie } from './own-cookie.ts'
import { randomText } from './random.ts'
import type { Sealer } from './seal.ts'
import { createUsedStates } from './used-states.ts'

/** Attempts kept at once in one browser, and their bytes together. */
const most = 5
const longest = 4096
const longestNeeds = 1536

/** A login under way, held by the browser alone in a sealed cookie of its own. */
export interface Attempt {
  /** For the log: tells one attempt from another, and nothing else. */
  id: string
  nonce: string
  returnTo: string
  acrValues: AcrValues
  /** Scopes asked beyond those of every login. */
  scope: readonly string[]
  needs: readonly string[]
  codeVerifier?: string
}

/** What became of the attempt that a callback names. */
export type Found =
  | { attempt: Attempt }
  | { missing: 'used' | 'expired' | 'unreadable' | 'other-attempts' | 'no-cookie' }

export interface Attempts {
  /** Starts an attempt: sets its cookie and drops the oldest ones. Gives the state that names it. */
  start(request: FastifyRequest, reply: FastifyReply, attempt: Attempt): string
  find(request: FastifyRequest, state: string): Found
  /** Consumes an attempt, before its code is exchanged: it is found no more in this process nor in this browser. */
  consume(reply: FastifyReply, state: string): void
}

/** Attempts in cookies sealed under the state that they belong to: a cookie tossed under another name does not open. */
export function createAttempts(settings: Settings, sealer: Sealer): Attempts {
  const life = interactionSeconds[settings.platform]
  const prefix = `${settings.secure ? '__Host-' : ''}fc-${settings.mark}-`
  const cookie = ownCookie(settings)
  const used = createUsedStates(life * 1000)
  const nameOf = (state: string) => prefix + hash('sha256', state).slice(0, 16)

  function startedAt(value: string): number {
    const at = Number.parseInt(value.slice(0, value.indexOf('.')), 36)
    return Number.isSafeInteger(at) ? at : 0
  }

  function drop(request: FastifyRequest, reply: FastifyReply, size: number): void {
    const now = Date.now()
    const others = Object.entries(request.cookies)
      .flatMap(([name, value]) => (name.startsWith(prefix) && value ? [{ name, value, at: startedAt(value) }] : []))
      // in one millisecond the later one is the later in the header (RFC 6265 §5.4)
      .reverse()
      .sort((a, b) => b.at - a.at)
    let bytes = size
    for (const [index, { name, value, at }] of others.entries()) {
      bytes += name.length + value.length + 3
      if (index >= most - 1 || bytes > longest || at + life * 1000 < now) reply.clearCookie(name, cookie)
    }
  }

  return {
    start(request, reply, attempt) {
      if (Buffer.byteLength(attempt.needs.join('')) > longestNeeds || attempt.needs.length > 5) {
        throw failure('FST_FC_INVALID_OPTIONS', `login() takes at most 5 needs, ${longestNeeds} bytes together.`)
      }
      const state = randomText(32, 'hex')
      const at = Date.now().toString(36)
      const value = `${at}.${sealer.seal(pack(attempt), 'attempt', `${at}.${state}`)}`
      const name = nameOf(state)
      if (name.length + value.length > longest)
        throw failure('FST_FC_INVALID_OPTIONS', 'login() was given too many scopes.')
      drop(request, reply, name.length + value.length)
      reply.setCookie(name, value, { ...cookie, maxAge: life })
      return state
    },
    find(request, state) {
      if (used.has(state)) return { missing: 'used' }
      const value = request.cookies[nameOf(state)]
      if (value === undefined) {
        const any = Object.keys(request.cookies).some((name) => name.startsWith(prefix))
        return { missing: any ? 'other-attempts' : 'no-cookie' }
      }
      const at = value.slice(0, value.indexOf('.'))
      const packed = sealer.unseal(value.slice(at.length + 1), 'attempt', `${at}.${state}`)
      const attempt = packed === null ? null : unpack(packed)
      if (attempt === null) return { missing: 'unreadable' }
      return startedAt(value) + life * 1000 < Date.now() ? { missing: 'expired' } : { attempt }
    },
    consume(reply, state) {
      used.add(state)
      reply.clearCookie(nameOf(state), cookie)
    }
  }
}

function pack({ id, nonce, returnTo, acrValues, scope, needs, codeVerifier }: Attempt): string {
  const json = JSON.stringify([id, nonce, returnTo, acrValues, scope, needs, codeVerifier])
  return json.length < 1024 ? json : `z${deflateRawSync(json).toString('base64url')}`
}

function unpack(packed: string): Attempt | null {
  const json = packed.startsWith('z')
    ? inflateRawSync(Buffer.from(packed.slice(1), 'base64url')).toString('utf8')
    : packed
  const [id, nonce, returnTo, acrValues, scope, needs, codeVerifier] = JSON.parse(json)
  if (!isLevel(acrValues)) return null
  return { id, nonce, returnTo, acrValues, scope, needs, ...(codeVerifier ? { codeVerifier } : {}) }
}
