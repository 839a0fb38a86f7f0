import { createHmac } from 'node:crypto'
import { refuse } from '../options/option-values.ts'
import type { UserInfo } from './claims.ts'
import { foldName } from './names.ts'

const pivot = ['given_name', 'family_name', 'birthdate', 'gender', 'birthcountry'] as const

/**
 * A key that stays the same for one person, to find an account made before FranceConnect, or after a `sub` changed: a
 * keyed hash of the identité pivot (first names, birth name, birthdate, gender, birthplace, birthcountry), letter case,
 * accents and hyphens set aside. The civil register's version (`rnipp_*`) is taken when FranceConnect+ sends it whole.
 * `sub` stays the key of an account; an e-mail never is: people share them, and identity providers do not verify them.
 *
 * @param secret keys the hash (32 characters or more), so that nobody tries identities against a stolen table
 * Throws `OptionProblem` when the secret is too short.
 *
 * @returns 64 hexadecimal characters, or `null` when a part is missing: a weaker key would mix two people up
 */
export function reconciliationKey(userInfo: UserInfo, secret: string): string | null {
  if (typeof secret !== 'string' || secret.length < 32) {
    refuse('secret', 'is too short for reconciliationKey()', 'at least 32 characters')
  }
  const parts = pivotOf(userInfo, 'rnipp_') ?? pivotOf(userInfo, '')
  return parts === null ? null : createHmac('sha256', secret).update(parts.join('\0')).digest('hex')
}

function pivotOf(userInfo: UserInfo, prefix: '' | 'rnipp_'): string[] | null {
  const parts = pivot.map((name) => userInfo[prefix + name])
  if (!parts.every((part) => typeof part === 'string' && part !== '')) return null
  const birthplace = userInfo[`${prefix}birthplace`]
  return [...(parts as string[]), typeof birthplace === 'string' ? birthplace : ''].map(words)
}

/** Word by word, so that the borders between first names stay. */
function words(text: string): string {
  return text
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(foldName)
    .filter(Boolean)
    .join(' ')
}
