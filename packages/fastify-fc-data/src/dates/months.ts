import { type Mois, monthOf } from './paris.ts'

/**
 * The last months, the present one (in Paris) first: parameters of `dss/quotient-familial`. In the first days of a month
 * the CAF has no quotient for it yet, and the one of the month before holds: an array of parameters is alternatives, of
 * which the first that has data will do.
 *
 * `await request.fcData('dss/quotient-familial', derniersMois())`
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
