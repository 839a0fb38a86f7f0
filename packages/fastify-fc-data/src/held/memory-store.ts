import { LRUCache } from 'lru-cache'

/** Where held answers live: sealed texts, one key per answer, and one per login. */
export interface FcDataStore {
  get(key: string): Promise<string | null>
  /** `seconds` is how long the value is worth keeping. */
  set(key: string, value: string, seconds: number): Promise<unknown>
  delete(key: string): Promise<unknown>
}

/** Characters kept in all: about 64 MB of sealed answers, the least recently used leaving first. */
const MAX_SIZE = 64 * 1024 * 1024

/** For one process. With several, give the `store` option. */
export function memoryStore(): FcDataStore {
  const cache = new LRUCache<string, string>({ maxSize: MAX_SIZE, sizeCalculation: (value) => value.length + 512 })
  return {
    get: async (key) => cache.get(key) ?? null,
    set: async (key, value, seconds) => cache.set(key, value, { ttl: seconds * 1000 }),
    delete: async (key) => cache.delete(key)
  }
}
