import { reconciliationKey as keyOf, type UserInfo } from 'franceconnect-protocol/identity'
import { failure } from '../errors.ts'

export { type Birthdate, isBornAbroad, parseBirthdate, type UserInfo } from 'franceconnect-protocol/identity'

/**
 * A key that stays the same for one person, to find an account made before FranceConnect, or after a `sub` changed: a
 * keyed hash of the identité pivot (first names, birth name, birthdate, gender, birthplace, birthcountry), letter case,
 * accents and hyphens set aside; letters of every script count. The civil register's version (`rnipp_*`) is taken when
 * FranceConnect+ sends it whole. `sub` stays the key of an account; an e-mail never is: people share them, and identity
 * providers do not verify them.
 *
 * @param secret keys the hash (32 characters or more), so that nobody tries identities against a stolen table
 * Throws `FST_FC_INVALID_OPTIONS` when the secret is too short.
 *
 * @returns 64 hexadecimal characters, or `null` when a part is missing or holds neither letter nor figure: a weaker key
 * would mix two people up
 */
export function reconciliationKey(userInfo: UserInfo, secret: string): string | null {
  if (typeof secret !== 'string' || secret.length < 32)
    throw failure('FST_FC_INVALID_OPTIONS', 'reconciliationKey() wants a secret of at least 32 characters.')
  return keyOf(userInfo, secret)
}
