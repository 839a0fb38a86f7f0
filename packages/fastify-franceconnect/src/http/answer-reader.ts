import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from './transport.ts'

/** Bytes of an answer, decoded: FranceConnect's own are under ten kilobytes. */
const largest = 1_048_576

/** Why an answer is not read to its end; the message holds nothing of it. */
class Refused extends Error {
  override readonly name = 'Refused'
}

type Done = (error: Error | null, status: number, headers: IncomingHttpHeaders, text: string) => void

/** Reads one answer whole under a deadline in milliseconds and a size; past either the connection is cut. */
export class AnswerReader implements Dispatcher.DispatchHandler {
  /** `null` once called: undici keeps a handler longer than its exchange. */
  #done: Done | null
  readonly #deadline: NodeJS.Timeout
  #controller: Dispatcher.DispatchController | null = null
  #status = 0
  #headers: IncomingHttpHeaders = {}
  #chunks: Buffer[] = []
  #size = 0

  constructor(timeout: number, done: Done) {
    this.#done = done
    // one more turn of the event loop: in a process that was busy, the answer may be there, waiting to be read
    this.#deadline = setTimeout(() => setImmediate(() => this.#refuse(`no whole answer in ${timeout} ms`)), timeout)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#done === null) controller.abort(new Refused('too late'))
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status
    this.#headers = headers
    const encoding = headers['content-encoding']
    if (encoding !== undefined && encoding !== 'identity')
      this.#refuse('a compressed answer, though none was asked for')
    else if (Number(headers['content-length'] ?? 0) > largest) this.#refuse(`an answer over ${largest} bytes`)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size > largest) this.#refuse(`an answer over ${largest} bytes`)
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const body = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks)
    this.#finish(null, body.toString('utf8'))
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#finish(error, '')
  }

  #refuse(problem: string): void {
    if (this.#done === null) return
    const refused = new Refused(problem)
    this.#finish(refused, '')
    this.#controller?.abort(refused)
  }

  #finish(error: Error | null, text: string): void {
    const done = this.#done
    if (done === null) return
    this.#done = null
    this.#chunks = []
    clearTimeout(this.#deadline)
    done(error, this.#status, this.#headers, text)
  }
}
