import type { DossierFiscal } from '../dossiers/fiscal.ts'

export type Age = 1 | 2 | 3

const ifMissing = 'dgfip_annee_n_moins_2_si_indispo_n_moins_1'

/** How many years before this one an income year is; undefined when FranceConnect has no scope for it. */
export function ageOf(year: string, today: Date): Age | undefined {
  const age = today.getUTCFullYear() - Number(year)
  return age === 1 || age === 2 || age === 3 ? age : undefined
}

/**
 * Whether the scopes open an income year. `dgfip_annee_n_moins_2_si_indispo_n_moins_1`, asked alone, opens last
 * year's, and the one before only while last year's notice does not exist.
 */
export function opens(granted: readonly string[], age: Age, file: DossierFiscal | undefined): boolean {
  if (granted.includes(`dgfip_annee_n_moins_${age}`)) return true
  if (!granted.includes(ifMissing)) return false
  return age === 1 || (age === 2 && file?.annees[1] === undefined)
}

/** Whether any scope of a year was granted: without one the DGFiP answers nothing. */
export function anyYear(granted: readonly string[]): boolean {
  return granted.some((scope) => scope.startsWith('dgfip_annee_'))
}
