/** A birthdate that keeps what is not known: nobody's birthday is made up. */
export interface Birthdate {
  year: number
  /** 1 to 12, or `null` when unknown. */
  month: number | null
  /** 1 to 31, or `null` when unknown. */
  day: number | null
}

/**
 * Reads a `birthdate`, `idp_birthdate` or `rnipp_birthdate` claim, whose month and day may be `00` for people with a
 * presumed birthdate. `null` for anything else than `YYYY-MM-DD`. Such a text is never to be given to `new Date`.
 */
export function parseBirthdate(claim: string | undefined): Birthdate | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(claim ?? '')
  if (!found) return null
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number]
  if (month > 12 || (month === 0 && day !== 0)) return null
  if (month > 0 && day > lastDay(year, month)) return null
  return { year, month: month || null, day: day || null }
}

function lastDay(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  if (month === 2) return leap ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
