import { Agent, type Dispatcher } from 'undici'
import { failure } from '../errors.ts'
import { Answer } from './answer.ts'
import { AnswerReader } from './answer-reader.ts'

export type { Dispatcher } from 'undici'

export interface Exchange {
  method: 'GET' | 'POST'
  headers: Record<string, string>
  /** Form of a POST. */
  body?: string
}

export interface Transport {
  /**
   * One HTTP exchange, read whole. Redirects are answers like others: never followed. Compressed answers are refused.
   * Throws `FST_FC_UNAVAILABLE` on whatever keeps an answer from being read whole within the time-out and the size.
   */
  exchange(url: string, exchange: Exchange): Promise<Answer>
  close(): Promise<void>
}

/**
 * HTTP towards FranceConnect over undici, on connections kept alive. `timeout` in milliseconds, for the whole exchange:
 * undici's own time-outs only count the silence between two bytes.
 */
export function createTransport(timeout: number, given?: Dispatcher): Transport {
  const agent = given ? null : new Agent({ pipelining: 1, connect: { timeout } })
  const dispatcher = given ?? agent!

  function send(url: string, { method, headers, body }: Exchange): Promise<Answer> {
    const { origin, pathname, search } = placeOf(url)
    return new Promise((resolve, reject) => {
      const reader = new AnswerReader(timeout, (error, status, received, text) => {
        if (error === null) onceFree(() => resolve(new Answer(status, received, text)))
        else reject(failure('FST_FC_UNAVAILABLE', `${pathname}: ${reason(error)}`))
      })
      const sent = { ...headers, 'accept-encoding': 'identity' }
      const waits = { headersTimeout: 0, bodyTimeout: 0 }
      dispatcher.dispatch(
        { origin, path: pathname + search, method, headers: sent, body: body ?? null, ...waits },
        reader
      )
    })
  }

  return { exchange: async (url, exchange) => send(url, exchange), close: async () => agent?.destroy() }
}

type Place = Pick<URL, 'origin' | 'pathname' | 'search'>
const places = new Map<string, Place>()

/** A provider has a handful of endpoints: each is parsed once. */
function placeOf(url: string): Place {
  const known = places.get(url)
  if (known) return known
  const { origin, pathname, search } = new URL(url)
  if (places.size < 64) places.set(url, { origin, pathname, search })
  return { origin, pathname, search }
}

/** undici frees a connection one turn of the event loop after its answer: the next exchange then takes the same one. */
function onceFree(next: () => void): void {
  process.nextTick(setImmediate, next)
}

function reason(error: Error): string {
  if (error.name === 'Refused') return error.message
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'the exchange failed'
}
