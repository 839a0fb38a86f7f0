import { randomText } from 'franceconnect-protocol/random'
import { slotsIn, timed } from './login-rows.ts'
import type { Row, Rows } from './store.ts'

/**
 * What the store says of a slot beside its record. Each row has one meaning and is written whole by whoever comes last:
 * nothing is read in order to be written.
 */
export interface Marks {
  /** What tells that the browser logged out of a slot, under way or not: another text each time. `null`: it did not. */
  endOf(slot: string): Promise<string | null>
  /** `beside`: what the login's record said, for whoever comes with its cookie later. */
  end(slot: string, beside?: readonly string[]): Promise<void>
  /** Marks a login that is over without a logout. `by`: the slot of the login that took its place. */
  replace(slot: string, by: string | null, beside: readonly string[]): Promise<void>
  /** `null` when it is not over, or by a logout. */
  replaced(slot: string): Promise<{ by: string | null } | null>
  /** What was beside a login that is over, by whatever cause. */
  besides(slot: string): Promise<string[]>
  /** Notes a login that came to be beside the one of a slot, which may not know of it. `life` in milliseconds. */
  note(slot: string, other: string, life: number): Promise<void>
  /** The last one noted. */
  noted(slot: string): Promise<string | null>
  forget(slot: string): Promise<void>
}

/** `endLife`: milliseconds that the mark of an end stays, longer than any callback that is under way. */
export function createMarks(rows: Rows, endLife: number): Marks {
  const endKeyOf = (slot: string) => `franceconnect-end-${slot}`
  const overOf = (slot: string) => `franceconnect-over-${slot}`
  const besideOf = (slot: string) => `franceconnect-beside-${slot}`
  const find = (key: string) =>
    new Promise<Row | null>((done, fail) =>
      rows.read(key, (error, row) => (error === null ? done(row ?? null) : fail(error)))
    )
  const noted = async (slot: string) => slotIn((await find(besideOf(slot)))?.['slot'])

  return {
    async endOf(slot) {
      const end = (await find(endKeyOf(slot)))?.['end']
      return typeof end === 'string' ? end : null
    },
    end: (slot, beside = []) =>
      rows.set(endKeyOf(slot), { ...timed(endLife), end: randomText(9, 'base64url'), beside }),
    replace: (slot, by, beside) => rows.set(overOf(slot), { ...timed(endLife), by, beside }),
    async replaced(slot) {
      const row = await find(overOf(slot))
      return row === null ? null : { by: slotIn(row['by']) }
    },
    async besides(slot) {
      const [last, ...over] = await Promise.all([noted(slot), find(endKeyOf(slot)), find(overOf(slot))])
      return [...(last === null ? [] : [last]), ...over.flatMap((row) => slotsIn(row?.['beside']))]
    },
    note: (slot, other, life) => rows.set(besideOf(slot), { ...timed(life), slot: other }),
    noted,
    forget: (slot) => rows.destroy(besideOf(slot))
  }
}

/** `null` for whatever is no slot. */
const slotIn = (value: unknown): string | null => slotsIn([value])[0] ?? null
