import type { ContratServiceCivique } from '../dossiers/dossier.ts'
import { ageAt } from '../dossiers/portrait.ts'
import type { Field } from '../mask.ts'
import { notFound, providerError } from './errors.ts'
import type { Resource } from './resource.ts'

const serviceNational: Resource = {
  api: 'dsnj/service-national',
  path: '/v3/dsnj/service_national/france_connect',
  prefix: '39',
  fields: [
    ['statut_service_national', 'dsnj_statut_service_national'],
    ['commentaires', 'dsnj_statut_service_national']
  ],
  find(dossier, { citizen, today }) {
    const file = dossier?.serviceNational
    const age = citizen ? ageAt(citizen.register.birthdate, today) : undefined
    if (age === undefined || (age >= 16 && age <= 25)) {
      if (!file) return { error: providerError('39', '003') }
      return { data: { statut_service_national: file.statut, commentaires: file.commentaires } }
    }
    return {
      error: {
        ...notFound(
          '39',
          'Age non pertinent pour le Service National',
          "L'age renseigné n'est pas compris entre 16 et 25 ans incluts, et n'est donc pas concerné par le Service National.",
          '400'
        ),
        status: 422
      }
    }
  }
}

const asc = (part: string) => `gip_mds_service_civique_${part}`

const contractFields = (name: 'statut_actuel' | 'statut_passe'): Field[] => [
  [`${name}.contrat_trouve`, asc(name)],
  [`${name}.organisme_accueil`, asc(name), asc('organisme_accueil')],
  [`${name}.date_debut_contrat`, asc(name), asc('dates')],
  [`${name}.date_fin_contrat`, asc(name), asc('dates')]
]

const contract = (found: ContratServiceCivique | undefined) => ({
  contrat_trouve: found !== undefined,
  organisme_accueil: { siret: found?.siret ?? null, raison_sociale: found?.raison_sociale ?? null },
  date_debut_contrat: found?.debut ?? null,
  date_fin_contrat: found?.fin ?? null
})

const serviceCivique: Resource = {
  api: 'gip-mds/service-civique',
  path: '/v3/gip_mds/service_civique/france_connect',
  prefix: '31',
  fields: [...contractFields('statut_actuel'), ...contractFields('statut_passe')],
  find(dossier) {
    const file = dossier?.serviceCivique
    if (!file) return { error: providerError('31', '003') }
    return { data: { statut_actuel: contract(file.actuel), statut_passe: contract(file.passe) } }
  }
}

/** National and civic service. */
export const services: Resource[] = [serviceNational, serviceCivique]
