import type { Login } from 'fastify-franceconnect'
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
  const naissance = dateDeNaissance(userInfo.birthdate)
  const lignes: [string, string][] = [
    ['Nom de naissance', nom],
    ['Nom d’usage', usage ?? ''],
    ['Prénoms', prenoms],
    ['Date de naissance', naissance],
    ['Lieu de naissance', lieuDeNaissance(userInfo.birthplace, userInfo.birthcountry)]
  ]
  return {
    nomAffiche: [prenoms.split(' ')[0], usage ?? nom].filter(Boolean).join(' '),
    recueLe: loggedInAt,
    lignes: lignes.filter(([, valeur]) => valeur !== '')
  }
}

/** FranceConnect writes `00` for a day or a month that the civil register does not know. */
function dateDeNaissance(birthdate: string | undefined): string {
  const [, annee, mois, jour] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(birthdate ?? '') ?? []
  if (annee === undefined) return ''
  return dateEnToutesLettres({ year: Number(annee), month: Number(mois) || null, day: Number(jour) || null })
}
