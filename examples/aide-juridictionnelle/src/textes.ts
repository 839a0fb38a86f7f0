const euro = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 })
const nombre = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 })
const jourHeure = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Paris' })
const mois = new Intl.DateTimeFormat('fr-FR', { month: 'long', timeZone: 'UTC' })

export const enEuros = (valeur: number) => euro.format(valeur)
export const enNombre = (valeur: number) => nombre.format(valeur)
export const leJourEtLHeure = (date: Date) => jourHeure.format(date)

/** « 24 août 1962 », « août 1962 », « 1962 »: the parts that the civil register knows. */
export function dateEnToutesLettres(date: { year: number; month: number | null; day: number | null }): string {
  const leMois = date.month === null ? '' : mois.format(new Date(Date.UTC(2000, date.month - 1, 1)))
  const leJour = date.day === null || date.month === null ? '' : date.day === 1 ? '1er' : String(date.day)
  return [leJour, leMois, date.year].filter(Boolean).join(' ')
}

/** First day of a month in words: « novembre 2026 ». */
export function moisEnToutesLettres(numero: number | undefined, annee: number | undefined): string | undefined {
  if (numero === undefined || annee === undefined || numero < 1 || numero > 12) return undefined
  return dateEnToutesLettres({ year: annee, month: numero, day: null })
}
