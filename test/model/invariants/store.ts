import type { Ledger } from '../ledger.ts'
import type { Kept } from '../rows.ts'
import { sessionMaxAge } from '../services.ts'
import type { Fail } from './invariant.ts'

/** What is said of the store's rows. */
export interface Orphans {
  /** While nothing is under way. `quiet`: nothing has failed either, nor was any answer lost. */
  look(kept: readonly Kept[], quiet: boolean): void
  /** Once every browser has logged out, and nothing had failed. */
  left(kept: readonly Kept[]): void
}

/** Milliseconds: an attempt takes thirty minutes at most. */
const markLife = 36 * 60_000
const slotOf = (key: string) => /^franceconnect-login-([\w-]{22})$/.exec(key)?.[1]

/** Nothing is left in the store that nobody can end, nor beyond its time. */
export function orphans(ledger: Ledger, fail: Fail): Orphans {
  function bounded({ key, until }: Kept): void {
    const life = /^franceconnect-login-|beside-/.test(key) ? sessionMaxAge * 1000 : markLife
    if (key.startsWith('franceconnect-') && (until === null || until > Date.now() + life + 1000))
      fail(`store: a row stays beyond its time: ${key.slice(0, 20)}`)
  }

  return {
    look(kept, quiet) {
      for (const row of kept) {
        bounded(row)
        if (quiet && ledger.find(slotOf(row.key) ?? null)?.overAt) fail('store: a login is left after its end')
      }
    },
    left(kept) {
      for (const { key } of kept)
        if (ledger.find(slotOf(key) ?? null)?.overlapped === false)
          fail('store: a login is left after everybody logged out')
    }
  }
}
