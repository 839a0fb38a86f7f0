import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Test } from 'tap'

/** What leaves through undici, the transport of both plugins, since the last `reset`. */
export interface Traffic {
  /** `POST /api/v2/token`, in order. */
  calls: string[]
  connections: number
  reset(): void
}

export function watchTraffic(t: Test): Traffic {
  const traffic: Traffic = {
    calls: [],
    connections: 0,
    reset() {
      traffic.calls = []
      traffic.connections = 0
    }
  }
  const created = (message: unknown) => {
    const { method, path } = (message as { request: { method: string; path: string } }).request
    traffic.calls.push(`${method} ${path.split('?')[0]}`)
  }
  const connected = () => {
    traffic.connections += 1
  }
  subscribe('undici:request:create', created)
  subscribe('undici:client:connected', connected)
  t.teardown(() => {
    unsubscribe('undici:request:create', created)
    unsubscribe('undici:client:connected', connected)
  })
  return traffic
}

type Callback = (error: unknown, session?: unknown) => void

/** A store of JSON texts, as Redis keeps them, that remembers what was asked of it. */
export class CountingStore {
  readonly records = new Map<string, string>()
  operations: string[] = []
  /** Times that somebody waited for it: what is asked at once is waited for once. */
  trips = 0
  #waiting = false

  #asked(operation: string): void {
    this.operations.push(operation)
    if (this.#waiting) return
    this.#waiting = true
    this.trips += 1
    setImmediate(() => {
      this.#waiting = false
    })
  }

  get = (id: string, done: Callback): void => {
    this.#asked('get')
    const text = this.records.get(id)
    setImmediate(() => done(null, text === undefined ? null : JSON.parse(text)))
  }

  set = (id: string, session: unknown, done: Callback): void => {
    this.#asked('set')
    this.records.set(id, JSON.stringify(session))
    setImmediate(() => done(null))
  }

  destroy = (id: string, done: Callback): void => {
    this.#asked('destroy')
    this.records.delete(id)
    setImmediate(() => done(null))
  }

  /** The operations since the last call of this, as `{ get: 2 }`. */
  take(): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const name of this.operations) counts[name] = (counts[name] ?? 0) + 1
    this.operations = []
    this.trips = 0
    return counts
  }
}
