import type { Sent } from '../browser.ts'
import type { Ledger } from '../ledger.ts'

/** Says what is broken: the first one is the run's. */
export type Fail = (what: string) => void

/** Something that must hold at every moment. Each member is told of what happens, before anything follows from it. */
export interface Invariant {
  sent?(sent: Sent): void
  answered?(sent: Sent): void
  taken?(sent: Sent): void
  /** The browser's state is not sure any more: its end from the server, a store that failed. */
  unsure?(browser: number): void
}

export type Invent = (ledger: Ledger, fail: Fail) => Invariant
