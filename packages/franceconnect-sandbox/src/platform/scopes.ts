import { franceConnectDataScopes, sharedDataScopes } from './data-scopes.ts'

/** Scope → claims of userinfo. A data scope opens a data provider and gives no claim here. */
export type ScopeTable = Record<string, string[]>

const pivot = ['gender', 'family_name', 'given_name', 'birthdate', 'birthplace', 'birthcountry']
const pairs = (names: string[]): ScopeTable => Object.fromEntries(names.map((name) => [name, [name]]))
const registered = (names: string[]): string[] => [
  ...names,
  ...names.flatMap((name) => [`rnipp_${name}`, ...(name === 'given_name' ? ['rnipp_given_name_array'] : [])])
]

/** Scopes of FranceConnect (partner documentation, scopes). */
export const franceConnectScopes: ScopeTable = {
  openid: ['sub'],
  profile: ['given_name', 'given_name_array', 'family_name', 'birthdate', 'gender', 'preferred_username'],
  birth: ['birthplace', 'birthcountry'],
  identite_pivot: [...pivot, 'given_name_array'],
  ...pairs(['gender', 'birthdate', 'birthcountry', 'birthplace']),
  given_name: ['given_name', 'given_name_array'],
  ...pairs(['family_name', 'email', 'preferred_username', 'idp_birthdate', 'amr', 'idp_id']),
  ...pairs(sharedDataScopes),
  ...pairs(franceConnectDataScopes)
}

/** Scopes of FranceConnect+: a `rnipp_x` scope gives the plain claim too. */
export const franceConnectPlusScopes: ScopeTable = {
  openid: ['sub'],
  profile: ['given_name', 'family_name', 'birthdate', 'gender', 'preferred_username'],
  birth: ['birthplace', 'birthcountry'],
  identite_pivot: pivot,
  ...pairs(['gender', 'birthdate', 'birthcountry', 'birthplace', 'given_name', 'family_name', 'email']),
  ...pairs(['preferred_username']),
  rnipp_identite_pivot: registered(pivot),
  rnipp_gender: registered(['gender']),
  rnipp_family_name: registered(['family_name']),
  rnipp_given_name: registered(['given_name']),
  rnipp_birthdate: registered(['birthdate']),
  rnipp_birthplace: registered(['birthplace']),
  rnipp_birthcountry: registered(['birthcountry']),
  rnipp_profile: [...registered(['given_name', 'family_name', 'birthdate', 'gender']), 'preferred_username'],
  rnipp_birth: registered(['birthplace', 'birthcountry']),
  ...pairs(['amr']),
  ...pairs(sharedDataScopes)
}

/** Scopes never granted although the discovery document lists them: asking one is `invalid_scope`. */
export const neverGranted = new Set(['amr'])
