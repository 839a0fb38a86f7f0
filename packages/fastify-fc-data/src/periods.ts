import { type Mois, monthOf } from './paris.ts'

/**
 * The last months, the present one (in Paris) first: parameters of `dss/quotient-familial`. In the first days of a month
 * the CAF has no quotient for it yet, and the one of the month before holds.
 *
 * @param count how many months, 1 to 24; 2 by default
 */
export function derniersMois(count = 2, now = new Date()): Mois[] {
  const { annee, mois } = monthOf(now)
  return Array.from({ length: Math.min(Math.max(1, count), 24) }, (_, before) => {
    const at = annee * 12 + mois - 1 - before
    return { annee: Math.floor(at / 12), mois: (at % 12) + 1 }
  })
}

/**
 * Asks one alternative after the other until one holds data: this month's quotient, else last month's. The answer of the
 * last one asked is returned when none does. What `ask` throws is thrown.
 *
 * `await firstWithData(derniersMois(), (mois) => request.fcData('dss/quotient-familial', mois))`
 */
export async function firstWithData<P, R extends { data: unknown }>(
  alternatives: readonly [P, ...P[]] | readonly P[],
  ask: (params: P) => Promise<R>
): Promise<R> {
  const [first, ...others] = alternatives as readonly [P, ...P[]]
  let found = await ask(first)
  for (const params of others) {
    if (found.data !== null && found.data !== undefined) break
    found = await ask(params)
  }
  return found
}
