import { Agent, type Dispatcher } from 'undici'
import { isLoopback } from '../environments.ts'
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
        else reject(failure('FST_FC_UNAVAILABLE', `${origin}${pathname}: ${reason(error, origin)}`))
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

const tls = /^(ERR_(TLS|SSL)_\w+|\w*CERT\w*|UNABLE_TO_\w+)$/

function reason(error: Error, origin: string): string {
  if (error.name === 'Refused') return error.message
  const code = codeOf(error)
  if (code === null) return 'the exchange failed'
  if (code === 'ECONNREFUSED' && isLoopback(new URL(origin).hostname))
    return `${code}: is franceconnect-sandbox running there?`
  if (tls.test(code))
    return `${code}: its certificate is not accepted; the certificates of a private authority go in NODE_EXTRA_CA_CERTS`
  return code
}

/** Of the error, or of the first of those that it gathers: one host name may have several addresses. */
function codeOf(error: Error): string | null {
  const { code, errors } = error as { code?: unknown; errors?: unknown }
  if (typeof code === 'string' && /^[A-Z0-9_]+$/.test(code)) return code
  return Array.isArray(errors) && errors[0] instanceof Error ? codeOf(errors[0]) : null
}
