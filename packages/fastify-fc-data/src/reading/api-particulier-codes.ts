/**
 * What the codes of API Particulier mean: five digits, two of the provider and three of the case. Sources:
 * datagouv/apistration, siade/config/errors.yml (April 2026) and its nomenclature of particuliers (September 2026).
 */

/** 422: the body behind API Particulier cannot match this identity. Trying again changes nothing. */
export const IDENTITY_NOT_MATCHED: ReadonlySet<string> = new Set([
  '00366',
  '00391',
  '26561',
  '26563',
  '31563',
  '35565',
  '36560',
  '36561',
  '51564'
])

/** 401 of a token that FranceConnect no longer knows: a login mends it. */
export const TOKEN_OVER: ReadonlySet<string> = new Set(['50002', '51502'])

/** 401 of a token without the scopes of the identité pivot: scopes to ask, not a login to make again. */
export const IDENTITY_SCOPES_MISSING: ReadonlySet<string> = new Set(['50003', '51503'])

/** 401 that a login does not mend, with what is known of each; an empty text where nothing more is public. */
export const TOKEN_REFUSED: Readonly<Record<string, string>> = {
  '50001': 'the token is malformed',
  '51501': 'the token is malformed',
  '50004': 'no Bearer of FranceConnect came with the call: a header was lost on the way',
  '51504': 'no Bearer of FranceConnect came with the call: a header was lost on the way',
  '00101': 'the token is invalid or absent for API Particulier',
  '00103': 'the token is expired for API Particulier',
  '00105': 'the token is on the deny list of API Particulier',
  '00108': '',
  '00109': ''
}

/** 403, with what to do about each; an empty text where nothing more is public. */
export const FORBIDDEN: Readonly<Record<string, string>> = {
  '00100': 'none of the scopes of this API is in the habilitation: ask for them on DataPass',
  '00107': 'the address that the call comes from is refused',
  '00213': ''
}

/** 422 that the service's own settings or parameters cause. */
export const REFUSED_PARAMETERS: Readonly<Record<string, string>> = {
  '00203': 'providers.apiParticulier.recipient is refused: it must be the SIRET of the public body entitled',
  '00210': 'providers.apiParticulier.recipient is refused: it must be the SIRET of the public body entitled',
  '00212': 'the delegation is ambiguous: say which in the parameter delegation_id',
  '00355': 'the month asked is not one that is kept: the current one and the 23 before are'
}

/** The same call is already being served (409): it heals when that one ends. */
export const BUSY = '00015'

/** What the last three digits say, whatever the body behind (prefix 51 is FranceConnect itself) and the HTTP status. */
const CASES: Readonly<Record<string, 'error' | 'down' | 'timeout' | 'rateLimit' | 'partial' | 'maintenance'>> = {
  '000': 'error',
  '001': 'down',
  '002': 'timeout',
  '004': 'down',
  '008': 'rateLimit',
  '010': 'partial',
  '020': 'maintenance'
}

/** The case of a code, `undefined` for those of the platform itself (prefix 00) and unknown ones. */
export function caseOf(code: string): (typeof CASES)[string] | undefined {
  return /^(?!00)\d{5}$/.test(code) ? CASES[code.slice(2)] : undefined
}

/** 422 that are answers: nothing for this person, with what they mean. */
export const NOTHING: Readonly<Record<string, NothingMeaning>> = { '39400': 'outsideAges' }

/**
 * Why `data` is `null`. `noFile`: nothing is known on this citizen; `noFileOrTooEarly`: nothing is known on this citizen for
 * what was asked, or it is not computed yet; `noneEligible`: there is a file, and nobody in it is
 * concerned; `outsideAges`: this citizen's age is not one that the body deals with; `notTheirs`: what was asked is not
 * this citizen's; `mayBeIncomplete`: nothing was found, and one of the bodies asked may not have answered, so that it
 * proves nothing.
 */
export type NothingMeaning =
  | 'noFile'
  | 'noFileOrTooEarly'
  | 'noneEligible'
  | 'outsideAges'
  | 'notTheirs'
  | 'mayBeIncomplete'
