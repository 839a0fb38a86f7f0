import { createHash } from 'node:crypto'

const subs = []

/** The subject of a virtual citizen, 66 characters as FranceConnect's. */
export function subOf(user) {
  subs[user] ??= `${createHash('sha256').update(`user${user}`).digest('hex')}v1`
  return subs[user]
}

/** What userinfo says of a virtual citizen. */
export function claimsOf(user) {
  return {
    sub: subOf(user),
    given_name: 'Angela Claire Louise',
    given_name_array: ['Angela', 'Claire', 'Louise'],
    family_name: 'DUBOIS',
    birthdate: '1962-08-24',
    gender: 'female',
    birthplace: '75107',
    birthcountry: '99100',
    preferred_username: '',
    email: `user${user}@franceconnect.gouv.fr`
  }
}
