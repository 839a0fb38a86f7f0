import { createHmac } from 'node:crypto'
import { refuse } from '../options/option-values.ts'
import type { UserInfo } from './claims.ts'

const pivot = ['given_name', 'family_name', 'birthdate', 'gender', 'birthcountry'] as const

/**
 * A key that stays the same for one person, to find an account made before FranceConnect, or after a `sub` changed: a
 * keyed hash of the identité pivot (first names, birth name, birthdate, gender, birthplace, birthcountry), letter case,
 * accents and hyphens set aside; letters of every script count. The civil register's version (`rnipp_*`) is taken when
 * FranceConnect+ sends it whole. `sub` stays the key of an account; an e-mail never is: people share them, and identity
 * providers do not verify them.
 *
 * @param secret keys the hash (32 characters or more), so that nobody tries identities against a stolen table
 * Throws `OptionProblem` when the secret is too short.
 *
 * @returns 64 hexadecimal characters, or `null` when a part is missing or holds neither letter nor figure: a weaker key
 * would mix two people up
 */
export function reconciliationKey(userInfo: UserInfo, secret: string): string | null {
  if (typeof secret !== 'string' || secret.length < 32) {
    refuse('secret', 'is too short for reconciliationKey()', 'at least 32 characters')
  }
  const parts = pivotOf(userInfo, 'rnipp_') ?? pivotOf(userInfo, '')
  return parts === null ? null : createHmac('sha256', secret).update(parts.join('\0')).digest('hex')
}

function pivotOf(userInfo: UserInfo, prefix: '' | 'rnipp_'): string[] | null {
  const parts = pivot.map((name) => normalised(userInfo[prefix + name]))
  const birthplace = userInfo[`${prefix}birthplace`]
  const place = birthplace === undefined || birthplace === '' ? '' : normalised(birthplace)
  return parts.includes('') || (place === '' && birthplace) ? null : [...parts, place]
}

/**
 * Letters of every script and figures, word by word, whatever width or shape they are typed in; the accents of Latin
 * letters are not always typed.
 */
function normalised(text: unknown): string {
  if (typeof text !== 'string') return ''
  const kept = text
    .replace(/[œŒ]/g, 'OE')
    .replace(/[æÆ]/g, 'AE')
    .replace(/ẞ/g, 'SS')
    .replace(/\p{Cf}/gu, '')
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})[\u0300-\u036f]+/gu, '$1')
    .normalize('NFC')
    .toUpperCase()
    .replace(/[^\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{M}\p{N}]+/gu, ' ')
    .trim()
  return /[\p{L}\p{N}]/u.test(kept) ? kept : ''
}
