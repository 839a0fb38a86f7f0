import type { Test } from 'tap'

/** No other timer has this delay, which no test waits for. */
const handlerTimeout = 599_983

/**
 * Fastify's own `handlerTimeout`, whose time is up when a test says so: on a machine that is busy no delay is long
 * enough for what comes before, and short enough for what comes after.
 */
export function handlerTimeoutFor(t: Test) {
  const { setTimeout: real } = globalThis
  let running: (() => void)[] = []
  function watched(run: (...given: unknown[]) => void, delay?: number, ...given: unknown[]): NodeJS.Timeout {
    if (delay === handlerTimeout) running.push(run)
    return real(run, delay, ...given)
  }
  globalThis.setTimeout = Object.assign(watched, real)
  t.teardown(() => {
    globalThis.setTimeout = real
  })
  return {
    server: { handlerTimeout },
    /** Its time is up for all requests; one that was answered is left alone. */
    isUp(): void {
      const all = running
      running = []
      for (const run of all) run()
    }
  }
}
