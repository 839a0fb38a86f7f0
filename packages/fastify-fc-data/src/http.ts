import { isUtf8 } from 'node:buffer'
import { Agent, type Dispatcher } from 'undici'

export type { Dispatcher }

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
}

export interface HttpAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

export type HttpFailureReason = 'timeout' | 'aborted' | 'lost' | 'redirected' | 'compressed' | 'too-large' | 'malformed'

/** Why no answer could be read. `detail` is a code of Node or undici, or a status: never a text of the other side. */
export class HttpFailure extends Error {
  readonly reason: HttpFailureReason
  readonly detail: string | undefined
  readonly status: number | undefined

  constructor(reason: HttpFailureReason, detail?: string, status?: number) {
    super(detail === undefined ? reason : `${reason} (${detail})`)
    this.reason = reason
    this.detail = detail
    this.status = status
  }
}

/** Decoded bytes of a body: API FranceConnectées answer a few kilobytes. */
export const MAX_BODY = 1024 * 1024

const MALFORMED = /^(HPE_|HTTPParserError|UND_ERR_(RES_|HEADERS_OVERFLOW|INVALID|NOT_SUPPORTED))/

interface Waiter {
  signal: AbortSignal | undefined
  resolve(answer: HttpAnswer): void
  reject(failure: HttpFailure): void
}

class Exchange implements Dispatcher.DispatchHandler {
  /** `null` once it has its outcome: undici keeps a handler longer than its exchange. */
  #waiter: Waiter | null
  readonly #timer: NodeJS.Timeout
  readonly #onAbort: () => void
  #controller: Dispatcher.DispatchController | null = null
  #failure: HttpFailure | null = null
  #status = 0
  #headers: HttpAnswer['headers'] = {}
  #chunks: Buffer[] = []
  #size = 0

  constructor(deadline: number, waiter: Waiter) {
    this.#waiter = waiter
    this.#timer = setTimeout(() => this.#fail(new HttpFailure('timeout')), Math.max(0, deadline - Date.now()))
    this.#onAbort = () => this.#fail(new HttpFailure('aborted'))
    if (waiter.signal?.aborted) this.#onAbort()
    else waiter.signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#failure) controller.abort(this.#failure)
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: HttpAnswer['headers']): void {
    if (status < 200) return
    this.#status = status
    this.#headers = headers
    const encoding = headers['content-encoding']
    if (status >= 300 && status < 400) this.#fail(new HttpFailure('redirected', String(status), status))
    else if (encoding && encoding !== 'identity') this.#fail(new HttpFailure('compressed', undefined, status))
    else if (Number(headers['content-length']) > MAX_BODY) this.#fail(new HttpFailure('too-large', undefined, status))
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size > MAX_BODY) this.#fail(new HttpFailure('too-large', undefined, this.#status))
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const [first] = this.#chunks
    const body = this.#chunks.length === 1 ? first! : Buffer.concat(this.#chunks, this.#size)
    if (!isUtf8(body)) this.#fail(new HttpFailure('malformed', 'UTF-8', this.#status))
    else this.#settle()?.resolve({ status: this.#status, headers: this.#headers, text: body.toString() })
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    const code = (error as NodeJS.ErrnoException).code ?? error.name
    this.#fail(new HttpFailure(MALFORMED.test(code) ? 'malformed' : 'lost', code))
  }

  #fail(failure: HttpFailure): void {
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
    waiter?.signal?.removeEventListener('abort', this.#onAbort)
    return waiter
  }
}

/** The only way out of this package: no redirect followed, no compression, a bounded body, one deadline for it all. */
export interface Http {
  /** Throws {@link HttpFailure}. */
  send(request: HttpRequest): Promise<HttpAnswer>
  close(): Promise<void>
}

/** `dispatcher` is the user's (proxy, mTLS, tests) and stays theirs to close. */
export function openHttp(dispatcher?: Dispatcher): Http {
  const own = dispatcher
    ? null
    : new Agent({ connections: 64, pipelining: 1, connect: { timeout: 5000 }, keepAliveTimeout: 10_000 })
  const used = dispatcher ?? own!
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        const { method, origin, path, headers, body = null, deadline, signal } = request
        const exchange = new Exchange(deadline, { signal, resolve, reject })
        headers['accept-encoding'] = 'identity'
        try {
          used.dispatch({ method, origin, path, headers, body, headersTimeout: 0, bodyTimeout: 0 }, exchange)
        } catch (error) {
          exchange.onResponseError(null, error as Error)
        }
      }),
    close: async () => own?.destroy()
  }
}
