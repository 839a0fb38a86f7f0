import type { Personne } from '../dossiers/allocataire.ts'
import { ageAt } from '../dossiers/portrait.ts'
import { noAllocataire, refusedIdentity } from './absence.ts'
import { notFound, providers } from './errors.ts'
import type { Resource } from './resource.ts'

const withoutPlace = ({ code_cog_insee_commune_naissance: _, ...rest }: Personne) => rest

/** Household counted for the RSA. Announced for FranceConnect, not open yet. */
const foyerRsa: Resource = {
  api: 'dss/foyer-rsa',
  path: '/v3/dss/foyer_rsa/france_connect',
  prefix: '36',
  fields: [
    ['beneficiaires', 'cnav_foyer_rsa'],
    ['personnes_a_charge', 'cnav_foyer_rsa']
  ],
  find(dossier, { codes }) {
    const refused = refusedIdentity(dossier, '36', codes)
    if (refused) return { error: refused }
    const file = dossier?.allocataire
    if (!file?.revenuSolidarite) {
      const missing = notFound('40', 'Dossier non trouvé', 'Aucun foyer bénéficiaire du RSA à ce nom.', '402')
      return { error: { ...missing, meta: { provider: providers['37'] } } }
    }
    const beneficiaires = file.allocataires.map((person, index) => ({
      ...withoutPlace(person),
      qualite: index === 0 ? 'allocataire' : 'conjoint'
    }))
    return { data: { beneficiaires, personnes_a_charge: file.enfants.map(withoutPlace) } }
  }
}

const eaje = (part: string) => `cnav_participation_familiale_eaje_${part}`

/** Age from which a child goes to no day nursery. */
const nurseryAge = 7

/**
 * What the price of a place in a day nursery is computed from: for a file with a child under seven, all of whose children
 * are in the answer.
 */
const participationFamiliale: Resource = {
  api: 'dss/participation-familiale-eaje',
  path: '/v3/dss/participation_familiale_eaje/france_connect',
  prefix: '36',
  cached: 3600,
  fields: [
    ['allocataires', eaje('allocataires')],
    ['enfants', eaje('enfants')],
    ['adresse', eaje('adresse')],
    ['parametres_calcul_participation_familiale', eaje('parametres_calcul')]
  ],
  find(dossier, { today, codes }) {
    const file = dossier?.allocataire
    if (!file) return { error: noAllocataire(dossier, '36', codes) }
    if (!file.enfants.some(({ date_naissance }) => ageAt(date_naissance, today) < nurseryAge)) {
      return { error: notFound('37', 'Allocataire non éligible', "Le dossier n'a pas d'enfant de moins de sept ans.") }
    }
    return {
      data: {
        allocataires: file.allocataires,
        enfants: file.enfants,
        adresse: file.adresse,
        parametres_calcul_participation_familiale: {
          nombre_enfants_a_charge: file.enfants.length,
          nombre_enfants_beneficiaire_aeeh: file.enfantsAeeh ?? 0,
          base_ressources_annuelles: {
            valeur: file.ressources,
            annee_calcul: today.getUTCFullYear() - (file.fournisseur === 'MSA' ? 0 : 2)
          }
        }
      }
    }
  }
}

/** Households as the family benefits funds count them. */
export const foyers: Resource[] = [foyerRsa, participationFamiliale]
