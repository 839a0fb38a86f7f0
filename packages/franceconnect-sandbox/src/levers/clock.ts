import { errors } from '../errors.ts'
import type { ProcessClock } from './process-clock.ts'

/**
 * The clock that life times are counted on. By default time stamps inside tokens stay those of the machine, so that a
 * relying party, whose own clock does not move, still accepts what is issued after `advance`. With a process clock the
 * `Date` of the whole process moves instead, the relying party's with it.
 */
export interface Clock {
  /** Milliseconds since 1970, ahead of the machine by what was advanced. */
  now(): number
  /** Seconds advanced so far. */
  readonly ahead: number
  /**
   * Lets time pass: codes, tokens, sessions older than their life time are gone at once.
   *
   * @throws FST_FC_SANDBOX_INVALID_OPTIONS
   */
  advance(seconds: number): void
  /** Gives the process its own time back. */
  release(): void
}

export function createClock(processClock?: ProcessClock): Clock {
  let ahead = 0
  return {
    now: () => (processClock ? Date.now() : Date.now() + ahead),
    get ahead() {
      return ahead / 1000
    },
    advance(seconds) {
      if (!Number.isFinite(seconds)) throw new errors.invalidOptions('advance takes a number of seconds')
      ahead += seconds * 1000
      processClock?.advance(seconds * 1000)
    },
    release: () => processClock?.release()
  }
}
