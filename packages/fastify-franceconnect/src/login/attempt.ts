import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AcrValues, isLevel } from 'franceconnect-protocol/acr'
import { interactionSeconds } from 'franceconnect-protocol/platforms'
import { randomText } from 'franceconnect-protocol/random'
import type { Sealer } from 'franceconnect-protocol/seal'
import { failure } from '../errors.ts'
import type { Settings } from '../options/options.ts'
import { createAttemptCookies } from '../session/attempt-cookie.ts'
import { attributesOf } from '../session/attributes.ts'
import type { Ended } from './outcome.ts'

/** Attempts kept at once in one browser, and their bytes together. */
const most = 5
const longest = 4096
const longestNeeds = 1536
/** Seconds for which the same refusal is shown again. */
const endedLife = 600

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
  /** What opens the login that it may become; the browser learns it once the login is kept. */
  token: string
  /** Slots of the attempts that this browser held when it started. */
  beside: readonly string[]
}

/** What became of the attempt that a callback names. */
export type Found =
  | { attempt: Attempt }
  /** Its callback was opened before, and did not end in a login. */
  | { ended: Ended }
  | { missing: 'expired' | 'unreadable' | 'other-attempts' | 'no-cookie' }

export interface Attempts {
  /** Starts an attempt: sets its cookie and drops the oldest ones. Gives the state that names it. */
  start(request: FastifyRequest, reply: FastifyReply, attempt: Omit<Attempt, 'token' | 'beside'>): string
  find(request: FastifyRequest, state: string): Found
  /** Consumes an attempt: the browser holds it no more, or how it ended, for whoever opens its callback again. */
  consume(reply: FastifyReply, state: string, ended?: Ended): void
}

/** Attempts in cookies sealed under the state that they belong to: a cookie tossed under another name does not open. */
export function createAttempts(settings: Settings, sealer: Sealer): Attempts {
  const life = interactionSeconds[settings.platform]
  const cookies = createAttemptCookies(settings, sealer)
  const cookie = attributesOf(settings.secure)
  const kept = (seconds: number) => attributesOf(settings.secure, undefined, seconds)
  const isOver = (at: number) => at + life * 1000 < Date.now()

  function drop(request: FastifyRequest, reply: FastifyReply, size: number): void {
    // in one millisecond the later one is the later in the header (RFC 6265 §5.4)
    const others = cookies
      .named(request)
      .reverse()
      .sort((a, b) => b.at - a.at)
    let bytes = size
    for (const [index, { name, value, at }] of others.entries()) {
      bytes += name.length + value.length + 3
      if (index >= most - 1 || bytes > longest || isOver(at)) reply.clearCookie(name, cookie)
    }
  }

  return {
    start(request, reply, attempt) {
      if (Buffer.byteLength(attempt.needs.join('')) > longestNeeds || attempt.needs.length > 5) {
        throw failure('FST_FC_INVALID_OPTIONS', `login() takes at most 5 needs, ${longestNeeds} bytes together.`)
      }
      const state = randomText(32, 'hex')
      const full = { ...attempt, token: randomText(32, 'base64url'), beside: cookies.slots(request) }
      const value = cookies.write(state, (context) => sealer.seal(pack(full), 'attempt', context))
      const name = cookies.nameOf(state)
      if (name.length + value.length > longest)
        throw failure('FST_FC_INVALID_OPTIONS', 'login() was given too many scopes.')
      drop(request, reply, name.length + value.length)
      reply.setCookie(name, value, kept(life))
      return state
    },
    find(request, state) {
      const value = request.cookies[cookies.nameOf(state)]
      if (value === undefined) return { missing: cookies.named(request).length > 0 ? 'other-attempts' : 'no-cookie' }
      const { at, sealed, context } = cookies.read(value, state)
      // the usual one first: what does not open costs more than what does
      const packed = sealer.unseal(sealed, 'attempt', context)
      const ended = packed === null ? sealer.unseal(sealed, 'ended', context) : null
      if (ended !== null) return { ended: JSON.parse(ended) as Ended }
      const attempt = packed === null ? null : unpack(packed)
      if (attempt === null) return { missing: 'unreadable' }
      return isOver(at) ? { missing: 'expired' } : { attempt }
    },
    consume(reply, state, ended) {
      const name = cookies.nameOf(state)
      if (ended === undefined) return void reply.clearCookie(name, cookie)
      const value = cookies.write(state, (context) => sealer.seal(JSON.stringify(ended), 'ended', context))
      reply.setCookie(name, value, kept(endedLife))
    }
  }
}

function pack({ id, nonce, returnTo, acrValues, scope, needs, codeVerifier, token, beside }: Attempt): string {
  const json = JSON.stringify([id, nonce, returnTo, acrValues, scope, needs, codeVerifier ?? '', token, beside])
  return json.length < 1024 ? json : `z${deflateRawSync(json).toString('base64url')}`
}

function unpack(packed: string): Attempt | null {
  const json = packed.startsWith('z')
    ? inflateRawSync(Buffer.from(packed.slice(1), 'base64url')).toString('utf8')
    : packed
  const [id, nonce, returnTo, acrValues, scope, needs, codeVerifier, token, beside] = JSON.parse(json)
  if (!isLevel(acrValues)) return null
  return { id, nonce, returnTo, acrValues, scope, needs, token, beside, ...(codeVerifier ? { codeVerifier } : {}) }
}
