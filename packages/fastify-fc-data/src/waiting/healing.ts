import { LONGEST_WAIT } from './not-now.ts'
import type { Healing, TryFailure } from './try-failure.ts'

/** Tries that may follow, for each way of healing; the first alone where the connections are ours to choose. */
const TIMES: Record<Healing, number> = { busy: Number.POSITIVE_INFINITY, asked: 2, gateway: 1, lost: 1, renewed: 1 }
/** Kept connections of somebody else's dispatcher may each be found lost in turn. */
const LOST_ELSEWHERE = 3
const LONGEST_BUSY = 2000

const between = (low: number, high: number) => low + Math.random() * (high - low)

/** The tries of one call. */
export interface Tries {
  /** Milliseconds to wait before the try that may heal this failure, `null` when none should be made. */
  next(failure: TryFailure): number | null
}

export function createTries(ownConnections: boolean): Tries {
  const made: Partial<Record<Healing, number>> = {}

  function ownWait(healing: Healing, count: number): number {
    switch (healing) {
      case 'busy':
        return Math.min(between(200, 400) * 2 ** Math.min(count, 4), between(LONGEST_BUSY / 2, LONGEST_BUSY))
      case 'lost':
        return between(20, 150)
      case 'renewed':
        return 0
      default:
        return between(100, 400)
    }
  }

  return {
    next({ healing, notNow }) {
      if (healing === null) return null
      const count = made[healing] ?? 0
      if (count >= (healing === 'lost' && !ownConnections ? LOST_ELSEWHERE : TIMES[healing])) return null
      made[healing] = count + 1
      if (notNow?.seconds === undefined) return ownWait(healing, count)
      const asked = notNow.seconds * 1000
      return asked > LONGEST_WAIT ? null : asked + between(0, Math.max(50, asked / 10))
    }
  }
}
