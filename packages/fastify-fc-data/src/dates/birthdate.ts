import { parseBirthdate as parseClaim } from 'franceconnect-protocol/birthdate'
import { parisDay } from './paris.ts'

/** A birthdate that keeps what is not known: nobody's birthday is made up. */
export interface Birthdate {
  readonly year: number
  /** 1 to 12, or `null` when unknown. */
  readonly month: number | null
  /** 1 to 31, or `null` when unknown. */
  readonly day: number | null
  /** Age in whole years on a day (in Paris), today by default; `null` when what is missing leaves two, or before the birth. */
  ageOn(on?: Date): number | null
  /** The ages that the person may have on a day; `null` before the birth. The same twice when the date is whole. */
  agesOn(on?: Date): { atLeast: number; atMost: number } | null
}

/** As data providers write one: `2024-00-00`, `2019-05-12`, or the DGFiP's three texts. */
export type WrittenBirthdate = string | { jour?: Part; mois?: Part; annee?: Part } | null | undefined
type Part = string | number | null | undefined

const WRITTEN = /^(\d{4}-\d{2}-\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/

/** Before it nobody alive was born: `0000` and `0001` are what systems write for no date at all. */
const EARLIEST = 1800

function textOf(written: WrittenBirthdate): string {
  if (typeof written !== 'object' || written === null) return written ?? ''
  const [annee, mois, jour] = [written.annee, written.mois, written.jour].map((part) => String(part ?? ''))
  return [annee, mois!.padStart(2, '0'), jour!.padStart(2, '0')].join('-')
}

function years(from: string, to: string): number {
  return Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0)
}

/**
 * Reads the birthdate of a family member or of an allocataire, whose month and day may be `00`. `null` for what is no
 * such date. Such a text is never to be given to `new Date`.
 */
export function parseBirthdate(written: WrittenBirthdate): Birthdate | null {
  const found = WRITTEN.exec(textOf(written))
  if (!found) return null
  const known = parseClaim(found[1])
  if (known === null || known.year < EARLIEST) return null
  const { year, month, day } = known
  const days = (of: number) => new Date(Date.UTC(year, of, 0)).getUTCDate()
  const date = (m: number, d: number) => [
    String(year).padStart(4, '0'),
    ...[m, d].map((n) => String(n).padStart(2, '0'))
  ]
  const earliest = date(month || 1, day || 1).join('-')
  const latest = date(month || 12, day || days(month || 12)).join('-')

  function agesOn(on = new Date()) {
    const today = parisDay(on)
    if (today < earliest) return null
    return { atLeast: Math.max(0, years(latest, today)), atMost: years(earliest, today) }
  }
  return {
    year,
    month,
    day,
    agesOn,
    ageOn(on) {
      const ages = agesOn(on)
      return ages && ages.atLeast === ages.atMost ? ages.atLeast : null
    }
  }
}

/** Age in whole years on a day (in Paris), today by default; `null` when the date does not tell. */
export function ageOn(written: WrittenBirthdate, on?: Date): number | null {
  return parseBirthdate(written)?.ageOn(on) ?? null
}
