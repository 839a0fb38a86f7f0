import type { Citizen, Identity, ProviderIdentity } from './citizen.ts'

/**
 * The civil register's form of what an identity provider says: a presumed date is completed by 01,
 * a birthplace abroad becomes empty (FranceConnect partner documentation, pivot identity).
 */
function registered(identity: ProviderIdentity): Identity {
  const { email: _email, preferred_username: _name, ...civil } = identity
  return {
    ...civil,
    family_name: identity.family_name.toUpperCase(),
    birthdate: identity.birthdate.replaceAll('-00', '-01'),
    birthplace: identity.birthcountry === '99100' ? (identity.birthplace ?? '') : ''
  }
}

type Described = Omit<Partial<ProviderIdentity>, 'given_name_array'> & {
  title: string
  given: string[]
  family_name: string
  birthdate: string
  gender: Identity['gender']
  refusal?: string
}

/** A citizen in a few words: born in Paris 7e and reachable by e-mail unless said otherwise. */
export function citizen(id: string, described: Described): Citizen {
  const { title, given, refusal, ...identity } = described
  const provider: ProviderIdentity = {
    birthplace: '75107',
    birthcountry: '99100',
    email: `${id.normalize('NFD').replace(/\p{M}/gu, '').replace(/\W|_/g, '-').toLowerCase()}@sandbox.example`,
    ...identity,
    given_name: given.join(' '),
    given_name_array: given
  }
  return { id, title, register: registered(provider), provider, ...(refusal && { refusal }) }
}
