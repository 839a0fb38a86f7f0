import type { EnabledApi } from '../options/enabled-api.ts'
import { type NotNow, UNSAID } from './not-now.ts'

/** Longest pause, in milliseconds: a provider's "tomorrow" must not close it in this process till tomorrow. */
const LONGEST = 60_000
/** The end is spread over a tenth of the pause, so that those who waited do not come back at one instant. */
const SPREAD = 0.1

interface Pause {
  /** Milliseconds since the epoch. */
  until: number
  spread: number
}

/** What providers asked of everybody, in this process: a 429 pauses its provider, a limit of one API that API. */
export interface Pauses {
  begin(api: EnabledApi, notNow: NotNow, now: number): void
  /** Milliseconds that a call of this API still has to wait. `luck`, from 0 to 1, is the caller's place in the spread. */
  left(api: EnabledApi, luck: number, now: number): number
}

export function createPauses(): Pauses {
  const pauses = new Map<unknown, Pause>()

  function leftOf(key: unknown, luck: number, now: number): number {
    const pause = pauses.get(key)
    if (!pause) return 0
    if (pause.until + pause.spread <= now) pauses.delete(key)
    return Math.max(0, pause.until + luck * pause.spread - now)
  }

  return {
    begin(api, { seconds, pauses: reach }, now) {
      if (reach === null || seconds === 0) return
      const key = reach === 'provider' ? api.provider : api.name
      const length = Math.min(seconds === undefined ? UNSAID : seconds * 1000, LONGEST)
      const known = pauses.get(key)
      if (known && known.until > now + length) return
      pauses.set(key, { until: now + length, spread: length * SPREAD })
    },
    left: (api, luck, now) => Math.max(leftOf(api.provider, luck, now), leftOf(api.name, luck, now))
  }
}
