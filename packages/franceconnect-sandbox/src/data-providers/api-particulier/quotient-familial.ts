import { noAllocataire } from './absence.ts'
import { unprocessable } from './errors.ts'
import type { Resource } from './resource.ts'

/** Months since year 0, so that periods subtract. */
const month = (year: number, oneToTwelve: number) => year * 12 + oneToTwelve - 1

function asked(query: URLSearchParams, today: Date): { annee: number; mois: number } {
  const number = (name: string, otherwise: number) => (query.has(name) ? Number(query.get(name)) : otherwise)
  return { annee: number('annee', today.getUTCFullYear()), mois: number('mois', today.getUTCMonth() + 1) }
}

/** CAF or MSA file of the citizen's family, for one month of the last two years. */
export const quotientFamilial: Resource = {
  api: 'dss/quotient-familial',
  path: '/v3/dss/quotient_familial/france_connect',
  prefix: '35',
  cached: 86_400,
  fields: [
    ['quotient_familial', 'cnaf_quotient_familial'],
    ['allocataires', 'cnaf_allocataires'],
    ['enfants', 'cnaf_enfants'],
    ['adresse', 'cnaf_adresse']
  ],

  refuse({ query, today }) {
    const { annee, mois } = asked(query, today)
    const present = month(today.getUTCFullYear(), today.getUTCMonth() + 1)
    if (!Number.isInteger(annee) || annee > today.getUTCFullYear() || annee < today.getUTCFullYear() - 2) {
      return unprocessable('00356', "L'année demandée doit être l'année en cours (N), N-1 ou N-2.", 'annee')
    }
    if (!Number.isInteger(mois) || mois < 1 || mois > 12 || month(annee, mois) > present) {
      return unprocessable('00354', 'Le mois demandé est incorrect ou est dans le futur.', 'mois')
    }
    if (present - month(annee, mois) <= 23) return undefined
    return unprocessable(
      '00355',
      "La période demandée est antérieure de plus de 23 mois. Le quotient familial n'est disponible que pour le mois en cours et les 23 mois précédents."
    )
  },

  find(dossier, { query, today, codes }) {
    const file = dossier?.allocataire
    if (!file) return { error: noAllocataire(dossier, '35', codes) }
    const { annee, mois } = asked(query, today)
    const person = ({ code_cog_insee_commune_naissance: _, ...rest }: (typeof file.allocataires)[number]) => rest
    return {
      data: {
        quotient_familial: {
          fournisseur: file.fournisseur,
          valeur: file.quotient,
          annee,
          mois,
          annee_calcul: mois === 1 ? annee - 1 : annee,
          mois_calcul: mois === 1 ? 12 : mois - 1
        },
        allocataires: file.allocataires.map(person),
        enfants: file.enfants.map(person),
        adresse: file.adresse
      }
    }
  }
}
