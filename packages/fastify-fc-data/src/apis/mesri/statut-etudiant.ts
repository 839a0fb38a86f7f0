import { catalogueApi } from '../api.ts'
import { boolean, fields, known, list, noParameters, text } from '../fields.ts'

/** Statut étudiant. Source: datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml. */
export const statutEtudiant = catalogueApi({
  name: 'mesri/statut-etudiant',
  title: 'Statut étudiant',
  producer: 'MESR (ex-MESRI)',
  provider: 'apiParticulier',
  status: 'available',
  version: 'v3',
  path: '/v3/mesri/statut_etudiant/france_connect',
  scopes: [
    'mesri_identite',
    'mesri_admissions',
    'mesri_admission_inscrit',
    'mesri_admission_regime_formation',
    'mesri_admission_commune_etudes',
    'mesri_admission_etablissement_etudes'
  ],
  otherScopes: ['mesri_admission_etablissement_etude'],
  fields: {
    mesri_admissions: 'data.admissions[] (date_debut,date_fin)',
    mesri_admission_inscrit: 'admissions[].est_inscrit',
    mesri_admission_regime_formation: 'admissions[].regime_formation',
    mesri_admission_commune_etudes: 'admissions[].code_cog_insee_commune',
    mesri_admission_etablissement_etudes: 'admissions[].etablissement_etudes',
    mesri_identite: 'stripped in FC mode (no data.identite)'
  },
  params: noParameters,
  data: fields({
    admissions: list(
      fields({
        date_debut: text,
        date_fin: text,
        est_inscrit: boolean,
        regime_formation: fields({
          libelle: known(
            'formation initiale',
            'formation initiale hors apprentissage',
            `reprise d'études non financée sans convention`,
            `contrat d'apprentissage`,
            'formation continue',
            'formation continue hors contrat professionnel',
            'contrat de professionnalisation'
          ),
          code: known('RF1', 'RF2', 'RF3', 'RF4', 'RF5', 'RF6', 'RF7')
        }),
        code_cog_insee_commune: text,
        etablissement_etudes: fields({ uai: text, nom: text })
      })
    )
  }),
  notes: [
    'FranceConnect’s source spells `mesri_admission_etablissement_etude`, API Particulier checks `mesri_admission_etablissement_etudes`: give the spelling of your habilitation in `scopes`.'
  ],
  sources: ['datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml']
})
