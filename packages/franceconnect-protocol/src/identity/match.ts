import { refuse } from '../options/option-values.ts'
import { parseBirthdate } from './birthdate.ts'
import { foldName } from './names.ts'

/** Who somebody is, as far as one knows. Absent, `null` and empty mean unknown. */
export interface Person {
  /** First names in civil order, each whole: a text is one first name, it is never cut at its spaces. */
  readonly givenNames?: readonly string[] | string | null
  /** Birth name. */
  readonly familyName?: string | null
  /** « Nom d'usage ». */
  readonly preferredUsername?: string | null
  /** `YYYY-MM-DD`, unknown parts as `00` or left out. A text: a `Date` moves with the time zone. */
  readonly birthdate?: string | null
  /** `unspecified` means unknown. */
  readonly gender?: string | null
  /** INSEE code of the commune, or its name. */
  readonly birthplace?: string | null
  /** INSEE code of the country. */
  readonly birthcountry?: string | null
}

export interface MatchOptions<T> {
  /** Tells who a candidate is; a candidate that has the members of {@link Person} needs none. */
  read?: (candidate: T) => Person
  /** One first name in common is enough, whatever its rank: for registers that keep another than the first. */
  anyGivenName?: boolean
  /** The register may hold the usual name as family name: either of the citizen's two names then fits it. */
  usualName?: boolean
}

export type MatchField = 'familyName' | 'givenNames' | 'birthdate'

/** What became of a search, without any value in it. */
export interface Matching<T> {
  match: T | null
  outcome: 'matched' | 'none' | 'several'
  /** How many candidates differed on each field, whatever the others said. */
  differed: Record<MatchField, number>
  candidates: number
}

const fields = ['familyName', 'givenNames', 'birthdate'] as const
const ties = ['gender', 'birthplace', 'birthcountry'] as const

/**
 * The one candidate who is this person, or `null` for none and for several: never the best of two. Family name, first
 * given name and whole birthdate must be known on both sides and equal, names as {@link foldName} writes them, partial
 * birthdates in all their parts. Only between several such candidates do gender and place count: those who differ there
 * are set aside, and one alone must be left. The order of candidates never matters.
 * Throws `OptionProblem` for a birthdate that is no text and for candidates that are no list.
 */
export function matchOne<T>(person: Person, candidates: Iterable<T>, options: MatchOptions<T> = {}): T | null {
  return matchPerson(person, candidates, options).match
}

/** The same with what to write in a trace: how many candidates differed, and where. */
export function matchPerson<T>(person: Person, candidates: Iterable<T>, options: MatchOptions<T> = {}): Matching<T> {
  if (typeof candidates !== 'object' || candidates === null || !(Symbol.iterator in candidates)) {
    refuse('candidates', 'is not a list', 'an array of records, awaited')
  }
  const sought = folded(person, options.usualName === true)
  const differed: Matching<T>['differed'] = { familyName: 0, givenNames: 0, birthdate: 0 }
  const found: { candidate: T; person: Person }[] = []
  let count = 0
  for (const candidate of candidates) {
    count += 1
    const read = options.read ? options.read(candidate) : (candidate as Person)
    const other = folded(read ?? {}, false)
    const wrong = fields.filter((field) => !same(field, sought, other, options.anyGivenName === true))
    for (const field of wrong) differed[field] += 1
    if (wrong.length === 0) found.push({ candidate, person: read })
  }
  const left =
    found.length > 1 ? found.filter((one) => !ties.some((field) => differs(field, person, one.person))) : found
  const outcome = left.length === 1 ? 'matched' : found.length === 0 ? 'none' : 'several'
  return { match: left.length === 1 ? left[0]!.candidate : null, outcome, differed, candidates: count }
}

interface Folded {
  familyName: string[]
  givenNames: string[]
  birthdate: string[]
}

function folded({ familyName, preferredUsername, givenNames, birthdate }: Person, usualName: boolean): Folded {
  const given = typeof givenNames === 'string' ? [givenNames] : Array.isArray(givenNames) ? givenNames : []
  return {
    familyName: (usualName ? [familyName, preferredUsername] : [familyName]).map(nameOf).filter(Boolean),
    givenNames: given.map(nameOf),
    birthdate: dateOf(birthdate)
  }
}

function nameOf(name: unknown): string {
  return typeof name === 'string' ? foldName(name) : ''
}

/** `1992`, `1992-00-00` and `1992-11`, `1992-11-00` say the same. */
function dateOf(birthdate: unknown): string[] {
  if (birthdate === undefined || birthdate === null) return []
  if (typeof birthdate !== 'string')
    return refuse('birthdate', 'is not a text', "'YYYY-MM-DD' (a Date moves with the time zone)")
  const whole = /^\d{4}$/.test(birthdate)
    ? `${birthdate}-00-00`
    : /^\d{4}-\d{2}$/.test(birthdate)
      ? `${birthdate}-00`
      : birthdate
  return parseBirthdate(whole) === null ? [] : [whole]
}

function same(field: MatchField, one: Folded, other: Folded, anyGivenName: boolean): boolean {
  const all = field !== 'givenNames' || anyGivenName
  const [left, right] = all ? [one[field], other[field]] : [one[field].slice(0, 1), other[field].slice(0, 1)]
  return left.some((value) => value !== '' && right.includes(value))
}

/** Known on both sides, and not the same. A code and a name of a place cannot be compared. */
function differs(field: (typeof ties)[number], one: Person, other: Person): boolean {
  const [left, right] = [nameOf(one[field]), nameOf(other[field])]
  if (left === '' || right === '' || left === 'UNSPECIFIED' || right === 'UNSPECIFIED') return false
  return isCode(left) === isCode(right) && left !== right
}

function isCode(folded: string): boolean {
  return /^\d[\dAB]\d{3}$/.test(folded)
}
