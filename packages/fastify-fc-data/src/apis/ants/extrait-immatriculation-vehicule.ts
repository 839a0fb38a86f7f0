import { catalogueApi } from '../api.ts'
import { fields, integer, known, nullable, number, text } from '../fields.ts'
import { immatriculation, plaqueNormalisee } from '../parameters.ts'

/** Extrait d'immatriculation véhicule (carte grise / SIV). Source: datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml. */
export const extraitImmatriculationVehicule = catalogueApi({
  name: 'ants/extrait-immatriculation-vehicule',
  title: `Extrait d'immatriculation véhicule (carte grise / SIV)`,
  producer: 'ANTS (France Titres)',
  provider: 'apiParticulier',
  status: 'available',
  version: 'v3',
  path: '/v3/ants/extrait_immatriculation_vehicule/france_connect',
  scopes: [
    'ants_extrait_immatriculation_vehicule_identite_particulier',
    'ants_extrait_immatriculation_vehicule_adresse_particulier',
    'ants_extrait_immatriculation_vehicule_statut_rattachement',
    'ants_extrait_immatriculation_vehicule_donnees_immatriculation_vehicule',
    'ants_extrait_immatriculation_vehicule_caracteristiques_techniques_vehicule'
  ],
  fields: {
    ants_extrait_immatriculation_vehicule_identite_particulier:
      'data.identite_particulier (serializer returns it unconditionally; alone it gives 403 because *_identite* scopes are stripped)',
    ants_extrait_immatriculation_vehicule_adresse_particulier: 'data.adresse_particulier',
    ants_extrait_immatriculation_vehicule_statut_rattachement: 'data.statut_rattachement',
    ants_extrait_immatriculation_vehicule_donnees_immatriculation_vehicule: 'data.donnees_immatriculation_vehicule',
    ants_extrait_immatriculation_vehicule_caracteristiques_techniques_vehicule:
      'data.caracteristiques_techniques_vehicule'
  },
  params: immatriculation,
  canonical: plaqueNormalisee,
  data: fields({
    identite_particulier: fields({
      nom: text,
      prenom: text,
      sexe_etat_civil: known('M', 'F'),
      annee_date_naissance: nullable(integer),
      mois_date_naissance: nullable(integer),
      jour_date_naissance: nullable(integer),
      code_departement_naissance: text
    }),
    adresse_particulier: fields({
      complement_information: nullable(text),
      num_voie: nullable(text),
      type_voie: nullable(text),
      libelle_voie: nullable(text),
      code_postal_ville: text,
      libelle_commune: text,
      lieu_dit: nullable(text),
      etage_escalier_appartement: nullable(text),
      extension: nullable(text),
      pays: nullable(text)
    }),
    statut_rattachement: known('locataire', 'titulaire', 'cotitulaire'),
    donnees_immatriculation_vehicule: fields({
      numero_immatriculation: text,
      date_premiere_immatriculation: text,
      statut_location: fields({ code: nullable(text), label: nullable(text) })
    }),
    caracteristiques_techniques_vehicule: fields({
      marque: text,
      type_variante_version: text,
      denomination_commerciale: text,
      masse_charge_maximale: number,
      categorie_vehicule: fields({
        code: known(
          'M1',
          'M2',
          'M3',
          'N1',
          'N2',
          'N3',
          'O1',
          'O2',
          'O3',
          'O4',
          'L1e',
          'L2e',
          'L3e',
          'L4e',
          'L5e',
          'L6e',
          'L7e'
        ),
        label: text
      }),
      genre_national: fields({
        code: known(
          'VP',
          'CTTE',
          'VASP',
          'TCP',
          'TRR',
          'CAM',
          'REM',
          'RESP',
          'SRAT',
          'SREM',
          'CL',
          'CYCL',
          'MTL',
          'MTT1',
          'MTT2',
          'MOTO',
          'MAGA',
          'QM',
          'TRA'
        ),
        label: text
      }),
      cylindree: number,
      type_carburant: fields({
        code: known(
          'AC',
          'EE',
          'EG',
          'EH',
          'EL',
          'EM',
          'EN',
          'EP',
          'EQ',
          'ER',
          'ES',
          'ET',
          'FE',
          'FG',
          'FH',
          'FL',
          'FN',
          'GA',
          'GF',
          'GG',
          'GH',
          'GL',
          'GM',
          'GN',
          'GO',
          'GP',
          'GQ',
          'GZ',
          'H2',
          'HE',
          'HH',
          'HY',
          'NE',
          'NH',
          'PE',
          'PH',
          'PL'
        ),
        label: text
      }),
      taux_co2: number,
      classe_environnementale: fields({
        code: known(
          'Euro 1',
          'Euro 2',
          'Euro 3',
          'Euro 4',
          'Euro 5',
          'Euro 5a',
          'Euro 5b',
          'Euro 6',
          'Euro 6b',
          'Euro 6c',
          'Euro 6d-TEMP',
          'Euro 6d',
          'Euro 6e',
          'Euro VI'
        ),
        label: text
      })
    })
  }),
  nothing: { '42005': 'notTheirs', '42404': 'notTheirs' },
  notes: [
    'FC-only API; restricted to local authorities for resident parking pricing; progressive rollout.',
    'meta.identity_matching {family_name,given_name,birth_date: 0|1; overall_match: bool} : the plate must belong to the FC identity, else 404 42404 (42005 until 2026) "Identité non trouvée"; an unknown plate is 404 42003.',
    'Replaces the older FC scope mi_siv_carte_grise.'
  ],
  sources: ['datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml']
})
