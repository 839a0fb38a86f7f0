import type { FastifyBaseLogger } from 'fastify'
import { LRUCache } from 'lru-cache'
import type { CarefulStore } from './careful-store.ts'
import { ANY_GENERATION, loginKey, newPlace, openPlace, type Place, sealEnd, sealPlace } from './place.ts'
import type { Sealer } from './seal.ts'

export interface PlacesOptions {
  careful: CarefulStore
  sealer: Sealer
  /** Seconds that a place lives. */
  life: number
  /** True where logins are announced by `begin`. */
  opened: boolean
  log: FastifyBaseLogger
}

/** The places of the logins that live. */
export interface Places {
  /**
   * Makes the place of a login. It goes on with the login that it replaces (the one that ended `during` the same request,
   * else the earlier one, where that lives) when it is the same citizen's.
   */
  begin(loginId: string, sub: string, earlier: string | null, during: object): Promise<void>
  /** As the store has it: `null` for a login that has none, or no longer. */
  of(loginId: string): Promise<Place | null>
  /**
   * As this process saw it less than a minute ago, for who shows what is held: the login plugin has just read that the
   * login lives, and the rest of a place never changes. Never where nobody says so (`opened: false`).
   */
  seen(loginId: string): Place | undefined
  end(loginId: string, during?: object | null): Promise<void>
}

const MOST_SEEN = 1000
const SEEN_FOR = 60_000

export function createPlaces({ careful, sealer, life, opened, log }: PlacesOptions): Places {
  const places = new LRUCache<string, Place>({ max: MOST_SEEN, ttl: SEEN_FOR, ttlResolution: 0, perf: Date })
  const ended = new WeakMap<object, Place>()

  function see(place: Place): Place {
    if (opened) places.set(place.id, place)
    return place
  }

  async function read(loginId: string): Promise<Place | null> {
    const place = openPlace(sealer, loginId, await careful.get(loginKey(loginId)))
    if (place === null && !opened) return { id: loginId, generation: ANY_GENERATION, sub: null, from: [] }
    return place ?? null
  }

  return {
    async begin(loginId, sub, earlier, during) {
      const known = ended.get(during) ?? (earlier === null ? null : await read(earlier))
      const place = newPlace(loginId, sub, known)
      if (await careful.set(loginKey(loginId), sealPlace(sealer, place), life)) see(place)
    },
    async of(loginId) {
      const place = await read(loginId)
      return place && see(place)
    },
    seen: (loginId) => places.get(loginId),
    async end(loginId, during) {
      places.delete(loginId)
      if (!opened) {
        const marked = await careful.set(loginKey(loginId), sealEnd(sealer, loginId), life)
        if (!marked) log.error('fcData: the end of a login could not be written to the store of held answers')
        return
      }
      const [place] = await Promise.all([during ? read(loginId) : null, careful.delete(loginKey(loginId))])
      if (place && during) ended.set(during, place)
    }
  }
}
