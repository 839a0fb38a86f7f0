import { isUtf8 } from 'node:buffer'
import { HttpFailure } from '../errors.ts'
import { httpFailureOf } from './failure.ts'

export interface HttpAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

/** Decoded bytes of a body: FranceConnect and the data providers answer a few kilobytes. */
export const MAX_BODY = 1024 * 1024

/** The media type alone, in lower case; empty when there is none. */
export function mediaType({ headers }: Pick<HttpAnswer, 'headers'>): string {
  return String(headers['content-type'] ?? '')
    .split(';')[0]!
    .trim()
    .toLowerCase()
}

/** What stops an exchange under way: undici's controller, or one of ours. */
export interface Controller {
  abort(reason: Error): void
}

interface Waiter {
  signal: AbortSignal | undefined
  resolve(answer: HttpAnswer): void
  reject(failure: HttpFailure): void
}

function late(exchange: Exchange): void {
  exchange.fail(new HttpFailure('timeout'))
}

/** One more turn of the event loop: in a process that was busy, the answer may be there, waiting to be read. */
function inOneTurn(exchange: Exchange): void {
  setImmediate(late, exchange)
}

/** undici's handler of one exchange: reads the answer whole under a deadline and a size; past either it is cut. */
export class Exchange {
  /** `null` once it has its outcome: undici keeps a handler longer than its exchange. */
  #waiter: Waiter | null
  readonly #refuseRedirect: boolean
  readonly #timer: NodeJS.Timeout
  readonly #onAbort: (() => void) | null
  #controller: Controller | null = null
  #failure: HttpFailure | null = null
  #status = 0
  #headers: HttpAnswer['headers'] = {}
  #chunks: Buffer[] = []
  #size = 0

  /** `wait` in milliseconds. */
  constructor(wait: number, refuseRedirect: boolean, waiter: Waiter) {
    this.#waiter = waiter
    this.#refuseRedirect = refuseRedirect
    this.#timer = setTimeout(inOneTurn, wait, this)
    this.#onAbort = waiter.signal ? () => this.fail(new HttpFailure('aborted')) : null
    if (waiter.signal?.aborted) this.fail(new HttpFailure('aborted'))
    else if (this.#onAbort) waiter.signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller
    if (this.#failure) controller.abort(this.#failure)
  }

  onResponseStart(_: Controller, status: number, headers: HttpAnswer['headers']): void {
    if (status < 200) return
    this.#status = status
    this.#headers = headers
    const encoding = headers['content-encoding']
    if (this.#refuseRedirect && status >= 300 && status < 400) {
      this.fail(new HttpFailure('redirected', String(status), status))
    } else if (status === 407) this.fail(new HttpFailure('proxy', '407'))
    else if (encoding && encoding !== 'identity') this.fail(new HttpFailure('compressed', undefined, status))
    else if (Number(headers['content-length']) > MAX_BODY) this.fail(new HttpFailure('too-large', undefined, status))
  }

  onResponseData(_: Controller, chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size > MAX_BODY) this.fail(new HttpFailure('too-large', undefined, this.#status))
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const body = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks, this.#size)
    if (!isUtf8(body)) this.fail(new HttpFailure('malformed', 'UTF-8', this.#status))
    else this.#settle()?.resolve({ status: this.#status, headers: this.#headers, text: body.toString() })
  }

  onResponseError(_: Controller | null, error: Error): void {
    this.fail(httpFailureOf(error, this.#status || undefined))
  }

  fail(failure: HttpFailure): void {
    const waiter = this.#settle()
    if (!waiter) return
    this.#failure = failure
    this.#controller?.abort(failure)
    waiter.reject(failure)
  }

  #settle(): Waiter | null {
    const waiter = this.#waiter
    this.#waiter = null
    this.#chunks = []
    clearTimeout(this.#timer)
    if (this.#onAbort) waiter?.signal?.removeEventListener('abort', this.#onAbort)
    return waiter
  }
}
