import type { FastifySessionOptions, SessionStore } from '@fastify/session'
import { failure } from './errors.ts'

export type { SessionStore } from '@fastify/session'

/** Options of @fastify/session that this plugin passes on: the store, the cookie's name and settings. */
export type SessionOptions = Partial<Omit<FastifySessionOptions, 'secret' | 'algorithm'>>

type Failed = (error: Error) => void
/** A row of the store: a session, or a login record. Plain JSON. */
export type Row = Record<string, unknown>

/** Promises over a store, each operation within `timeout` milliseconds. Throws `FST_FC_UNAVAILABLE`. */
export interface Rows {
  get(key: string): Promise<Row | null>
  set(key: string, row: Row): Promise<void>
  destroy(key: string): Promise<void>
}

export function rowsOf(store: SessionStore, timeout: number, onFailure: Failed = () => {}): Rows {
  function bounded<T>(
    what: string,
    run: (done: (error: unknown, value?: T) => void) => unknown
  ): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const failed = (error: unknown) => {
        clearTimeout(timer)
        onFailure(error instanceof Error ? error : new Error('no answer in time'))
        reject(failure('FST_FC_UNAVAILABLE', `the session store failed to ${what}`))
      }
      const timer = setTimeout(failed, timeout)
      const done = (error: unknown, value?: T) => {
        if (error && (error as { code?: unknown }).code !== 'ENOENT') return failed(error)
        clearTimeout(timer)
        resolve(value)
      }
      try {
        const pending = run(done)
        if (pending instanceof Promise) pending.catch(failed)
      } catch (error) {
        failed(error)
      }
    })
  }

  return {
    async get(key) {
      const row = await bounded<unknown>('read', (done) => store.get(key, done))
      if (row === undefined || row === null) return null
      if (typeof row !== 'object' || typeof (row as Row)['cookie'] !== 'object') {
        throw failure('FST_FC_UNAVAILABLE', 'the session store gave back something else than what was stored')
      }
      return plain(row as Row)
    },
    async set(key, row) {
      await bounded<unknown>('write', (done) => store.set(key, row as never, done))
    },
    async destroy(key) {
      await bounded<unknown>('delete', (done) => store.destroy(key, done))
    }
  }
}

/** Own string keys only: @fastify/session would take up the signature of an instance kept by a store. */
function plain(row: Row): Row {
  if (Object.getPrototypeOf(row) === Object.prototype) return row
  return Object.fromEntries(Object.keys(row).map((key) => [key, row[key]]))
}

/** Gives @fastify/session the store with its failures as `FST_FC_UNAVAILABLE`, and plain objects out of it. */
export function guardedStore(store: SessionStore, timeout: number, onFailure: Failed): SessionStore {
  const rows = rowsOf(store, timeout, onFailure)
  return {
    get(key, done) {
      rows.get(key).then((row) => done(null, row as never), done)
    },
    set(key, session, done) {
      rows.set(key, session as unknown as Row).then(() => done(), done)
    },
    destroy(key, done) {
      rows.destroy(key).then(() => done(), done)
    }
  }
}
