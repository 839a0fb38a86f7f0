import { createRequire } from 'node:module'
import type { Agent, Dispatcher } from 'undici'
import { Exchange, type HttpAnswer } from './exchange.ts'

export { HttpFailure, type HttpFailureReason } from '../errors.ts'
export { type HttpAnswer, MAX_BODY, mediaType } from './exchange.ts'
export type { Dispatcher }

/** One request. Nothing but what is written here leaves, apart from Host, Connection and Accept-Encoding. */
export interface HttpRequest {
  method: 'GET' | 'POST'
  /** An address, or its origin and its path with the query, already encoded. */
  url: string | { origin: string; path: string }
  headers?: Record<string, string>
  body?: string
  /** Milliseconds for the whole exchange, body included; those of {@link HttpOptions} by default. */
  timeout?: number
  /** Milliseconds since the epoch at which the exchange is given up. The sooner of the two holds. */
  deadline?: number
  signal?: AbortSignal
  /** A redirect is never followed: it is a failure (`'refuse'`, the default) or an answer like others. */
  redirect?: 'refuse' | 'answer'
}

export interface HttpOptions {
  /** Milliseconds for one whole exchange: undici's own time-outs only count the silence between two bytes. */
  timeout: number
  /** Connections to one origin, at most. Without a bound by default. */
  connections?: number
  /**
   * Hands an answer over once its connection is free again, so that the exchange that follows takes the same one: for
   * exchanges that follow each other, as those of a login do. Costs one turn of the event loop.
   */
  inSequence?: boolean
  /** The user's own (proxy, mTLS, tests), theirs to close. */
  dispatcher?: Dispatcher | undefined
}

/** The only way out: no redirect followed, no compression, a bounded body, one deadline for it all. */
export interface Http {
  /** Throws `HttpFailure`. */
  exchange(request: HttpRequest): Promise<HttpAnswer>
  close(): Promise<void>
}

/** HTTP over undici, on connections kept alive. */
export function createHttp({ timeout, connections, inSequence = false, dispatcher }: HttpOptions): Http {
  const own = dispatcher ? null : openAgent({ timeout, connections })
  const used = dispatcher ?? own!

  function exchange(request: HttpRequest): Promise<HttpAnswer> {
    const { origin, path } = typeof request.url === 'string' ? placeOf(request.url) : request.url
    const { method, body = null, deadline = Number.POSITIVE_INFINITY, signal, redirect = 'refuse' } = request
    const wait = Math.max(0, Math.min(request.timeout ?? timeout, deadline - Date.now()))
    return new Promise((resolve, reject) => {
      const answered = inSequence ? (answer: HttpAnswer) => onceFree(() => resolve(answer)) : resolve
      const handler = new Exchange(wait, redirect === 'refuse', { signal, resolve: answered, reject })
      const headers = { ...request.headers, 'accept-encoding': 'identity' }
      try {
        used.dispatch({ origin, path, method, headers, body, headersTimeout: 0, bodyTimeout: 0 }, handler)
      } catch (error) {
        handler.onResponseError(null, error as Error)
      }
    })
  }

  return { exchange: async (request) => exchange(request), close: async () => own?.destroy() }
}

/** Only undici's Agent, and only where it is used: the whole of undici costs 40 milliseconds more at start. */
function openAgent({ timeout, connections = null }: { timeout: number; connections?: number | null }): Agent {
  const Alone: typeof Agent = createRequire(import.meta.url)('undici/lib/dispatcher/agent.js')
  return new Alone({ connections, pipelining: 1, connect: { timeout }, keepAliveTimeout: 10_000 })
}

interface Place {
  origin: string
  path: string
}
const places = new Map<string, Place>()

/** A provider has a handful of endpoints: each is parsed once. */
function placeOf(url: string): Place {
  const known = places.get(url)
  if (known) return known
  const { origin, pathname, search } = new URL(url)
  const place = { origin, path: pathname + search }
  if (places.size < 64) places.set(url, place)
  return place
}

/** undici frees a connection one turn of the event loop after its answer. */
function onceFree(next: () => void): void {
  process.nextTick(setImmediate, next)
}
