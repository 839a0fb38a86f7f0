/** States whose code was already exchanged by this process. */
export interface UsedStates {
  has(state: string): boolean
  add(state: string): void
}

const most = 10_000

/** Remembered for the life of an attempt, in milliseconds, the oldest forgotten beyond 10,000. */
export function createUsedStates(life: number): UsedStates {
  const until = new Map<string, number>()

  return {
    has(state) {
      const end = until.get(state)
      return end !== undefined && end > Date.now()
    },
    add(state) {
      const now = Date.now()
      // a copy: the state is a part of the callback's URL, which V8 would keep whole
      until.set(Buffer.from(state, 'latin1').toString('latin1'), now + life)
      for (const [oldest, end] of until) {
        if (end > now && until.size <= most) break
        until.delete(oldest)
      }
    }
  }
}
