import { isUtf8 } from 'node:buffer'
import { HttpFailure, httpFailureOf } from './http-failure.ts'

/** One request. Nothing but what is written here leaves, apart from Host and Connection. */
export interface HttpRequest {
  method: 'GET' | 'POST'
  origin: string
  /** Path and query, already encoded. */
  path: string
  headers: Record<string, string>
  body?: string
  /** Milliseconds since the epoch at which the whole exchange is given up, body included. */
  deadline: number
  signal?: AbortSignal
  /** On a connection of its own, where the dispatcher is ours to choose. */
  alone?: boolean
}

export interface HttpAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

/** Decoded bytes of a body: API FranceConnectées answer a few kilobytes. */
export const MAX_BODY = 1024 * 1024

interface Waiter {
  signal: AbortSignal | undefined
  resolve(answer: HttpAnswer): void
  reject(failure: HttpFailure): void
}

/** What stops an exchange under way: undici's controller, or one of ours. */
export interface Control {
  abort(reason: Error): void
}

/** Receives one answer, as an undici 7 handler: no redirect, no compression, a bounded body, one deadline for it all. */
export class Reception {
  /** `null` once it has its outcome: undici keeps a handler longer than its exchange. */
  #waiter: Waiter | null
  readonly #timer: NodeJS.Timeout
  readonly #onAbort: () => void
  #control: Control | null = null
  #failure: HttpFailure | null = null
  #status = 0
  #headers: HttpAnswer['headers'] = {}
  #chunks: Buffer[] = []
  #size = 0

  constructor(deadline: number, waiter: Waiter) {
    this.#waiter = waiter
    this.#timer = setTimeout(() => this.fail(new HttpFailure('timeout')), Math.max(0, deadline - Date.now()))
    this.#onAbort = () => this.fail(new HttpFailure('aborted'))
    if (waiter.signal?.aborted) this.#onAbort()
    else waiter.signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  onRequestStart(control: Control): void {
    this.#control = control
    if (this.#failure) control.abort(this.#failure)
  }

  onResponseStart(_: Control, status: number, headers: HttpAnswer['headers']): void {
    if (status < 200) return
    this.#status = status
    this.#headers = headers
    const encoding = headers['content-encoding']
    if (status >= 300 && status < 400) this.fail(new HttpFailure('redirected', String(status), status))
    else if (status === 407) this.fail(new HttpFailure('proxy', '407'))
    else if (encoding && encoding !== 'identity') this.fail(new HttpFailure('compressed', undefined, status))
    else if (Number(headers['content-length']) > MAX_BODY) this.fail(new HttpFailure('too-large', undefined, status))
  }

  onResponseData(_: Control, chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size > MAX_BODY) this.fail(new HttpFailure('too-large', undefined, this.#status))
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const [first] = this.#chunks
    const body = this.#chunks.length === 1 ? first! : Buffer.concat(this.#chunks, this.#size)
    if (!isUtf8(body)) this.fail(new HttpFailure('malformed', 'UTF-8', this.#status))
    else this.#settle()?.resolve({ status: this.#status, headers: this.#headers, text: body.toString() })
  }

  onResponseError(_: Control | null, error: Error): void {
    this.fail(httpFailureOf(error))
  }

  fail(failure: HttpFailure): void {
    const waiter = this.#settle()
    if (!waiter) return
    this.#failure = failure
    this.#control?.abort(failure)
    waiter.reject(failure)
  }

  #settle(): Waiter | null {
    const waiter = this.#waiter
    this.#waiter = null
    this.#chunks = []
    clearTimeout(this.#timer)
    waiter?.signal?.removeEventListener('abort', this.#onAbort)
    return waiter
  }
}
