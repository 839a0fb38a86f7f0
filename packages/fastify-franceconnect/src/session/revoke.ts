import type { FastifyRequest } from 'fastify'
import type { Carried } from './carried.ts'
import type { Keeping } from './keeping.ts'

/** Told of each login that is over, by whatever cause. `null`: from no request. */
export type Ended = (request: FastifyRequest | null, loginId: string) => Promise<void>

/** A login as far as it takes to end it. */
export type Held = Pick<Carried, 'key' | 'id' | 'beside'>

/**
 * For a logout: ends a login with all that came to be beside it in its browser, and of the attempts that the browser holds
 * those whose callback is under way. Throws `FST_FC_UNAVAILABLE`.
 */
export type Revoke = (request: FastifyRequest, held: Held | null) => Promise<void>

/** Slots followed from one logout: more than a browser opens beside one another. */
const most = 24

/**
 * No store here is atomic. A logout writes the mark and then reads what was noted; a callback writes its note and its
 * record and then reads the mark: whatever the order, one of the two sees the other.
 */
export function createRevoke(keeping: Keeping, ended: Ended): Revoke {
  const { records } = keeping

  /** Ends one, if it is there or under way. Gives what came beside it, or in its place. */
  async function endBeside(request: FastifyRequest, slot: string): Promise<(string | null)[]> {
    const { logins, marks } = keeping.rows(request)
    const [there, underway] = await keeping.look(request, slot)
    // no mark for what is not there: an attempt whose citizen is at FranceConnect may still become a login
    if (there === null && underway?.state !== 'pending') {
      const [replaced] = await Promise.all([marks.replaced(slot), marks.forget(slot)])
      return [replaced?.by ?? null]
    }
    await marks.end(slot, there?.beside)
    const [login, noted] = await Promise.all([logins.find(slot), marks.noted(slot)])
    await Promise.all([logins.remove(slot), marks.forget(slot)])
    records.forget(slot)
    if (login !== null) await ended(request, login.id)
    return [...((login ?? there)?.beside ?? []), noted]
  }

  return async (request, held) => {
    const { logins, marks } = keeping.rows(request)
    const own = held?.key.slot ?? null
    if (own !== null) await marks.end(own, held?.beside)
    const noted = own === null ? null : await marks.noted(own)
    // a login that is over already, by the server or by time, may have left others beside it
    const over = own === null ? (keeping.cookies.read(request, keeping.reach(request))?.slot ?? null) : null
    const left = over === null ? [] : await marks.besides(over)
    const met = new Set([own])
    let wave = [...(held?.beside ?? []), noted, ...left, ...keeping.attempts.slots(request)]
    while (wave.length > 0 && met.size < most) {
      const others = [...new Set(wave)].filter((slot): slot is string => slot !== null && !met.has(slot))
      for (const slot of others) met.add(slot)
      wave = (await Promise.all(others.map((slot) => endBeside(request, slot)))).flat()
    }
    if (over !== null && left.length > 0) await marks.forget(over)
    if (held === null || own === null) return
    // last: when the store fails before, the next try finds everything again
    await Promise.all([logins.remove(own), noted === null ? null : marks.forget(own)])
    records.forget(own)
    await ended(request, held.id)
  }
}
