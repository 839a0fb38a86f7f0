import type { FastifyRequest } from 'fastify'
import { failure } from '../errors.ts'
import type { Claim, Claims } from '../session/claims.ts'

/** Openings of one callback: in this process they share one flight, in others they wait for its outcome in the store. */
export interface Twins<Outcome> {
  /** The flight of a slot, or `work` as its first. */
  share(slot: string, work: () => Promise<Outcome>): { first: boolean; outcome: Promise<Outcome> }
  /**
   * Waits for what another process made of a slot. Throws `FST_FC_REFUSED_BY_SERVICE` when it let nobody in,
   * `FST_FC_UNAVAILABLE` when `patience` ends.
   */
  wait(request: FastifyRequest, slot: string, patience: number): Promise<Extract<Claim, { state: 'login' | 'failed' }>>
}

export function createTwins<Outcome>(claims: Claims, timeout: number): Twins<Outcome> {
  const flights = new Map<string, Promise<Outcome>>()

  return {
    share(slot, work) {
      const known = flights.get(slot)
      if (known !== undefined) return { first: false, outcome: inTime(known, timeout) }
      const outcome = work()
      flights.set(slot, outcome)
      outcome.then(
        () => flights.delete(slot),
        () => flights.delete(slot)
      )
      return { first: true, outcome }
    },
    async wait(request, slot, patience) {
      const until = Date.now() + patience
      for (let pause = 20; Date.now() < until; pause = Math.min(pause * 2, 250)) {
        await new Promise((resolve) => setTimeout(resolve, pause))
        const claim = await claims.look(request, slot)
        if (claim === null) throw failure('FST_FC_REFUSED_BY_SERVICE', 'by another process')
        if (claim.state === 'login' || claim.state === 'failed') return claim
      }
      throw late()
    }
  }
}

const late = () => failure('FST_FC_UNAVAILABLE', 'another opening of this callback has not ended yet')

async function inTime<T>(work: Promise<T>, timeout: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const end = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(late()), timeout)
  })
  try {
    return await Promise.race([work, end])
  } finally {
    clearTimeout(timer)
  }
}
