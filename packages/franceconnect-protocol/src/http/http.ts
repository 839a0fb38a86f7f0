import { HttpFailure } from '../errors.ts'
import { dispatchAlone } from './alone.ts'
import { type Dispatcher, openAgent } from './dispatcher.ts'
import { Exchange, type HttpAnswer } from './exchange.ts'
import { interim } from './failure.ts'

export { HttpFailure, type HttpFailureReason } from '../errors.ts'
export { type Dispatcher, dispatcherFlaw } from './dispatcher.ts'
export { type HttpAnswer, MAX_BODY, mediaType } from './exchange.ts'

/** One request. Nothing but what is written here leaves, apart from Host, Connection and Accept-Encoding. */
export interface HttpRequest {
  method: 'GET' | 'POST'
  /** An address, or its origin and its path with the query, already encoded. */
  url: string | { origin: string; path: string }
  /** Completed in place. */
  headers?: Record<string, string>
  body?: string | undefined
  /** Milliseconds for the whole exchange, body included; those of {@link HttpOptions} by default. */
  timeout?: number
  /** Milliseconds since the epoch at which the exchange is given up. The sooner of the two holds. */
  deadline?: number
  signal?: AbortSignal
  /** A redirect is never followed: it is a failure (`'refuse'`, the default) or an answer like others. */
  redirect?: 'refuse' | 'answer'
  /** On a connection of its own, closed after it, where the dispatcher is ours to choose. */
  alone?: boolean
}

export interface HttpOptions {
  /** Milliseconds for one whole exchange: undici's own time-outs only count the silence between two bytes. */
  timeout: number
  /** Connections to one origin, at most. Without a bound by default. */
  connections?: number
  /** Milliseconds given to open a connection; `timeout` by default. */
  connectTimeout?: number
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

/** The same, with what its owner knows of it. */
export interface HttpClient extends Http {
  /** False with the user's dispatcher, whose connections are not ours to choose. */
  readonly ownConnections: boolean
  /** True from `close` on: nothing leaves any more. */
  readonly closed: boolean
}

const unsendable = /[^\t\x20-\x7e\x80-\xff]/

/** Origins that answered `100 Continue` unasked, which undici takes for a broken answer. */
const mostContinuing = 32

/** HTTP over undici, on connections kept alive. */
export function createHttp(options: HttpOptions): HttpClient {
  const { timeout, connections = null, connectTimeout = timeout, inSequence = false, dispatcher } = options
  const own = dispatcher ? null : openAgent({ connections, connectTimeout })
  const used = dispatcher ?? own!
  const continuing = new Set<string>()
  let closed = false

  function dispatch(request: HttpRequest, { origin, path }: Place, exchange: Exchange): void {
    const { method, body = null, headers = {} } = request
    headers['accept-encoding'] = 'identity'
    let wrong: string | undefined
    for (const name in headers) if (unsendable.test(headers[name]!)) wrong = name
    if (closed) exchange.fail(new HttpFailure('aborted'))
    else if (wrong !== undefined) exchange.fail(new HttpFailure('header', wrong))
    else if (own && (request.alone || continuing.has(origin))) {
      dispatchAlone({ method, origin, path, headers, body }, exchange)
    } else used.dispatch({ method, origin, path, headers, body, headersTimeout: 0, bodyTimeout: 0 }, exchange)
  }

  return {
    ownConnections: own !== null,
    get closed() {
      return closed
    },
    exchange: (request) =>
      new Promise((resolve, reject) => {
        const { url, deadline = Number.POSITIVE_INFINITY, signal, redirect = 'refuse' } = request
        const place = typeof url === 'string' ? placeOf(url) : url
        const wait = Math.max(0, Math.min(request.timeout ?? timeout, deadline - Date.now()))
        const answered = inSequence ? (answer: HttpAnswer) => onceFree(() => resolve(answer)) : resolve
        const failed = (failure: HttpFailure) => {
          if (failure.detail === interim && continuing.size < mostContinuing) continuing.add(place.origin)
          reject(failure)
        }
        const exchange = new Exchange(wait, redirect === 'refuse', { signal, resolve: answered, reject: failed })
        try {
          dispatch(request, place, exchange)
        } catch (error) {
          exchange.onResponseError(null, error as Error)
        }
      }),
    async close() {
      closed = true
      await own?.destroy()
    }
  }
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
