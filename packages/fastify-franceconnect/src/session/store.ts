import type { FastifySessionOptions, SessionStore } from '@fastify/session'
import { failure } from '../errors.ts'

export type { SessionStore } from '@fastify/session'

/** Options of @fastify/session that this plugin passes on: the store, the cookie's name and settings. */
export type SessionOptions = {
  [name in Exclude<keyof FastifySessionOptions, 'secret' | 'algorithm'>]?: FastifySessionOptions[name] | undefined
}

type Failed = (error: Error) => void
/** A row of the store: a session, or a login record. Plain JSON. */
export type Row = Record<string, unknown>

type Done<T> = (error: Error | null, value?: T) => void

/** A store whose operations end within `timeout` milliseconds, its failures as `FST_FC_UNAVAILABLE`. */
export interface Rows {
  /** Calls back at once when the store does. */
  read(key: string, done: Done<Row | null>): void
  write(key: string, row: Row, done: Done<void>): void
  remove(key: string, done: Done<void>): void
  set(key: string, row: Row): Promise<void>
  destroy(key: string): Promise<void>
}

export function rowsOf(store: SessionStore, timeout: number, onFailure: Failed = () => {}): Rows {
  /** Waits for one answer of the store; no timer where it answers at once. */
  function ask<T>(what: string, run: (answered: (error: unknown, value?: T) => void) => unknown, done: Done<T>): void {
    let outcome: { error: Error | null; value?: T | undefined } | null = null
    let timer: NodeJS.Timeout | null = null
    let waiting = false
    const settle = (error: Error | null, value?: T) => {
      if (outcome !== null) return
      outcome = { error, value }
      if (timer !== null) clearTimeout(timer)
      if (waiting) done(error, value)
    }
    const failed = (error: unknown) => {
      if (outcome === null) onFailure(error instanceof Error ? error : new Error('no answer in time'))
      settle(failure('FST_FC_UNAVAILABLE', `the session store failed to ${what}`))
    }
    const answered = (error: unknown, value?: T) => {
      if (error && (error as { code?: unknown }).code !== 'ENOENT') failed(error)
      else settle(null, value)
    }
    try {
      const pending = run(answered)
      if (pending instanceof Promise) pending.catch(failed)
    } catch (error) {
      failed(error)
    }
    const now = outcome as { error: Error | null; value?: T } | null
    if (now === null) {
      waiting = true
      timer = setTimeout(failed, timeout)
    } else done(now.error, now.value)
  }

  function read(key: string, done: Done<Row | null>): void {
    ask<unknown>(
      'read',
      (answered) => store.get(key, answered),
      (error, row) => {
        if (error !== null) done(error)
        else if (row === undefined || row === null) done(null, null)
        else if (typeof row !== 'object' || typeof (row as Row)['cookie'] !== 'object') done(foreign())
        else done(null, plain(row as Row))
      }
    )
  }

  const write = (key: string, row: Row, done: Done<void>) =>
    ask<void>('write', (answered) => store.set(key, row as never, answered), done)
  const remove = (key: string, done: Done<void>) =>
    ask<void>('delete', (answered) => store.destroy(key, answered), done)
  const promised = (run: (done: Done<void>) => void) =>
    new Promise<void>((resolve, reject) => run((error) => (error === null ? resolve() : reject(error))))

  return {
    read,
    write,
    remove,
    set: (key, row) => promised((done) => write(key, row, done)),
    destroy: (key) => promised((done) => remove(key, done))
  }
}

const foreign = () => failure('FST_FC_UNAVAILABLE', 'the session store gave back something else than what was stored')

/** Own string keys only: @fastify/session would take up the signature of an instance kept by a store. */
function plain(row: Row): Row {
  if (Object.getPrototypeOf(row) === Object.prototype) return row
  return Object.fromEntries(Object.keys(row).map((key) => [key, row[key]]))
}

/** Gives @fastify/session the rows of a store: failures as `FST_FC_UNAVAILABLE`, and plain objects out of it. */
export function guardedStore(rows: Rows): SessionStore {
  return {
    get: (key, done) => rows.read(key, (error, row) => done(error, row as never)),
    set: (key, session, done) => rows.write(key, session as unknown as Row, done as Done<void>),
    destroy: (key, done) => rows.remove(key, done as Done<void>)
  }
}
