import { createHmac } from 'node:crypto'
import type { UserInfo } from './claims.ts'
import { failure } from './errors.ts'

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
  if (month > 0 && day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null
  return { year, month: month || null, day: day || null }
}

/**
 * Whether the citizen was born outside France: a `birthcountry` other than 99100 (INSEE's code of France). Without
 * `birthcountry` the answer is `null`: an empty `birthplace` alone says nothing sure.
 */
export function isBornAbroad({ birthcountry }: Pick<UserInfo, 'birthcountry'>): boolean | null {
  if (birthcountry === undefined || birthcountry === '') return null
  return birthcountry !== '99100'
}

const pivot = ['given_name', 'family_name', 'birthdate', 'gender', 'birthcountry'] as const

/**
 * A key that stays the same for one person, to find an account made before FranceConnect, or after a `sub` changed: a
 * keyed hash of the identité pivot (first names, birth name, birthdate, gender, birthplace, birthcountry), letter case,
 * accents and hyphens set aside; letters of every script count. The civil register's version (`rnipp_*`) is taken when FranceConnect+ sends it whole.
 * `sub` stays the key of an account; an e-mail never is: people share them, and identity providers do not verify them.
 *
 * @param secret keys the hash (32 characters or more), so that nobody tries identities against a stolen table
 * Throws `FST_FC_INVALID_OPTIONS` when the secret is too short.
 *
 * @returns 64 hexadecimal characters, or `null` when a part is missing or holds neither letter nor figure: a weaker key
 * would mix two people up
 */
export function reconciliationKey(userInfo: UserInfo, secret: string): string | null {
  if (secret.length < 32)
    throw failure('FST_FC_INVALID_OPTIONS', 'reconciliationKey() wants a secret of at least 32 characters.')
  const parts = pivotOf(userInfo, 'rnipp_') ?? pivotOf(userInfo, '')
  return parts === null ? null : createHmac('sha256', secret).update(parts.join('\0')).digest('hex')
}

function pivotOf(userInfo: UserInfo, prefix: '' | 'rnipp_'): string[] | null {
  const parts = pivot.map((name) => normalised(userInfo[prefix + name]))
  const birthplace = userInfo[`${prefix}birthplace`]
  const place = birthplace === undefined || birthplace === '' ? '' : normalised(birthplace)
  return parts.includes('') || (place === '' && birthplace) ? null : [...parts, place]
}

/** Letters of every script and figures; the accents of Latin letters are not always typed. */
function normalised(text: unknown): string {
  if (typeof text !== 'string') return ''
  const kept = text
    .replace(/[œŒ]/g, 'OE')
    .replace(/[æÆ]/g, 'AE')
    .normalize('NFD')
    .replace(/(\p{Script=Latin})[\u0300-\u036f]+/gu, '$1')
    .normalize('NFC')
    .toUpperCase()
    .replace(/[^\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{M}\p{N}]+/gu, ' ')
    .trim()
  return /[\p{L}\p{N}]/u.test(kept) ? kept : ''
}
