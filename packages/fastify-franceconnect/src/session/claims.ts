import type { FastifyRequest } from 'fastify'
import { randomText } from 'franceconnect-protocol/random'
import type { Keeping } from './keeping.ts'
import type { Kept } from './login-rows.ts'

/** What the store says of a callback that is opened. */
export type Claim =
  /** It is ours: `endedBefore` is the mark of an end that its slot had already. */
  | { state: 'ours'; endedBefore: string | null }
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
  /**
   * Ends a claim without a login: `sealed` tells the other openings where it leads, if anywhere. `sure`: nobody else has
   * the tokens. What another opening let in stays. Never throws.
   */
  fail(request: FastifyRequest, slot: string, sealed: string | null, sure: boolean): Promise<void>
}

/** `life`: milliseconds after which a callback that tells no end is taken for dead. */
export function createClaims(keeping: Keeping, life: number, shared: boolean): Claims {
  const by = randomText(9, 'base64url')
  const failedLife = 60_000
  const told = (kept: Kept | null): Claim | null => {
    if (kept === null) return null
    if (kept.state === 'failed') return { state: 'failed', sealed: kept.sealed }
    return { state: kept.state }
  }

  return {
    shared,
    async claim(request, slot) {
      const rows = keeping.rows(request)
      const [kept, endedBefore] = await Promise.all([rows.find(slot), rows.ending(slot)])
      // a row of this process without its flight in memory: the flight is over, and its end could not be written
      const other = kept?.state === 'pending' && kept.by === by ? null : told(kept)
      if (other !== null) return other
      await rows.write(slot, { state: 'pending', by }, life)
      return { state: 'ours', endedBefore }
    },
    look: async (request, slot) => told(await keeping.rows(request).find(slot)),
    async fail(request, slot, sealed, sure) {
      const rows = keeping.rows(request)
      try {
        const kept = await rows.find(slot)
        if (kept !== null && (kept.state !== 'pending' || (!sure && kept.by !== by))) return
        if (sealed !== null) await rows.write(slot, { state: 'failed', sealed }, failedLife)
        else if (kept !== null) await rows.remove(slot)
      } catch {
        // the claim ends by itself
      }
    }
  }
}
