import { monthOf, parisDay } from '../dates/paris.ts'
import { type Described, parameters, type Schema, whole, written } from './fields.ts'

const year = whole({ minimum: 1000, maximum: 9999, description: 'YYYY' })
const day = written('^[0-9]{4}-[0-9]{2}-[0-9]{2}$', 'YYYY-MM-DD')

const DAY = 86_400_000

/** Tells which delegation is meant, where a software editor has several. Source: the official clients of API Particulier. */
const delegation_id = written('^[!-~]{1,128}$', 'id of the delegation of a software editor, where it has several')

/** What the API of the Sécurité sociale take. */
export const delegation: Schema<{ delegation_id?: string }> = parameters({ delegation_id })

/** A month of the quotient familial, the current one by default. */
export const anneeMois: Schema<{ annee?: number; mois?: number; delegation_id?: string }> = parameters({
  annee: year,
  mois: whole({ minimum: 1, maximum: 12 }),
  delegation_id
})

/**
 * The current month and the 23 before are kept (422 `00355` otherwise); a year alone is its present month. Source:
 * datagouv/apistration, docs/cnav-api-secu.md (2026).
 */
export function moisDepuis24Mois(params: Described<typeof anneeMois>, now: Date): string | undefined {
  const { annee, mois } = params
  if (annee === undefined && mois === undefined) return undefined
  const current = monthOf(now)
  const asked = (annee ?? current.annee) * 12 + (mois ?? current.mois)
  const age = current.annee * 12 + current.mois - asked
  const names = annee === undefined ? 'mois' : mois === undefined ? 'annee' : 'annee and mois'
  if (age < 0) return `${names} must not be in the future`
  if (age < 24) return undefined
  const alone = mois === undefined ? ': without mois, annee is the present month of that year' : ''
  return `${names} must be within the last 24 months, the current one and the 23 before${alone}`
}

/** Start year of a school year, the most recent valid grant by default. */
export const campaignYear: Schema<{ campaignYear?: number }> = parameters({
  campaignYear: whole({ minimum: 2021, maximum: 9999, description: 'YYYY' })
})

export function anneeScolaireCommencee(params: Described<typeof campaignYear>, now: Date): string | undefined {
  if (params.campaignYear === undefined || params.campaignYear <= monthOf(now).annee) return undefined
  return 'campaignYear must not be in the future'
}

/** Year of the income. */
export const annrev: Schema<{ annrev: number }> = parameters({}, { annrev: year })

export function anneeDejaCommencee(params: Described<typeof annrev>, now: Date): string | undefined {
  return params.annrev > monthOf(now).annee ? 'annrev must not be in the future' : undefined
}

const SIV = /^([A-Z]{2})[- ]?([0-9]{3})[- ]?([A-Z]{2})$/
const FNI = /^([0-9]{1,4})[- ]?([A-Z]{1,3})[- ]?([0-9]{2,3}|2[AB])$/

/** A number plate, `AA-123-BB` or, before 2009, `123 ABC 12`; hyphens, spaces and case are mended. */
export const immatriculation: Schema<{ immatriculation: string }> = parameters(
  {},
  {
    immatriculation: written(
      '^([A-Za-z]{2}[- ]?[0-9]{3}[- ]?[A-Za-z]{2}|[0-9]{1,4}[- ]?[A-Za-z]{1,3}[- ]?([0-9]{2,3}|2[ABab]))$',
      'AA-123-BB or 123 ABC 12'
    )
  }
)

export function plaqueNormalisee(params: Described<typeof immatriculation>): Described<typeof immatriculation> {
  const plaque = params.immatriculation.toUpperCase()
  const siv = SIV.exec(plaque)
  if (siv) return { immatriculation: siv.slice(1).join('-') }
  return { immatriculation: FNI.exec(plaque)?.slice(1).join(' ') ?? plaque }
}

/** Dates between which rights are read: today and a year later by default. */
export const periode: Schema<{ dateDebut?: string; dateFin?: string }> = parameters({ dateDebut: day, dateFin: day })

const nir = written('^[1-8][0-9]{4}([0-9]{2}|2[AB])[0-9]{6}([0-9]{2})?$', 'NIR')

/** The same, for one beneficiary named by NIR (sent in a header). */
export const periodeDuNir: Schema<{ nir: string; dateDebut?: string; dateFin?: string }> = parameters(
  { dateDebut: day, dateFin: day },
  { nir }
)

function isDay(value: string): boolean {
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
}

/** The CNAM reads no date before today, and knows no end more than a year ahead. */
export function periodeAVenir(params: Described<typeof periode>, now: Date): string | undefined {
  const { dateDebut, dateFin } = params
  for (const [name, value] of Object.entries({ dateDebut, dateFin }))
    if (value !== undefined && !isDay(value)) return `${name} must be a day of the calendar`
  const today = parisDay(now)
  const furthest = parisDay(new Date(now.getTime() + 367 * DAY))
  if (dateDebut !== undefined && dateDebut < today) return 'dateDebut must not be before today'
  if (dateFin !== undefined && dateFin < (dateDebut ?? today)) return 'dateFin must not be before dateDebut or today'
  if (dateFin !== undefined && dateFin > furthest) return 'dateFin must be at most one year ahead'
  return undefined
}
