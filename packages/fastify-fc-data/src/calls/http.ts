import { Agent, type Dispatcher } from 'undici'
import { dispatchAlone } from './alone.ts'
import { HttpFailure, INTERIM, OLD_DISPATCHER } from './http-failure.ts'
import { type HttpAnswer, type HttpRequest, Reception } from './reception.ts'

export type { Dispatcher }

/** The only way out of this package: no redirect followed, no compression, a bounded body, one deadline for it all. */
export interface Http {
  /** False with the user's dispatcher, whose connections are not ours to choose. */
  readonly ownConnections: boolean
  /** True from the end of the server on: nothing leaves any more. */
  readonly closed: boolean
  /** Throws {@link HttpFailure}. */
  send(request: HttpRequest): Promise<HttpAnswer>
  close(): Promise<void>
}

const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/

/** Origins that answered `100 Continue` unasked, which undici takes for a broken answer. */
const MAX_ORIGINS = 32

/** `dispatcher` is the user's (proxy, mTLS, tests) and stays theirs to close. */
export function openHttp(dispatcher?: Dispatcher): Http {
  const own = dispatcher
    ? null
    : new Agent({ connections: 64, pipelining: 1, connect: { timeout: 5000 }, keepAliveTimeout: 10_000 })
  const used = dispatcher ?? own!
  const continuing = new Set<string>()
  let closed = false

  function dispatch(request: HttpRequest, reception: Reception): void {
    const { method, origin, path, headers, body = null } = request
    headers['accept-encoding'] = 'identity'
    let unsendable: string | undefined
    for (const name in headers) if (UNSENDABLE.test(headers[name]!)) unsendable = name
    if (closed) reception.fail(new HttpFailure('aborted'))
    else if (unsendable !== undefined) reception.fail(new HttpFailure('header', unsendable))
    else if (own && (request.alone || continuing.has(origin))) dispatchAlone(request, reception)
    else used.dispatch({ method, origin, path, headers, body, headersTimeout: 0, bodyTimeout: 0 }, reception)
  }

  return {
    ownConnections: own !== null,
    get closed() {
      return closed
    },
    send: (request) =>
      new Promise((resolve, reject) => {
        const failed = (failure: HttpFailure) => {
          if (failure.detail === INTERIM && continuing.size < MAX_ORIGINS) continuing.add(request.origin)
          reject(failure)
        }
        const reception = new Reception(request.deadline, { signal: request.signal, resolve, reject: failed })
        try {
          dispatch(request, reception)
        } catch (error) {
          reception.onResponseError(null, error as Error)
        }
      }),
    async close() {
      closed = true
      await own?.destroy()
    }
  }
}

/**
 * What is wrong with a dispatcher, `undefined` when nothing shows before it is used: one of undici 6 takes other handlers.
 * It is asked to dispatch nothing, which each version refuses in its own words.
 */
export function flawOf(dispatcher: Dispatcher): string | undefined {
  let made: object | null = Object.getPrototypeOf(dispatcher)
  while (made && made.constructor.name !== 'DispatcherBase') made = Object.getPrototypeOf(made)
  if (!made) return undefined
  try {
    const nothing = null as unknown as Dispatcher.DispatchOptions
    dispatcher.dispatch(nothing, { onRequestStart: () => undefined, onResponseError: () => undefined })
  } catch (error) {
    if (OLD_DISPATCHER.test((error as Error).message)) return 'is a dispatcher of undici 6: install undici 7'
  }
  return undefined
}
