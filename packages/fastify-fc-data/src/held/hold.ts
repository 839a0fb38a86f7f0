import type { FastifyBaseLogger } from 'fastify'
import { createCarefulStore } from './careful-store.ts'
import type { FcDataStore } from './memory-store.ts'
import { KEPT_FOR_THE_PAGE, lifeOfError, type Outcome } from './outcome.ts'
import { answerKey, bindingOf, type Place } from './place.ts'
import { createPlaces } from './places.ts'
import type { Sealer } from './seal.ts'

export interface HoldOptions {
  store: FcDataStore
  sealer: Sealer
  /** Seconds, or `false` to hold nothing. */
  seconds: number | false
  /**
   * True where logins are announced by `open`: what comes back after the end finds no place, whichever process made the
   * call. Otherwise `forget` leaves a mark that ends the login.
   */
  opened: boolean
  log: FastifyBaseLogger
}

/** Outcomes held for one login, sealed, one key of the store for each, and one that says whether the login lives. */
export interface Hold {
  readonly enabled: boolean
  /** Makes the place of a login that begins; it goes on with the one that it replaces when that is the same citizen's. */
  open(loginId: string, sub: string, earlier: string | null, during: object): Promise<void>
  read(loginId: string, key: string): Promise<Outcome | null>
  /** Keeps an outcome, `seconds` at least. False when the login has no place, or no longer. */
  write(loginId: string, key: string, outcome: Outcome, seconds?: number): Promise<boolean>
  /** Drops one outcome. */
  drop(loginId: string, key: string): Promise<void>
  /**
   * Ends a login: what comes back later is not kept, and who asks for it as one that lives finds nothing, but for a login
   * that begins `during` the same request, which replaces it.
   */
  forget(loginId: string, during?: object | null): Promise<void>
}

const VERSION = 1
const PURPOSE = 'fc-data answer'
const MAX_TEXT = 512 * 1024
/** Seconds that a place outlives what is held in it: a call that began with it may end so late. */
const MARGIN = 300

export function createHold({ store, sealer, seconds, opened, log }: HoldOptions): Hold {
  const careful = createCarefulStore(store, log)
  const openings = new Map<string, Promise<void>>()
  const writes = new Map<string, Promise<unknown>>()
  const life = Math.max(Number(seconds), KEPT_FOR_THE_PAGE) + MARGIN
  const places = createPlaces({ careful, sealer, life, opened, log })

  function unsealed(sealed: string | null, id: string, generation: string, key: string): Outcome | null {
    const text = sealed === null ? null : sealer.unseal(sealed, PURPOSE)
    if (text === null) return null
    const [version, binding, until, outcome] = JSON.parse(text)
    const good = version === VERSION && binding === bindingOf(id, generation, key) && until > Date.now()
    return good ? outcome : null
  }

  async function carried({ from }: Place, key: string): Promise<Outcome | null> {
    const found = await Promise.all(
      from.map(async ([id, generation]) => unsealed(await careful.get(answerKey(id, key)), id, generation, key))
    )
    return found.find((outcome) => outcome && 'answer' in outcome) ?? null
  }

  function lifeOf(outcome: Outcome, atLeast: number): number {
    if ('error' in outcome) return lifeOfError(outcome.error)
    return 'pending' in outcome ? atLeast : Math.max(Number(seconds), atLeast)
  }

  /** One write of a key at a time: that a call is under way must not be written over its outcome. */
  function inOrder<T>(key: string, work: () => Promise<T>): Promise<T> {
    const next = (writes.get(key) ?? Promise.resolve()).then(work)
    writes.set(key, next)
    return next.finally(() => {
      if (writes.get(key) === next) writes.delete(key)
    })
  }

  return {
    enabled: seconds !== false,
    async open(loginId, sub, earlier, during) {
      if (seconds === false) return
      const opening = places.begin(loginId, sub, earlier, during).finally(() => openings.delete(loginId))
      openings.set(loginId, opening)
      await opening
    },
    async read(loginId, key) {
      if (seconds === false) return null
      const seen = places.seen(loginId)
      const answer = careful.get(answerKey(loginId, key))
      const [place, sealed] = seen ? [seen, await answer] : await Promise.all([places.of(loginId), answer])
      if (!place) return null
      return unsealed(sealed, loginId, place.generation, key) ?? (place.from.length > 0 ? carried(place, key) : null)
    },
    async write(loginId, key, outcome, atLeast = 0) {
      if (seconds === false || ('answer' in outcome && outcome.answer.text.length > MAX_TEXT)) return false
      return inOrder(answerKey(loginId, key), async () => {
        await openings.get(loginId)
        const place = await places.of(loginId)
        if (!place) return false
        const name = answerKey(loginId, key)
        if ('pending' in outcome) {
          const already = unsealed(await careful.get(name), loginId, place.generation, key)
          if (already && !('pending' in already)) return true
        }
        const kept = lifeOf(outcome, atLeast)
        const binding = bindingOf(loginId, place.generation, key)
        const sealed = sealer.seal(JSON.stringify([VERSION, binding, Date.now() + kept * 1000, outcome]), PURPOSE)
        return careful.set(name, sealed, kept)
      })
    },
    async drop(loginId, key) {
      const name = answerKey(loginId, key)
      await inOrder(name, () => careful.delete(name))
    },
    async forget(loginId, during) {
      if (seconds === false) return
      await places.end(loginId, during)
    }
  }
}
