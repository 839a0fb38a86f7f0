import type { FastifyRequest } from 'fastify'
import type { Ended } from './outcome.ts'

const requests = new WeakSet<FastifyRequest>()

/** Notes that a request shows again what another opening of the same callback was told. */
export const noteAgain = (request: FastifyRequest): void => void requests.add(request)

/** Whether what fails was told before: nothing new happened. */
export const isAgain = (request: FastifyRequest): boolean => requests.has(request)

const most = 500
const fiveMinutes = 300_000

/** The very errors that callbacks of this process ended by, for a while: what the application threw is its own. */
export interface LateErrors {
  keep(slot: string, error: unknown, ended: Ended): void
  /** `undefined` when it is not known here. */
  find(slot: string): { error: unknown; ended: Ended } | undefined
}

export function createLateErrors(): LateErrors {
  const kept = new Map<string, { error: unknown; ended: Ended; until: number }>()
  return {
    keep(slot, error, ended) {
      const now = Date.now()
      for (const [oldest, { until }] of kept) {
        if (until > now && kept.size < most) break
        kept.delete(oldest)
      }
      kept.set(slot, { error, ended, until: now + fiveMinutes })
    },
    find(slot) {
      const found = kept.get(slot)
      return found !== undefined && found.until > Date.now() ? found : undefined
    }
  }
}
