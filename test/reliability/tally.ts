import type { Seen } from './browser.ts'

/** What became of the requests of one kind. */
export class Tally {
  readonly byStatus = new Map<number, number>()
  longest = 0
  total = 0

  add(seen: Seen): Seen {
    this.byStatus.set(seen.status, (this.byStatus.get(seen.status) ?? 0) + 1)
    this.longest = Math.max(this.longest, seen.ms)
    this.total += 1
    return seen
  }

  count(...statuses: number[]): number {
    return statuses.reduce((sum, status) => sum + (this.byStatus.get(status) ?? 0), 0)
  }

  /** Requests that got no answer at all. */
  get unanswered(): number {
    return this.count(0, -1)
  }

  /** `200 × 12, 503 × 3`. */
  toString(): string {
    const names = new Map([
      [0, 'connection lost'],
      [-1, 'no answer']
    ])
    return [...this.byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${names.get(status) ?? status} × ${count}`)
      .join(', ')
  }
}

export function tallyOf(all: readonly Seen[]): Tally {
  const tally = new Tally()
  for (const seen of all) tally.add(seen)
  return tally
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Tries until it is true; resolves to the milliseconds that it took, or to infinity after `limit`. */
export async function until(limit: number, test: () => Promise<boolean>): Promise<number> {
  const started = performance.now()
  while (performance.now() - started < limit) {
    if (await test()) return performance.now() - started
    await pause(50)
  }
  return Number.POSITIVE_INFINITY
}
