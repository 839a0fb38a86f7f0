import { EventEmitter } from 'node:events'
import { Agent, type Dispatcher, request } from 'undici'
import { failure } from '../errors.ts'
import { Answer } from './answer.ts'

export type { Dispatcher } from 'undici'

/** Bytes of an answer, decoded: FranceConnect's own are under ten kilobytes. */
const largest = 1_048_576

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

/** HTTP towards FranceConnect over undici, on connections kept alive. `timeout` in milliseconds, for the whole exchange. */
export function createTransport(timeout: number, given?: Dispatcher): Transport {
  const agent = given ? null : new Agent({ pipelining: 1, connect: { timeout } })
  const dispatcher = given ?? agent!

  async function exchange(url: string, { method, headers, body }: Exchange): Promise<Answer> {
    const abort = new EventEmitter()
    let late = false
    const deadline = setTimeout(() => {
      late = true
      abort.emit('abort')
    }, timeout)
    try {
      const response = await request(url, {
        dispatcher,
        method,
        headers: { ...headers, 'accept-encoding': 'identity' },
        signal: abort,
        headersTimeout: timeout,
        bodyTimeout: timeout,
        ...(body === undefined ? {} : { body })
      })
      return new Answer(response.statusCode, response.headers, await read(response))
    } catch (error) {
      throw failure(
        'FST_FC_UNAVAILABLE',
        `${new URL(url).pathname}: ${late ? `no whole answer in ${timeout} ms` : reason(error)}`
      )
    } finally {
      clearTimeout(deadline)
    }
  }

  return { exchange, close: async () => agent?.destroy() }
}

async function read({ headers, body }: Dispatcher.ResponseData): Promise<string> {
  const encoding = headers['content-encoding']
  const refused =
    encoding !== undefined && encoding !== 'identity'
      ? 'a compressed answer, though none was asked for'
      : Number(headers['content-length'] ?? 0) > largest
        ? `an answer over ${largest} bytes`
        : null
  if (refused !== null) {
    body.on('error', () => {}).destroy()
    throw new Refused(refused)
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largest) throw new Refused(`an answer over ${largest} bytes`)
    chunks.push(chunk)
  }
  return (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8')
}

class Refused extends Error {}

function reason(error: unknown): string {
  if (error instanceof Refused) return error.message
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'the exchange failed'
}
