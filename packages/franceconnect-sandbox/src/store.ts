import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from './clock.ts'
import type { Adapter, AdapterPayload } from './provider.ts'

interface Held {
  payload: AdapterPayload
  expiresAt: number
}

/** Milliseconds to a store on the network: two uses of one code at the same moment both pass, as observed. */
const roundTrip = 5

/** A day: nothing here lives longer. */
const forever = 86_400

/** What the engine stores, gone when its life time is over on the sandbox's clock, as FranceConnect's Redis does. */
export class Store {
  readonly #held = new Map<string, Held>()
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  read(key: string): AdapterPayload | undefined {
    const held = this.#held.get(key)
    if (!held) return undefined
    if (held.expiresAt > this.#clock.now()) return held.payload
    this.#held.delete(key)
    return undefined
  }

  write(key: string, payload: AdapterPayload, seconds: number): void {
    if (this.#held.size >= 5000) this.#sweep()
    this.#held.set(key, { payload, expiresAt: this.#clock.now() + seconds * 1000 })
  }

  delete(key: string): void {
    this.#held.delete(key)
  }

  /** Drops every payload of which `matches` says so. */
  deleteWhere(matches: (payload: AdapterPayload, key: string) => boolean): void {
    for (const [key, { payload }] of this.#held) if (matches(payload, key)) this.#held.delete(key)
  }

  find(matches: (payload: AdapterPayload, key: string) => boolean): AdapterPayload | undefined {
    for (const [key, { payload }] of this.#held) if (matches(payload, key)) return this.read(key)
    return undefined
  }

  #sweep(): void {
    const now = this.#clock.now()
    for (const [key, { expiresAt }] of this.#held) if (expiresAt <= now) this.#held.delete(key)
  }

  /** The store as the engine wants it, one adapter per kind of record. */
  adapter(model: string): Adapter {
    const key = (id: string) => `${model}:${id}`
    return {
      upsert: async (id, payload, seconds) => this.write(key(id), payload, seconds ?? forever),
      find: async (id) => structuredClone(this.read(key(id))),
      findByUid: async (uid) => this.find((payload, name) => name.startsWith(`${model}:`) && payload.uid === uid),
      findByUserCode: async () => undefined,
      consume: async (id) => {
        await wait(roundTrip)
        const payload = this.read(key(id))
        if (payload) payload.consumed = Math.floor(Date.now() / 1000)
      },
      destroy: async (id) => this.delete(key(id)),
      revokeByGrantId: async (grantId) =>
        this.deleteWhere((payload, name) => name.startsWith(`${model}:`) && payload.grantId === grantId)
    }
  }
}
