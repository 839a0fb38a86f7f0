import type { DossierFiscal } from '../dossiers/fiscal.ts'

/** Month, from 0, in which the notices of last year's income come out: August. */
const month = 7

/** A tax file as the calendar has it: last year's notice does not exist before August. */
export function published(file: DossierFiscal | undefined, today: Date): DossierFiscal | undefined {
  if (!file || today.getUTCMonth() >= month) return file
  const { 1: _coming, ...annees } = file.annees
  return { ...file, annees }
}
