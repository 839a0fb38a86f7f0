import { type MatchOptions, matchPerson, type Person } from 'franceconnect-protocol/identity'
import { checked } from '../options/check.ts'
import type { Trace } from '../trace/access.ts'

/**
 * The one candidate who is this citizen, or `null` for none and for several: never the best of two. What it found goes
 * into the trace of the access: how many candidates differed and on which field, never a value.
 */
export type MatchOne = <T>(identity: Person, candidates: Iterable<T>, options?: MatchOptions<T>) => T | null

export function createMatchOne(trace: Trace): MatchOne {
  return (identity, candidates, options) =>
    checked(() => {
      const matching = matchPerson(identity, candidates, options)
      trace.matched(identity, matching)
      return matching.match
    })
}
