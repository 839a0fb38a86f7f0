/** Logins whose calls end in an outage, within {@link WITHIN} and no answer between, that open it. */
const LOGINS = 5
const WITHIN = 60_000
/** Milliseconds that it stays open before one call tries. */
const OPEN_FOR = 10_000
/** Failed logins remembered at most. */
const MOST = 1024

/** What the end of a whole call says of the API: it answers, it is in trouble, or nothing. */
export type Verdict = 'answer' | 'outage' | 'nothing'

/** A call that was let leave, to be told how it ended; or for how many milliseconds it is refused. */
export type Passage = { refusedFor: number } | { refusedFor: 0; ended(verdict: Verdict, now: number): void }

/**
 * Spares an API that is down, and everybody who would wait for it. No library that was looked at counts callers rather
 * than failures, says for how long it refuses, and makes nobody wait while one call tries: this is those rules alone,
 * without a clock (`now` in milliseconds) nor a timer.
 */
export interface Circuit {
  ask(login: string, now: number): Passage
}

/** `open`: calls are refused; `trying`: one of them is let through, to see; `closed`: all are. */
export type CircuitState = 'closed' | 'open' | 'trying'

/** `told` hears of each state that follows another; it begins closed. */
export function createCircuit(told: (state: CircuitState) => void = () => {}): Circuit {
  /** When each login last failed, oldest first. */
  const failed = new Map<string, number>()
  let openUntil: number | null = null
  let trying = false
  let state: CircuitState = 'closed'

  function turn(next: CircuitState): void {
    if (state === next) return
    state = next
    told(next)
  }

  function fail(login: string, now: number): void {
    failed.delete(login)
    failed.set(login, now)
    for (const [other, at] of failed) {
      if (now - at <= WITHIN && failed.size <= MOST) break
      failed.delete(other)
    }
  }

  function passage(login: string, isProbe: boolean): Passage {
    function ended(verdict: Verdict, now: number): void {
      if (isProbe) trying = false
      if (verdict === 'answer') {
        failed.clear()
        openUntil = null
        turn('closed')
      } else if (verdict === 'outage') {
        fail(login, now)
        if (isProbe || (openUntil === null && failed.size >= LOGINS)) openUntil = now + OPEN_FOR
      }
      if (openUntil !== null && !trying) turn('open')
    }
    return { refusedFor: 0, ended }
  }

  return {
    ask(login, now) {
      if (openUntil === null) return passage(login, false)
      if (now < openUntil) return { refusedFor: openUntil - now }
      const failedAt = failed.get(login)
      if (failedAt !== undefined && now - failedAt < WITHIN) return { refusedFor: failedAt + WITHIN - now }
      if (trying) return { refusedFor: OPEN_FOR }
      trying = true
      turn('trying')
      return passage(login, true)
    }
  }
}
