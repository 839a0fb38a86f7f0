import type { SessionStore } from 'fastify-franceconnect'
import type { Gates } from './gates.ts'

type Done = (error: unknown, row?: never) => void

/** What the invariants read of a store. */
export interface Kept {
  key: string
  /** Milliseconds since the epoch; `null`: it never expires by itself. */
  until: number | null
}

/** Sessions as JSON texts in memory, with their expiry. */
export class JsonRows implements SessionStore {
  readonly rows = new Map<string, { text: string; until: number | null }>()

  get(key: string, done: Done): void {
    const row = this.rows.get(key)
    const live = row !== undefined && (row.until === null || row.until > Date.now())
    done(null, live ? (JSON.parse(row.text) as never) : undefined)
  }

  set(key: string, session: unknown, done: Done): void {
    const expires = (session as { cookie?: { expires?: unknown } }).cookie?.expires ?? null
    const until = expires === null ? null : new Date(expires as string).getTime()
    this.rows.set(key, { text: JSON.stringify(session), until })
    done(null)
  }

  destroy(key: string, done: Done): void {
    this.rows.delete(key)
    done(null)
  }

  kept(): Kept[] {
    return [...this.rows]
      .map(([key, { until }]) => ({ key, until }))
      .filter(({ until }) => until === null || until > Date.now())
  }
}

/** A store whose every operation waits at a gate, and may fail there. */
export function gated(store: SessionStore, gates: Gates): SessionStore {
  const short = (key: string) => key.replace(/^franceconnect-/, '').slice(0, 16)
  const failing = (done: Done, effect: (answered: Done) => void) => (after: boolean) => {
    if (after) effect(() => done(new Error('the connection was lost')))
    else done(new Error('the connection was lost'))
  }
  return {
    get(key, done) {
      const go = (answered: Done) => store.get(key, answered as never)
      gates.hold(`get ${short(key)}`, () => go(done as Done), failing(done as Done, go))
    },
    set(key, session, done) {
      // as it is now: a store that sends it later has its text
      const text = JSON.stringify(session)
      const go = (answered: Done) => store.set(key, JSON.parse(text) as never, answered as never)
      gates.hold(`set ${short(key)}`, () => go(done as Done), failing(done as Done, go))
    },
    destroy(key, done) {
      const go = (answered: Done) => store.destroy(key, answered as never)
      gates.hold(`destroy ${short(key)}`, () => go(done as Done), failing(done as Done, go))
    }
  }
}
