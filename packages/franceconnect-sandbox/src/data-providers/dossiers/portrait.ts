import type { Citizen } from '../../citizens/citizen.ts'
import type { Personne } from './allocataire.ts'
import type { Declarant } from './fiscal.ts'

/** The social security number that somebody would have: 13 digits and their key, Corsica counting as 19 and 18. */
export function nirOf(gender: string, birthdate: string, birthplace: string, order = 42): string {
  const [year = '', month = ''] = birthdate.split('-')
  const place = birthplace.replace('2A', '19').replace('2B', '18').padStart(5, '9')
  const digits = `${gender === 'female' ? 2 : 1}${year.slice(2)}${month}${place}${String(order).padStart(3, '0')}`
  return `${digits}${String(97 - Number(BigInt(digits) % 97n)).padStart(2, '0')}`
}

/** The social security number of a citizen: somebody born abroad has the country's code instead of a commune's. */
export function nir({ register }: Citizen): string {
  return nirOf(register.gender, register.birthdate, register.birthplace || register.birthcountry)
}

/** A citizen as the CAF writes people. */
export function personne({ register, provider }: Citizen): Personne {
  return {
    nom_naissance: register.family_name.toUpperCase(),
    nom_usage: provider.preferred_username?.toUpperCase() ?? null,
    prenoms: register.given_name.toUpperCase(),
    date_naissance: register.birthdate,
    sexe: register.gender === 'female' ? 'F' : 'M',
    code_cog_insee_commune_naissance: register.birthplace || null
  }
}

/** Somebody who is no citizen of the sandbox: a child, a spouse. */
export function proche(
  nom_naissance: string,
  prenoms: string,
  sexe: 'F' | 'M',
  date_naissance: string,
  code_cog_insee_commune_naissance: string | null = '75107'
): Personne {
  return { nom_naissance, nom_usage: null, prenoms, date_naissance, sexe, code_cog_insee_commune_naissance }
}

/** A birthday (`MM-DD`) in the year so many years before: somebody who stays a small child as years go by. */
export function bornAgo(years: number, birthday: string, today: Date): string {
  return `${today.getUTCFullYear() - years}-${birthday}`
}

/** A citizen as the DGFiP writes a declarant. */
export function declarant({ id, register, provider }: Citizen): Declarant {
  const abroad = register.birthcountry !== '99100'
  return {
    nom: register.family_name.toUpperCase(),
    nomUsage: provider.preferred_username?.toUpperCase() ?? '',
    prenoms: register.given_name.toUpperCase(),
    naissance: register.birthdate,
    departement: abroad ? '99' : departement(register.birthplace ?? ''),
    lieu: abroad ? 'ÉTRANGER' : (register.birthplace ?? ''),
    spi: `30${String(seedOf(id)).padStart(11, '0').slice(0, 11)}`
  }
}

/** Département of a commune's code: two characters, three overseas. */
export function departement(commune: string): string {
  return /^9[78]/.test(commune) ? commune.slice(0, 3) : commune.slice(0, 2)
}

/** A number of its own for each citizen, the same every time. */
export function seedOf(id: string): number {
  let hash = 2_166_136_261
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0
  return hash
}

/** Full years between a birthdate and a day. */
export function ageAt(birthdate: string, today: Date): number {
  const [year = 0, month = 1, day = 1] = birthdate.split('-').map(Number)
  const before = today.getUTCMonth() + 1 < month || (today.getUTCMonth() + 1 === month && today.getUTCDate() < day)
  return today.getUTCFullYear() - year - (before ? 1 : 0)
}
