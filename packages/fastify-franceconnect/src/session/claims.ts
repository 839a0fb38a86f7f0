import type { FastifyRequest } from 'fastify'
import { randomText } from 'franceconnect-protocol/random'
import type { Underway } from './callback-rows.ts'
import type { Keeping } from './keeping.ts'
import type { Kept } from './login-rows.ts'

/** What the store says of a callback that is opened. */
export type Claim =
  /** It is ours. `endBefore`: the mark of a logout that the login of before has. */
  | { state: 'ours'; endBefore: string | null }
  /** Another opening has the outcome. */
  | { state: 'login' }
  | { state: 'failed'; sealed: string }
  /** Another opening is under way. */
  | { state: 'pending' }

/** Which opening of a callback asks for the tokens, over all processes. Nothing of a login is in it. */
export interface Claims {
  /** Whether other processes may open the same callback. */
  readonly shared: boolean
  claim(request: FastifyRequest, slot: string): Promise<Claim>
  look(request: FastifyRequest, slot: string): Promise<Claim | null>
  /** Ends a claim without a login: `sealed` tells the other openings how. Never throws. */
  fail(request: FastifyRequest, slot: string, sealed: string): Promise<void>
  /** Ends a claim that told nothing, unless another process has taken it. Never throws. */
  giveUp(request: FastifyRequest, slot: string): Promise<void>
}

/** Milliseconds for which another process tells how a callback ended: as long as the browser keeps it. */
const failedLife = 600_000

/** `life`: milliseconds after which a callback that tells no end is taken for dead. */
export function createClaims(keeping: Keeping, life: number, shared: boolean): Claims {
  const by = randomText(9, 'base64url')
  const told = (login: Kept | null, underway: Underway | null): Claim | null => {
    if (login !== null) return { state: 'login' }
    return underway?.state === 'pending' ? { state: 'pending' } : underway
  }

  return {
    shared,
    async claim(request, slot) {
      const { logins, callbacks, marks } = keeping.rows(request)
      const before = keeping.carried.get(request)?.key.slot
      const [login, underway, endBefore] = await Promise.all([
        logins.find(slot),
        callbacks.find(slot),
        before === undefined ? null : marks.endOf(before)
      ])
      // a row of this process without its flight in memory: the flight is over, and its end could not be written
      const own = underway?.state === 'pending' && underway.by === by
      const other = told(login, own ? null : underway)
      if (other !== null) return other
      await callbacks.write(slot, { state: 'pending', by }, life)
      return { state: 'ours', endBefore }
    },
    look: async (request, slot) => told(...(await keeping.look(request, slot))),
    async fail(request, slot, sealed) {
      await keeping
        .rows(request)
        .callbacks.write(slot, { state: 'failed', sealed }, failedLife)
        .catch(() => {})
    },
    async giveUp(request, slot) {
      const { callbacks } = keeping.rows(request)
      try {
        const underway = await callbacks.find(slot)
        if (underway?.state === 'pending' && underway.by === by) await callbacks.remove(slot)
      } catch {
        // the claim ends by itself
      }
    }
  }
}
