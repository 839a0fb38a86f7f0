import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../../levers/clock.ts'
import type { Adapter, AdapterPayload } from './provider.ts'

interface Held {
  payload: AdapterPayload
  expiresAt: number
}

/** Milliseconds to a store on the network: two uses of one code at the same moment both pass, as observed. */
const roundTrip = 5

/** Records kept at most. */
const capacity = 20_000

/** A day: nothing here lives longer. */
const forever = 86_400

/** What the engine stores, gone when its life time is over on the sandbox's clock, as FranceConnect's Redis does. */
export class Store {
  readonly #held = new Map<string, Held>()
  /** Keys of the records that have a `uid`. */
  readonly #byUid = new Map<string, string>()
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  read(key: string): AdapterPayload | undefined {
    const held = this.#held.get(key)
    if (!held) return undefined
    if (held.expiresAt > this.#clock.now()) return held.payload
    this.delete(key)
    return undefined
  }

  write(key: string, payload: AdapterPayload, seconds: number): void {
    if (this.#held.size >= capacity) this.#sweep()
    if (payload.uid !== undefined) this.#byUid.set(payload.uid, key)
    this.#held.set(key, { payload, expiresAt: this.#clock.now() + seconds * 1000 })
  }

  delete(key: string): void {
    const uid = this.#held.get(key)?.payload.uid
    if (uid !== undefined && this.#byUid.get(uid) === key) this.#byUid.delete(uid)
    this.#held.delete(key)
  }

  #revoke(model: string, grantId: string): void {
    for (const [key, { payload }] of this.#held) {
      if (key.startsWith(`${model}:`) && payload.grantId === grantId) this.delete(key)
    }
  }

  /** Drops what has expired, and the older half when that is not enough. */
  #sweep(): void {
    const now = this.#clock.now()
    for (const [key, { expiresAt }] of this.#held) if (expiresAt <= now) this.delete(key)
    if (this.#held.size < capacity / 2) return
    for (const key of [...this.#held.keys()].slice(0, capacity / 2)) this.delete(key)
  }

  /** The store as the engine wants it, one adapter per kind of record. */
  adapter(model: string): Adapter {
    const key = (id: string) => `${model}:${id}`
    return {
      upsert: async (id, payload, seconds) => this.write(key(id), payload, seconds ?? forever),
      find: async (id) => structuredClone(this.read(key(id))),
      findByUid: async (uid) => structuredClone(this.read(this.#byUid.get(uid) ?? '')),
      findByUserCode: async () => undefined,
      consume: async (id) => {
        await wait(roundTrip)
        const payload = this.read(key(id))
        if (payload) payload.consumed = Math.floor(Date.now() / 1000)
      },
      destroy: async (id) => this.delete(key(id)),
      revokeByGrantId: async (grantId) => this.#revoke(model, grantId)
    }
  }
}
