import { errors } from '../errors.ts'
import type { ProcessClock } from './process-clock.ts'

/**
 * The clock that life times are counted on. By default time stamps inside tokens stay those of the machine, so that a
 * relying party, whose own clock does not move, still accepts what is issued after `advance`. With a process clock the
 * `Date` of the whole process moves instead, the relying party's with it.
 */
export class Clock {
  #ahead = 0
  readonly #process: ProcessClock | undefined

  constructor(processClock?: ProcessClock) {
    this.#process = processClock
  }

  /** Milliseconds since 1970, ahead of the machine by what was advanced. */
  now(): number {
    return this.#process ? Date.now() : Date.now() + this.#ahead
  }

  /** Seconds advanced so far. */
  get ahead(): number {
    return this.#ahead / 1000
  }

  /**
   * Lets time pass: codes, tokens, sessions older than their life time are gone at once.
   *
   * @throws FST_FC_SANDBOX_INVALID_OPTIONS
   */
  advance(seconds: number): void {
    if (!Number.isFinite(seconds)) throw new errors.invalidOptions('advance takes a number of seconds')
    this.#ahead += seconds * 1000
    this.#process?.advance(seconds * 1000)
  }

  /** Gives the process its own time back. */
  release(): void {
    this.#process?.release()
  }
}
