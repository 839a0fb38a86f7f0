import type { FastifySessionOptions, SessionStore } from '@fastify/session'
import { failure } from '../errors.ts'
import { spared } from './spared-cookie.ts'
import type { StoreFailed } from './store-failure.ts'

export type { SessionStore } from '@fastify/session'

/** Options of @fastify/session that this plugin passes on: the store, the cookie's name and settings. */
export type SessionOptions = {
  [name in Exclude<keyof FastifySessionOptions, 'secret' | 'algorithm'>]?: FastifySessionOptions[name] | undefined
}

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

export function rowsOf(store: SessionStore, timeout: number, onFailure: StoreFailed = () => {}): Rows {
  /** Waits for one answer of the store; no timer where it answers at once. */
  function ask<T>(
    what: string,
    key: string,
    run: (answered: (reason: unknown, value?: T) => void) => unknown,
    done: Done<T>
  ): void {
    let timer: NodeJS.Timeout | null = null
    let isOver = false
    let waiting = false
    let error: Error | null = null
    let value: T | undefined
    const settle = (failed: boolean, reason: unknown, given?: T) => {
      if (isOver) return
      isOver = true
      if (timer !== null) clearTimeout(timer)
      if (failed) {
        onFailure(reason, key)
        error = failure('FST_FC_UNAVAILABLE', `the session store failed to ${what}`)
      } else value = given
      if (waiting) done(error, value)
    }
    try {
      const pending = run((reason, given) =>
        settle(Boolean(reason) && (reason as { code?: unknown }).code !== 'ENOENT', reason, given)
      )
      if (pending instanceof Promise) pending.catch((reason) => settle(true, reason))
    } catch (reason) {
      settle(true, reason)
    }
    waiting = !isOver
    if (isOver) done(error, value)
    else timer = setTimeout(settle, timeout, true, null)
  }

  function read(key: string, done: Done<Row | null>): void {
    ask<unknown>(
      'read',
      key,
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
    ask<void>('write', key, (answered) => store.set(key, row as never, answered), done)
  const remove = (key: string, done: Done<void>) =>
    ask<void>('delete', key, (answered) => store.destroy(key, answered), done)
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
  return Object.getPrototypeOf(row) === Object.prototype ? row : named(row)
}

const named = (row: Row): Row => Object.fromEntries(Object.keys(row).map((key) => [key, row[key]]))

/**
 * Gives @fastify/session the rows of a store: failures as `FST_FC_UNAVAILABLE`, and plain objects in and out of it.
 * `settings`: of its cookie.
 */
export function guardedStore(rows: Rows, settings: Row): SessionStore {
  return {
    get: (key, done) =>
      rows.read(key, (error, row) => {
        const cookie = row ? spared(row['cookie'] as Row, settings) : null
        done(error, (row && row['cookie'] !== cookie ? { ...row, cookie } : row) as never)
      }),
    set: (key, session, done) => rows.write(key, rowOf(session as unknown as Row, settings), done as Done<void>),
    destroy: (key, done) => rows.remove(key, done as Done<void>)
  }
}

/** What a store is given of a session: its members, and of its cookie what it takes to expire it, and to find it again. */
function rowOf(session: Row, settings: Row): Row {
  const cookie = (session['cookie'] ?? {}) as Row
  const written = spared(cookie, settings)
  // stores that read it, as connect-pg-simple does, read it here; a row that had it would last as long again
  if (cookie['maxAge']) Object.defineProperty(written, 'maxAge', { value: cookie['maxAge'] })
  return { ...named(session), cookie: written }
}
