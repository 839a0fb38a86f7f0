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
export interface EngineStore {
  read(key: string): AdapterPayload | undefined
  write(key: string, payload: AdapterPayload, seconds: number): void
  delete(key: string): void
  /** The store as the engine wants it, one adapter per kind of record. */
  adapter(model: string): Adapter
}

export function createEngineStore(clock: Clock): EngineStore {
  const held = new Map<string, Held>()
  /** Keys of the records that have a `uid`. */
  const byUid = new Map<string, string>()

  function read(key: string): AdapterPayload | undefined {
    const found = held.get(key)
    if (!found) return undefined
    if (found.expiresAt > clock.now()) return found.payload
    drop(key)
    return undefined
  }

  function write(key: string, payload: AdapterPayload, seconds: number): void {
    if (held.size >= capacity) sweep()
    if (payload.uid !== undefined) byUid.set(payload.uid, key)
    held.set(key, { payload, expiresAt: clock.now() + seconds * 1000 })
  }

  function drop(key: string): void {
    const uid = held.get(key)?.payload.uid
    if (uid !== undefined && byUid.get(uid) === key) byUid.delete(uid)
    held.delete(key)
  }

  function revoke(model: string, grantId: string): void {
    for (const [key, { payload }] of held) {
      if (key.startsWith(`${model}:`) && payload.grantId === grantId) drop(key)
    }
  }

  /** Drops what has expired, and the older half when that is not enough. */
  function sweep(): void {
    const now = clock.now()
    for (const [key, { expiresAt }] of held) if (expiresAt <= now) drop(key)
    if (held.size < capacity / 2) return
    for (const key of [...held.keys()].slice(0, capacity / 2)) drop(key)
  }

  return {
    read,
    write,
    delete: drop,
    adapter(model) {
      const key = (id: string) => `${model}:${id}`
      return {
        upsert: async (id, payload, seconds) => write(key(id), payload, seconds ?? forever),
        find: async (id) => structuredClone(read(key(id))),
        findByUid: async (uid) => structuredClone(read(byUid.get(uid) ?? '')),
        findByUserCode: async () => undefined,
        consume: async (id) => {
          await wait(roundTrip)
          const payload = read(key(id))
          if (payload) payload.consumed = Math.floor(Date.now() / 1000)
        },
        destroy: async (id) => drop(key(id)),
        revokeByGrantId: async (grantId) => revoke(model, grantId)
      }
    }
  }
}
