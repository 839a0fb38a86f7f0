import { domicile } from '../dossiers/ordinaire.ts'
import { departement } from '../dossiers/portrait.ts'
import { type Vehicule, vehicules } from '../dossiers/vehicules.ts'
import { notFound, providerError, unprocessable } from './errors.ts'
import type { Question, Resource } from './resource.ts'

const scope = (part: string) => `ants_extrait_immatriculation_vehicule_${part}`

function holder(citizen: NonNullable<Question['citizen']>, vehicule: Vehicule) {
  const { family_name, given_name_array, gender, birthdate, birthplace } = citizen.register
  const [annee, mois, jour] = birthdate.split('-').map(Number)
  const { voie, commune, codePostal } = domicile(citizen).impots
  const [, numero, type, libelle] = /^(\d+) (\S+) (.+)$/.exec(voie) ?? []
  return {
    identite_particulier: {
      nom: family_name.toUpperCase(),
      prenom: given_name_array[0]?.toUpperCase(),
      sexe_etat_civil: gender === 'female' ? 'F' : 'M',
      annee_date_naissance: annee,
      mois_date_naissance: mois,
      jour_date_naissance: jour,
      code_departement_naissance: birthplace ? departement(birthplace) : '99'
    },
    adresse_particulier: {
      complement_information: null,
      num_voie: numero ?? null,
      type_voie: type ?? null,
      libelle_voie: libelle ?? null,
      code_postal_ville: codePostal,
      libelle_commune: commune,
      lieu_dit: null,
      etage_escalier_appartement: null,
      extension: null,
      pays: 'FRANCE'
    },
    statut_rattachement: vehicule.statut
  }
}

function described(vehicule: Vehicule) {
  const pair = (value: [string, string] | null) => ({ code: value?.[0] ?? null, label: value?.[1] ?? null })
  return {
    donnees_immatriculation_vehicule: {
      numero_immatriculation: vehicule.immatriculation,
      date_premiere_immatriculation: vehicule.premiere,
      statut_location: pair(vehicule.location)
    },
    caracteristiques_techniques_vehicule: {
      marque: vehicule.marque,
      type_variante_version: vehicule.type,
      denomination_commerciale: vehicule.nom,
      masse_charge_maximale: vehicule.masse,
      categorie_vehicule: pair(vehicule.categorie),
      genre_national: pair(vehicule.genre),
      cylindree: vehicule.cylindree,
      type_carburant: pair(vehicule.carburant),
      taux_co2: vehicule.co2,
      classe_environnementale: pair([vehicule.norme, vehicule.norme])
    }
  }
}

/** Registration of a vehicle, which must be the citizen's. The holder's identity is always in the answer. */
export const immatriculation: Resource = {
  api: 'ants/extrait-immatriculation-vehicule',
  path: '/v3/ants/extrait_immatriculation_vehicule/france_connect',
  prefix: '42',
  fields: [
    ['identite_particulier'],
    ['adresse_particulier', scope('adresse_particulier')],
    ['statut_rattachement', scope('statut_rattachement')],
    ['donnees_immatriculation_vehicule', scope('donnees_immatriculation_vehicule')],
    ['caracteristiques_techniques_vehicule', scope('caracteristiques_techniques_vehicule')]
  ],
  idle: [scope('identite_particulier')],

  refuse({ query }) {
    if (query.get('immatriculation')) return undefined
    return unprocessable('00430', "L'immatriculation du véhicule est manquante", 'immatriculation')
  },

  find(_dossier, { query, citizen, codes }) {
    const plate = query.get('immatriculation')?.toUpperCase()
    const vehicule = vehicules.find((known) => known.immatriculation === plate)
    if (!vehicule) return { error: providerError('42', '003') }
    if (!citizen || vehicule.titulaire !== citizen.id) {
      const detail = "L'identité fournie ne correspond à aucun titulaire de ce véhicule."
      return { error: notFound('42', 'Identité non trouvée', detail, codes === '5000x' ? '005' : '404') }
    }
    const identity_matching = { family_name: 1, given_name: 1, birth_date: 1, overall_match: true }
    return { data: { ...holder(citizen, vehicule), ...described(vehicule) }, meta: { identity_matching } }
  }
}
