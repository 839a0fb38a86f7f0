import { install } from '@sinonjs/fake-timers'

/**
 * This process's time, which moves only when the run says so: plugin, provider, store and browsers see the same one.
 * The event loop's own turns are real. https://github.com/sinonjs/fake-timers, for `refresh` and the timers of undici.
 */
export interface Clock {
  /** Time passes: whoever waited no longer than that is told that his time is over. */
  pass(seconds: number): void
  /** To the next timer. Gives the milliseconds that passed, `null` when nobody waits for one. */
  next(): number | null
  restore(): void
}

const start = Date.UTC(2026, 10, 27)

export function startClock(): Clock {
  const fake = install({
    now: start,
    toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
    shouldClearNativeTimers: true
  })
  return {
    pass: (seconds) => void fake.tick(seconds * 1000),
    next() {
      const before = fake.now
      return fake.countTimers() > 0 ? fake.next() - before : null
    },
    restore: () => fake.uninstall()
  }
}
