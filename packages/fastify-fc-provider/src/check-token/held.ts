import { createHash } from 'node:crypto'
import type { Introspection } from './introspection.ts'

/** Active answers kept for a while. A logout or a withdrawn consent is not seen meanwhile: off by default. */
export interface Held {
  get(token: string): Introspection | null
  keep(token: string, introspection: Introspection): void
}

const most = 1000
const nothing: Held = { get: () => null, keep: () => undefined }

/** `seconds` at most, and never beyond the token's own life. The key is a hash: no token stays in memory. */
export async function createHeld(seconds: number): Promise<Held> {
  if (seconds === 0) return nothing
  // loaded where it serves: by default it does not
  const { LRUCache } = await import('lru-cache')
  const held = new LRUCache<string, Introspection>({ max: most })
  const keyOf = (token: string) => createHash('sha256').update(token).digest('base64')
  return {
    get(token) {
      const key = keyOf(token)
      const introspection = held.get(key)
      if (introspection === undefined) return null
      if (introspection.expiresAt > Date.now()) return introspection
      held.delete(key)
      return null
    },
    keep(token, introspection) {
      const ttl = Math.min(seconds * 1000, introspection.expiresAt - Date.now())
      if (ttl > 0) held.set(keyOf(token), introspection, { ttl })
    }
  }
}
