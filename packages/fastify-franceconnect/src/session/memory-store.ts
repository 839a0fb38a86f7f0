import { spared } from './spared-cookie.ts'
import type { Row, SessionStore } from './store.ts'

const sweepEvery = 60_000
const dayInMs = 86_400_000

type Kept = { until: number } & ({ row: Readonly<Row> } | { json: string })

/**
 * Sessions in this process's memory, the expired ones swept every minute. Nobody changes what is kept here: rows go in
 * as frozen copies, and through JSON as in any other store unless they are flat. `settings`: of the session's cookie.
 */
export function createMemoryStore(settings: Row = {}): SessionStore & { close(): void; size(): number } {
  const rows = new Map<string, Kept>()
  const sweep = setInterval(() => {
    const now = Date.now()
    for (const [key, { until }] of rows) if (until <= now) rows.delete(key)
  }, sweepEvery)
  sweep.unref()

  return {
    get(key, done) {
      const kept = rows.get(key)
      const live = kept !== undefined && kept.until > Date.now()
      done(null, live ? ('row' in kept ? (kept.row as never) : JSON.parse(kept.json)) : null)
    },
    set(key, session, done) {
      const expires = session.cookie?.expires ?? null
      const until = expires === null ? Date.now() + dayInMs : new Date(expires).getTime()
      rows.set(key, keptOf(session as unknown as Row, settings, until))
      done()
    },
    destroy(key, done) {
      rows.delete(key)
      done()
    },
    close: () => clearInterval(sweep),
    size: () => rows.size
  }
}

function keptOf(row: Row, settings: Row, until: number): Kept {
  const copy: Row = {}
  for (const name of Object.keys(row)) {
    const value = row[name]
    if (name === 'cookie') copy[name] = Object.freeze(spared(value as Row, settings))
    else if ((typeof value === 'object' && value !== null) || typeof value === 'function')
      return { until, json: JSON.stringify(row) }
    else copy[name] = value
  }
  return { until, row: Object.freeze(copy) }
}
