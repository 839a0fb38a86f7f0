import { errors } from './errors.ts'

/**
 * The clock that life times are counted on. Time stamps inside tokens stay those of the machine, so that a relying
 * party, whose own clock does not move, still accepts what is issued after `advance`.
 */
export class Clock {
  #ahead = 0

  /** Milliseconds since 1970, ahead of the machine by what was advanced. */
  now(): number {
    return Date.now() + this.#ahead
  }

  /**
   * Lets time pass: codes, tokens, sessions older than their life time are gone at once.
   *
   * @throws FST_FC_SANDBOX_INVALID_OPTIONS
   */
  advance(seconds: number): void {
    if (!Number.isFinite(seconds)) throw new errors.invalidOptions('advance takes a number of seconds')
    this.#ahead += seconds * 1000
  }
}
