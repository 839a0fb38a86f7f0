import { createHttp, type Dispatcher, type Http, HttpFailure, MAX_BODY } from 'franceconnect-protocol/http'
import { isLoopback } from 'franceconnect-protocol/platforms'
import { failure } from '../errors.ts'
import { Answer } from './answer.ts'
import { tlsCauseOf, tlsSentences } from './tls.ts'

export type { Dispatcher } from 'franceconnect-protocol/http'

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
  /** The same, for the protocol package. */
  http: Http
  close(): Promise<void>
}

/** HTTP towards FranceConnect. `timeout` in milliseconds, for the whole exchange. */
export function createTransport(timeout: number, dispatcher?: Dispatcher): Transport {
  const inner = createHttp({ timeout, dispatcher, inSequence: true })
  const http: Http = {
    async exchange(request) {
      try {
        return await inner.exchange(request.redirect === 'answer' ? request : { ...request, redirect: 'answer' })
      } catch (error) {
        throw error instanceof HttpFailure ? unavailable(error, request.url, timeout) : error
      }
    },
    close: inner.close
  }
  return {
    http,
    async exchange(url, { method, headers: sent, body }) {
      const { status, headers, text } = await http.exchange({ method, url, headers: sent, body, redirect: 'answer' })
      return new Answer(status, headers, text)
    },
    close: inner.close
  }
}

function unavailable(failed: HttpFailure, url: string | { origin: string; path: string }, timeout: number): Error {
  const { origin, pathname } = new URL(typeof url === 'string' ? url : url.origin + url.path)
  return failure('FST_FC_UNAVAILABLE', `${origin}${pathname}: ${sentenceOf(failed, origin, timeout)}`)
}

function sentenceOf({ reason, detail }: HttpFailure, origin: string, timeout: number): string {
  if (reason === 'timeout') return `no whole answer in ${timeout} ms`
  if (reason === 'compressed') return 'a compressed answer, though none was asked for'
  if (reason === 'too-large') return `an answer over ${MAX_BODY} bytes`
  if (reason === 'proxy') return `the proxy of the option dispatcher refuses to reach it (${detail})`
  if (reason === 'dispatcher') return 'the option dispatcher is of undici 6: give one of undici 7'
  if (detail === undefined) return 'the exchange failed'
  if (detail === 'ECONNREFUSED' && isLoopback(new URL(origin).hostname))
    return `${detail}: is franceconnect-sandbox running there?`
  if (reason === 'tls') return `${detail}: ${tlsSentences[tlsCauseOf(detail)]}`
  return detail
}
