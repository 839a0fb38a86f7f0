import { randomText } from 'franceconnect-protocol/random'
import type { Row, Rows } from './store.ts'

/** What the store holds of a slot. */
export type Kept =
  /** A callback is under way, of the process that gave `by`. */
  | { state: 'pending'; by: string }
  /** A callback ended without a login; `sealed` tells how. */
  | { state: 'failed'; sealed: string }
  /**
   * `at` and `until`, milliseconds since the epoch, spare opening it; what is sealed decides. `turn`: its session is not
   * the first one.
   */
  | { state: 'login'; id: string; at: number; until: number; turn: string | null; sealed: string }

/** The rows of logins in the session's store, keyed by slots: hashes of random states, whatever the secret. */
export interface LoginRows {
  /** Calls back at once when the store does. */
  read(slot: string, done: (error: Error | null, kept: Kept | null) => void): void
  find(slot: string): Promise<Kept | null>
  /** `life` in milliseconds. */
  write(slot: string, kept: Kept, life: number): Promise<void>
  remove(slot: string): Promise<void>
  /** What tells that the login of a slot was ended, a different text each time; `null` when it was not. */
  ending(slot: string): Promise<string | null>
  /** Notes that another login came to be beside the one of a slot. `life` in milliseconds. */
  note(slot: string, other: string, life: number): Promise<void>
  besides(slot: string): Promise<readonly string[]>
  /** Ends the logins of slots, those under way too: the mark of the end first, since no store here is atomic. */
  end(slots: readonly string[]): Promise<void>
}

const version = 3

/** `endLife`: milliseconds that the mark of an end stays, longer than any callback that is under way. */
export function createLoginRows(rows: Rows, endLife: number): LoginRows {
  const keyOf = (slot: string) => `franceconnect-login-${slot}`
  const besideKeyOf = (slot: string) => `franceconnect-beside-${slot}`
  const endKeyOf = (slot: string) => `franceconnect-end-${slot}`

  function read(slot: string, done: (error: Error | null, kept: Kept | null) => void): void {
    rows.read(keyOf(slot), (error, row) => done(error, row ? keptOf(row) : null))
  }

  const besides = (slot: string) =>
    new Promise<readonly string[]>((done, fail) =>
      rows.read(besideKeyOf(slot), (error, row) => {
        if (error) return fail(error)
        const slots: unknown = row?.['slots']
        done(Array.isArray(slots) ? slots.filter((each) => typeof each === 'string') : [])
      })
    )

  return {
    read,
    besides,
    async note(slot, other, life) {
      const slots = [other, ...(await besides(slot))].slice(0, 8)
      await rows.set(besideKeyOf(slot), { ...timed(life), slots })
    },
    find: (slot) => new Promise((done, fail) => read(slot, (error, kept) => (error ? fail(error) : done(kept)))),
    write: (slot, kept, life) => rows.set(keyOf(slot), { ...timed(life), v: version, ...kept }),
    remove: (slot) => rows.destroy(keyOf(slot)),
    ending: (slot) =>
      new Promise((done, fail) =>
        rows.read(endKeyOf(slot), (error, row) => {
          if (error) return fail(error)
          done(typeof row?.['end'] === 'string' ? row['end'] : null)
        })
      ),
    async end(slots) {
      await Promise.all(
        slots.map((slot) => rows.set(endKeyOf(slot), { ...timed(endLife), end: randomText(9, 'base64url') }))
      )
      await Promise.all(slots.map((slot) => rows.destroy(keyOf(slot))))
      if (slots.length > 1) await Promise.all(slots.map((slot) => rows.destroy(besideKeyOf(slot))))
    }
  }
}

/** Like a session's row for the store: what it expires by is read in one of these three ways. */
function timed(life: number): Row {
  const cookie = { expires: new Date(Date.now() + life), maxAge: life, originalMaxAge: life, path: '/', httpOnly: true }
  return { cookie }
}

/** What another version wrote, or nobody of ours, is nothing. */
function keptOf(row: Row): Kept | null {
  const { v, state, by, sealed, id, at, until, turn } = row as Record<string, unknown>
  if (v !== version) return null
  if (state === 'pending' && typeof by === 'string') return { state, by }
  if (state === 'failed' && typeof sealed === 'string') return { state, sealed }
  if (state !== 'login' || typeof sealed !== 'string' || typeof id !== 'string') return null
  if (typeof at !== 'number' || typeof until !== 'number') return null
  return { state, id, at, until, turn: typeof turn === 'string' ? turn : null, sealed }
}
