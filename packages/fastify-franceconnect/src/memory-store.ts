import type { SessionStore } from './session-store.ts'

const sweepEvery = 60_000
const dayInMs = 86_400_000

/** Sessions in this process's memory, as JSON like any other store, the expired ones swept every minute. */
export function createMemoryStore(): SessionStore & { close(): void; size(): number } {
  const rows = new Map<string, { json: string; until: number }>()
  const sweep = setInterval(() => {
    const now = Date.now()
    for (const [key, { until }] of rows) if (until <= now) rows.delete(key)
  }, sweepEvery)
  sweep.unref()

  return {
    get(key, done) {
      const row = rows.get(key)
      done(null, row === undefined || row.until <= Date.now() ? null : JSON.parse(row.json))
    },
    set(key, session, done) {
      const expires = session.cookie?.expires ?? null
      rows.set(key, {
        json: JSON.stringify(session),
        until: expires === null ? Date.now() + dayInMs : new Date(expires).getTime()
      })
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
