import { createFlights } from 'franceconnect-protocol/flights'
import type { Ask, Outcome } from './exchange.ts'
import type { Held } from './held.ts'

export interface Checked {
  outcome: Outcome
  /** True when the answer was held: FranceConnect was not asked. */
  held: boolean
}

/**
 * What FranceConnect says of a token. Requests with one token share one question in flight; each keeps its own abort.
 * Rejects with the signal's reason when it aborts.
 */
export type CheckToken = (token: string, signal: AbortSignal) => Promise<Checked>

export function createCheckToken(ask: Ask, held: Held): CheckToken {
  const flights = createFlights<Outcome>()

  async function asked(token: string, signal: AbortSignal | undefined): Promise<Outcome> {
    const outcome = await ask(token, signal)
    if ('introspection' in outcome) held.keep(token, outcome.introspection)
    return outcome
  }

  return async (token, signal) => {
    const introspection = held.get(token)
    if (introspection !== null) return { outcome: { introspection }, held: true }
    return { outcome: await flights.run(token, signal, (shared) => asked(token, shared)), held: false }
  }
}
