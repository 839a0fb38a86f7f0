import type { Invent } from './invariant.ts'

/** Whoever asked something that did not fail gets an answer that does not either. */
export const answered: Invent = (_ledger, fail) => ({
  answered({ kind, status, failed }) {
    if (status >= 500 && !failed) fail(`answer: ${kind} answered ${status} though nothing had failed`)
  }
})
