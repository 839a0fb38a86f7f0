import type { UserInfo } from './claims.ts'

/**
 * Whether the citizen was born outside France: a `birthcountry` other than 99100 (INSEE's code of France). Without
 * `birthcountry` the answer is `null`: an empty `birthplace` alone says nothing sure.
 */
export function isBornAbroad({ birthcountry }: Pick<UserInfo, 'birthcountry'>): boolean | null {
  if (birthcountry === undefined || birthcountry === '') return null
  return birthcountry !== '99100'
}
