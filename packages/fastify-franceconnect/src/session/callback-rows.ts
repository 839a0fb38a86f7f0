import { timed } from './login-rows.ts'
import type { Row, Rows } from './store.ts'

/** What the store holds of a callback, apart from the login that it may become: neither is ever written over the other. */
export type Underway =
  /** It is under way, of the process that gave `by`. */
  | { state: 'pending'; by: string }
  /** It ended without a login; `sealed` tells how. */
  | { state: 'failed'; sealed: string }

export interface CallbackRows {
  find(slot: string): Promise<Underway | null>
  /** `life` in milliseconds. */
  write(slot: string, underway: Underway, life: number): Promise<void>
  remove(slot: string): Promise<void>
}

const version = 1

export function createCallbackRows(rows: Rows): CallbackRows {
  const keyOf = (slot: string) => `franceconnect-callback-${slot}`
  return {
    find: (slot) =>
      new Promise((done, fail) =>
        rows.read(keyOf(slot), (error, row) => (error ? fail(error) : done(row ? underwayOf(row) : null)))
      ),
    write: (slot, underway, life) => rows.set(keyOf(slot), { ...timed(life), v: version, ...underway }),
    remove: (slot) => rows.destroy(keyOf(slot))
  }
}

function underwayOf(row: Row): Underway | null {
  const { v, state, by, sealed } = row as Record<string, unknown>
  if (v !== version) return null
  if (state === 'pending' && typeof by === 'string') return { state, by }
  if (state === 'failed' && typeof sealed === 'string') return { state, sealed }
  return null
}
