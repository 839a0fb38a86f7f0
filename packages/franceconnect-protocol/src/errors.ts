/**
 * Why no HTTP answer could be read.
 *
 * - `timeout`, `aborted`: given up here
 * - `lost`: no answer came over the connection
 * - `tls`, `proxy`, `dispatcher`, `header`: settings of this service; trying again changes nothing
 * - `redirected`, `compressed`, `too-large`, `malformed`: an answer that is not read
 */
export type HttpFailureReason =
  | 'timeout'
  | 'aborted'
  | 'lost'
  | 'tls'
  | 'proxy'
  | 'dispatcher'
  | 'header'
  | 'redirected'
  | 'compressed'
  | 'too-large'
  | 'malformed'

/** An exchange that gave no answer. `detail` is a code of Node or undici: never a text of the other side. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure'
  readonly reason: HttpFailureReason
  readonly detail: string | undefined
  /** The status, where it had come. */
  readonly status: number | undefined

  constructor(reason: HttpFailureReason, detail?: string, status?: number) {
    super(detail === undefined ? reason : `${reason} (${detail})`)
    this.reason = reason
    this.detail = detail
    this.status = status
  }
}

/**
 * - `unavailable`: the discovery document or the keys cannot be had, the other side's doing
 * - `not-a-jwt`, `algorithm`, `unverified`: a JWS that is malformed, of another algorithm, signed by another key
 * - `not-encrypted`, `encrypted`: a JWT in clear where keys are registered, or the reverse
 * - `encryption`: a JWE of another algorithm than the registered ones, or malformed
 * - `not-opened`: a JWE that none of the keys opens
 */
export type ProtocolReason =
  | 'unavailable'
  | 'not-a-jwt'
  | 'algorithm'
  | 'unverified'
  | 'not-encrypted'
  | 'encrypted'
  | 'encryption'
  | 'not-opened'

/** What the other side sent cannot be used. Its message is the end of a sentence and holds nothing of what was sent. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  readonly reason: ProtocolReason

  constructor(reason: ProtocolReason, problem: string) {
    super(problem)
    this.reason = reason
  }
}

/** An option, or an argument, that cannot be used: one sentence that names it, never the value of a secret. */
export class OptionProblem extends Error {
  override readonly name = 'OptionProblem'
  readonly option: string

  constructor(option: string, problem: string, expected: string) {
    super(`option "${option}" ${problem}; expected ${expected}.`)
    this.option = option
  }
}
