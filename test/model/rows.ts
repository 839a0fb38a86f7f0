import type { SessionStore } from 'fastify-franceconnect'

type Done = (error: unknown, row?: never) => void

/** What the invariants read of a store. */
export interface Kept {
  key: string
  /** Milliseconds since the epoch; `null`: it never expires by itself. */
  until: number | null
}

/** Where sessions are kept. */
export interface Backing {
  /** Each process has its own way to it. */
  store(process: number): SessionStore
  /** What is kept; `null` where it is not looked at. */
  kept: (() => Kept[] | Promise<Kept[]>) | null
  clear(): Promise<void> | void
  /** Time passed. */
  passed(milliseconds: number): Promise<void> | void
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

  get backing(): Backing {
    const { rows } = this
    return { store: () => this, kept: () => this.kept(), clear: () => rows.clear(), passed() {} }
  }

  kept(): Kept[] {
    return [...this.rows]
      .map(([key, { until }]) => ({ key, until }))
      .filter(({ until }) => until === null || until > Date.now())
  }
}
