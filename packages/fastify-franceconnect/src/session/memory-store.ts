import type { Row, SessionStore } from './store.ts'

const sweepEvery = 60_000
const dayInMs = 86_400_000

type Kept = { until: number } & ({ row: Readonly<Row> } | { json: string })

/**
 * Sessions in this process's memory, the expired ones swept every minute. Nobody changes what is kept here: rows go in
 * as frozen copies, and through JSON as in any other store unless they are flat.
 */
export function createMemoryStore(): SessionStore & { close(): void; size(): number } {
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
      rows.set(key, { until, ...copyOf(session as unknown as Row) })
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

type Cookie = Record<string, unknown> & { toJSON?(): Record<string, unknown> }

/** Without what says nothing: @fastify/session would delete such members one by one at every request. */
function cookieOf(cookie: Cookie): object {
  const members = cookie.toJSON ? cookie.toJSON() : cookie
  const told: Record<string, unknown> = {}
  for (const name of Object.keys(members)) {
    const value = members[name]
    if (value !== undefined && !(value === null && name === 'originalMaxAge')) told[name] = value
  }
  return Object.freeze(told)
}

function copyOf(row: Row): { row: Readonly<Row> } | { json: string } {
  const copy: Row = {}
  for (const [name, value] of Object.entries(row)) {
    if (name === 'cookie') copy[name] = cookieOf(value as Cookie)
    else if ((typeof value === 'object' && value !== null) || typeof value === 'function')
      return { json: JSON.stringify(row) }
    else copy[name] = value
  }
  return { row: Object.freeze(copy) }
}
