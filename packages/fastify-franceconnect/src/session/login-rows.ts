import type { Row, Rows } from './store.ts'

/**
 * The record of a login. `at` and `until`, milliseconds since the epoch, spare opening it; what is sealed decides. `turn`:
 * its session is not the first one. `beside`: slots of what came to be beside it in the same browser.
 */
export interface Kept {
  id: string
  at: number
  until: number
  turn: string | null
  beside: readonly string[]
  sealed: string
}

/** The records of logins in the session's store, keyed by slots: hashes of random states, whatever the secret. */
export interface LoginRows {
  /** Calls back at once when the store does. `foreign`: there is a row, which another version of this server wrote. */
  read(slot: string, done: (error: Error | null, kept: Kept | null, foreign: boolean) => void): void
  find(slot: string): Promise<Kept | null>
  /** Whether there is a row, whoever can read it. */
  holds(slot: string): Promise<boolean>
  write(slot: string, kept: Kept): Promise<void>
  remove(slot: string): Promise<void>
}

/** What is written, and what is read: a format is read for one release before it is written. */
const written = 4
const known: readonly unknown[] = [written]
const none: readonly string[] = []

export function createLoginRows(rows: Rows): LoginRows {
  const keyOf = (slot: string) => `franceconnect-login-${slot}`

  const read: LoginRows['read'] = (slot, done) =>
    rows.read(keyOf(slot), (error, row) => done(error, row ? keptOf(row, slot) : null, isForeign(row)))

  return {
    read,
    find: (slot) => new Promise((done, fail) => read(slot, (error, kept) => (error ? fail(error) : done(kept)))),
    holds: (slot) =>
      new Promise((done, fail) =>
        read(slot, (error, kept, foreign) => (error ? fail(error) : done(kept !== null || foreign)))
      ),
    write(slot, { id, at, until, turn, beside, sealed }) {
      const { cookie } = timed(until - Date.now())
      return rows.set(keyOf(slot), { cookie, v: written, id, at, until, turn, beside: beside.join('.'), sealed })
    },
    remove: (slot) => rows.destroy(keyOf(slot))
  }
}

/** Like a session's row for the store: what it expires by is read in one of these three ways. `life` in milliseconds. */
export function timed(life: number): { cookie: Row } {
  const cookie = { expires: new Date(Date.now() + life), maxAge: life, originalMaxAge: life, path: '/', httpOnly: true }
  return { cookie }
}

const isForeign = (row: Row | null | undefined): boolean => typeof row?.['v'] === 'number' && !known.includes(row['v'])

/** What another version wrote, or nobody of ours, is nothing; a row copied from another slot says so itself. */
function keptOf(row: Row, slot: string): Kept | null {
  const { v, sealed, id, at, until, turn, beside } = row as Record<string, unknown>
  if (!known.includes(v) || typeof sealed !== 'string' || typeof id !== 'string' || !id.startsWith(slot)) return null
  if (typeof at !== 'number' || typeof until !== 'number' || typeof beside !== 'string') return null
  return {
    id,
    at,
    until,
    turn: typeof turn === 'string' ? turn : null,
    beside: beside === '' ? none : slotsIn(beside.split('.')),
    sealed
  }
}

/** The slots of a list, of whatever a store gave back. */
export const slotsIn = (list: unknown): string[] =>
  Array.isArray(list) ? list.filter((each) => typeof each === 'string' && /^[\w-]{22}$/.test(each)) : []
