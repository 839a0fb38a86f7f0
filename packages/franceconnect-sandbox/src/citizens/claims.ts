import type { Platform } from '../platform/platform.ts'
import type { Citizen, Identity } from './citizen.ts'

const identityNames = ['gender', 'family_name', 'given_name', 'birthdate', 'birthplace', 'birthcountry'] as const

const present = (entries: [string, unknown][]): Record<string, unknown> =>
  Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== ''))

/** Claims of FranceConnect: the civil register's identity, the identity provider's contact details. */
function fromRegister({ register, provider }: Citizen, idpUid: string): Record<string, unknown> {
  return {
    ...pick(register),
    given_name_array: register.given_name_array,
    ...present([
      ['email', provider.email],
      ['preferred_username', provider.preferred_username],
      ['idp_birthdate', provider.birthdate],
      ['idp_id', idpUid]
    ])
  }
}

/** Claims of FranceConnect+: the identity provider's, with the register's own under `rnipp_` names. */
function fromProvider({ register, provider }: Citizen): Record<string, unknown> {
  return {
    ...present([
      ...identityNames.map((name): [string, unknown] => [name, provider[name]]),
      ['email', provider.email],
      ['preferred_username', provider.preferred_username]
    ]),
    ...Object.fromEntries(identityNames.map((name) => [`rnipp_${name}`, register[name] ?? ''])),
    rnipp_given_name_array: register.given_name_array
  }
}

const pick = (identity: Identity): Record<string, unknown> =>
  Object.fromEntries(identityNames.map((name) => [name, identity[name] ?? '']))

/** Everything that a platform may say of a citizen, before scopes are applied; a claim without value is absent. */
export function claimsOf(platform: Platform, citizen: Citizen, idpUid: string): Record<string, unknown> {
  return platform.identityFrom === 'register' ? fromRegister(citizen, idpUid) : fromProvider(citizen)
}

/** The pivot identity that `checktoken` gives a data provider, whatever identity scopes the service asked. */
export function pivotIdentity({ register }: Citizen): Record<string, unknown> {
  return { ...pick(register), given_name_array: register.given_name_array }
}
