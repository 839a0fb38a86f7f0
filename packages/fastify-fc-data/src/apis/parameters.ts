import { type TInteger, type TObject, type TOptional, type TString, Type } from 'typebox'
import { type Parameters, parameters } from './fields.ts'

const year = Type.Integer({ minimum: 1000, maximum: 9999, description: 'YYYY' })
const day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', description: 'YYYY-MM-DD' })

const DAY = 86_400_000

/** Paris is ahead of UTC: near midnight the citizen's tomorrow is allowed. */
function tomorrow(now: Date): Date {
  return new Date(now.getTime() + DAY)
}

/** A month of the quotient familial, the current one by default. */
export const anneeMois: TObject<{ annee: TOptional<TInteger>; mois: TOptional<TInteger> }> = parameters({
  annee: Type.Optional(year),
  mois: Type.Optional(Type.Integer({ minimum: 1, maximum: 12 }))
})

/** API Particulier keeps 24 months of quotients familiaux. */
export function moisDepuis24Mois(params: Parameters<typeof anneeMois>, now: Date): string | undefined {
  if (params.annee === undefined && params.mois === undefined) return undefined
  const year = params.annee ?? now.getUTCFullYear()
  const asked = year * 12 + (params.mois === undefined ? now.getUTCMonth() : params.mois - 1)
  const latest = tomorrow(now)
  if (asked > latest.getUTCFullYear() * 12 + latest.getUTCMonth()) return 'annee and mois must not be in the future'
  const oldest = now.getUTCFullYear() * 12 + now.getUTCMonth() - 24
  return asked < oldest ? 'annee and mois must be within the last 24 months' : undefined
}

/** Start year of a school year, the most recent valid grant by default. */
export const campaignYear: TObject<{ campaignYear: TOptional<TInteger> }> = parameters({
  campaignYear: Type.Optional(Type.Integer({ minimum: 2021, maximum: 9999, description: 'YYYY' }))
})

export function anneeScolaireCommencee(params: Parameters<typeof campaignYear>, now: Date): string | undefined {
  if (params.campaignYear === undefined || params.campaignYear <= tomorrow(now).getUTCFullYear()) return undefined
  return 'campaignYear must not be in the future'
}

/** Year of the income. */
export const annrev: TObject<{ annrev: TInteger }> = parameters({ annrev: year })

export function anneeDejaCommencee(params: Parameters<typeof annrev>, now: Date): string | undefined {
  return params.annrev > tomorrow(now).getUTCFullYear() ? 'annrev must not be in the future' : undefined
}

const SIV = /^([A-Z]{2})[- ]?([0-9]{3})[- ]?([A-Z]{2})$/
const FNI = /^([0-9]{1,4})[- ]?([A-Z]{1,3})[- ]?([0-9]{2,3}|2[AB])$/

/** A number plate, `AA-123-BB` or, before 2009, `123 ABC 12`; hyphens, spaces and case are mended. */
export const immatriculation: TObject<{ immatriculation: TString }> = parameters({
  immatriculation: Type.String({
    pattern: '^([A-Za-z]{2}[- ]?[0-9]{3}[- ]?[A-Za-z]{2}|[0-9]{1,4}[- ]?[A-Za-z]{1,3}[- ]?([0-9]{2,3}|2[ABab]))$',
    description: 'AA-123-BB or 123 ABC 12'
  })
})

export function plaqueNormalisee(params: Parameters<typeof immatriculation>): Parameters<typeof immatriculation> {
  const plaque = params.immatriculation.toUpperCase()
  const siv = SIV.exec(plaque)
  if (siv) return { immatriculation: siv.slice(1).join('-') }
  return { immatriculation: FNI.exec(plaque)?.slice(1).join(' ') ?? plaque }
}

/** Dates between which rights are read: today and a year later by default. */
export const periode: TObject<{ dateDebut: TOptional<TString>; dateFin: TOptional<TString> }> = parameters({
  dateDebut: Type.Optional(day),
  dateFin: Type.Optional(day)
})

/** The same, for one beneficiary named by NIR (sent in a header). */
export const periodeDuNir: TObject<{ nir: TString; dateDebut: TOptional<TString>; dateFin: TOptional<TString> }> =
  parameters({
    nir: Type.String({ pattern: '^[1-8][0-9]{4}([0-9]{2}|2[AB])[0-9]{6}([0-9]{2})?$', description: 'NIR' }),
    dateDebut: Type.Optional(day),
    dateFin: Type.Optional(day)
  })

function isDay(value: string): boolean {
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
}

/** The CNAM reads no date before today, and knows no end more than a year ahead. */
export function periodeAVenir(params: Parameters<typeof periode>, now: Date): string | undefined {
  const { dateDebut, dateFin } = params
  for (const [name, value] of Object.entries({ dateDebut, dateFin }))
    if (value !== undefined && !isDay(value)) return `${name} must be a day of the calendar`
  const today = now.toISOString().slice(0, 10)
  const furthest = new Date(now.getTime() + 367 * DAY).toISOString().slice(0, 10)
  if (dateDebut !== undefined && dateDebut < today) return 'dateDebut must not be before today'
  if (dateFin !== undefined && dateFin < (dateDebut ?? today)) return 'dateFin must not be before dateDebut or today'
  if (dateFin !== undefined && dateFin > furthest) return 'dateFin must be at most one year ahead'
  return undefined
}
