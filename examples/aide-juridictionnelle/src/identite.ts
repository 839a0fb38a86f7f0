import { type Login, parseBirthdate } from 'fastify-franceconnect'
import { lieuDeNaissance } from './lieux.ts'
import { dateEnToutesLettres } from './textes.ts'

/** The identité pivot in words: it was checked against the civil register, nobody types it again. */
export interface Identite {
  readonly nomAffiche: string
  readonly recueLe: Date
  readonly lignes: [libelle: string, valeur: string][]
}

export function identiteCertifiee({ userInfo, loggedInAt }: Pick<Login, 'userInfo' | 'loggedInAt'>): Identite {
  const { given_name: prenoms = '', family_name: nom = '', preferred_username: usage } = userInfo
  const naissance = parseBirthdate(userInfo.birthdate)
  const lignes: [string, string][] = [
    ['Nom de naissance', nom],
    ['Nom d’usage', usage ?? ''],
    ['Prénoms', prenoms],
    ['Date de naissance', naissance === null ? '' : dateEnToutesLettres(naissance)],
    ['Lieu de naissance', lieuDeNaissance(userInfo)]
  ]
  return {
    nomAffiche: [prenoms.split(' ')[0], usage ?? nom].filter(Boolean).join(' '),
    recueLe: loggedInAt,
    lignes: lignes.filter(([, valeur]) => valeur !== '')
  }
}
