/** Who the citizen is, as FranceConnect says it. A member whose claim was not granted is absent. */
export interface Identity {
  /** First names in civil order, compound ones whole. */
  givenNames?: string[]
  /** Birth name. */
  familyName?: string
  /** `YYYY-MM-DD`, unknown parts as `00`: never give it to `new Date`. */
  birthdate?: string
  /** `unspecified` is neither of the two others. */
  gender?: 'male' | 'female' | 'unspecified' | (string & {})
  /** INSEE code of the commune; empty when born abroad. */
  birthplace?: string
  /** INSEE code of the country, `99100` for France. */
  birthcountry?: string
  /** « Nom d'usage ». */
  preferredUsername?: string
}

const texts = {
  family_name: 'familyName',
  birthdate: 'birthdate',
  gender: 'gender',
  birthplace: 'birthplace',
  birthcountry: 'birthcountry',
  preferred_username: 'preferredUsername'
} as const
const longest = 1000

/** Reads the identity claims of an introspection, known members only; `null` when one has another shape than it should. */
export function readIdentity(claims: Record<string, unknown>): Identity | null {
  const identity: Identity = {}
  for (const [claim, member] of Object.entries(texts)) {
    const value = claims[claim]
    if (value === undefined) continue
    if (!isText(value)) return null
    identity[member as (typeof texts)[keyof typeof texts]] = value
  }
  const { given_name: whole, given_name_array: each } = claims
  if (each !== undefined) {
    if (!Array.isArray(each) || each.length > 100 || !each.every(isText)) return null
    identity.givenNames = [...each]
  } else if (whole !== undefined) {
    if (!isText(whole)) return null
    // one text is never cut at its spaces: compound first names have some
    identity.givenNames = [whole]
  }
  return identity
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longest
}
