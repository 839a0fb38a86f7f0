import { randomText } from 'franceconnect-protocol/random'
import { timed } from './login-rows.ts'
import type { Row, Rows } from './store.ts'

/**
 * What the store says of a slot beside its record. Each row has one meaning and is written whole by whoever comes last:
 * nothing is read in order to be written.
 */
export interface Marks {
  /** Whether the browser logged out of the login of a slot, under way or not. */
  isEnded(slot: string): Promise<boolean>
  end(slot: string): Promise<void>
  /** Marks a login that is over without a logout. `by`: the slot of the login that took its place. */
  replace(slot: string, by: string | null): Promise<void>
  /** `null` when it is not over, or by a logout. */
  replaced(slot: string): Promise<{ by: string | null } | null>
  /** Notes a login that came to be beside the one of a slot, which may not know of it. `life` in milliseconds. */
  note(slot: string, other: string, life: number): Promise<void>
  /** The last one noted. */
  noted(slot: string): Promise<string | null>
  forget(slot: string): Promise<void>
}

/** `endLife`: milliseconds that the mark of an end stays, longer than any callback that is under way. */
export function createMarks(rows: Rows, endLife: number): Marks {
  const endOf = (slot: string) => `franceconnect-end-${slot}`
  const overOf = (slot: string) => `franceconnect-over-${slot}`
  const besideOf = (slot: string) => `franceconnect-beside-${slot}`
  const find = (key: string) =>
    new Promise<Row | null>((done, fail) =>
      rows.read(key, (error, row) => (error === null ? done(row ?? null) : fail(error)))
    )

  return {
    isEnded: async (slot) => (await find(endOf(slot))) !== null,
    end: (slot) => rows.set(endOf(slot), { ...timed(endLife), end: randomText(9, 'base64url') }),
    replace: (slot, by) => rows.set(overOf(slot), { ...timed(endLife), by }),
    async replaced(slot) {
      const row = await find(overOf(slot))
      return row === null ? null : { by: slotIn(row['by']) }
    },
    note: (slot, other, life) => rows.set(besideOf(slot), { ...timed(life), slot: other }),
    noted: async (slot) => slotIn((await find(besideOf(slot)))?.['slot']),
    forget: (slot) => rows.destroy(besideOf(slot))
  }
}

/** `null` for whatever is no slot. */
export const slotIn = (value: unknown): string | null =>
  typeof value === 'string' && /^[\w-]{22}$/.test(value) ? value : null
