import { catalogueApi } from '../api.ts'
import { boolean, fields, noParameters, text } from '../fields.ts'
import { echelon, etablissement, periodeVersement } from './bourse.ts'

/** Statut étudiant boursier (v3). Source: datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml. */
export const etudiantBoursierV3 = catalogueApi({
  name: 'cnous/etudiant-boursier@v3',
  title: 'Statut étudiant boursier (v3)',
  producer: 'CNOUS',
  provider: 'apiParticulier',
  status: 'deprecated',
  statusNote: 'Deprecated in the OpenAPI of 28 April 2026.',
  version: 'v3',
  path: '/v3/cnous/etudiant_boursier/france_connect',
  scopes: [
    'cnous_statut_boursier',
    'cnous_echelon_bourse',
    'cnous_email',
    'cnous_periode_versement',
    'cnous_statut_bourse',
    'cnous_ville_etudes',
    'cnous_identite'
  ],
  fields: {
    cnous_statut_boursier: 'data.statut_boursier (v4+) / data.est_boursier (v3)',
    cnous_echelon_bourse: 'data.echelon_bourse',
    cnous_email: 'data.email',
    cnous_periode_versement: 'data.periode_versement_bourse',
    cnous_ville_etudes: 'data.etablissement_etudes',
    cnous_statut_bourse: 'no field in v3/v4 FC responses',
    cnous_identite: 'stripped in FC mode'
  },
  params: noParameters,
  data: fields({
    periode_versement_bourse: periodeVersement,
    etablissement_etudes: etablissement,
    echelon_bourse: echelon,
    email: text,
    est_boursier: boolean
  }),
  notes: ['`cnous_statut_bourse` left DataPass on 6 August 2026: it is asked only where the service lists it.'],
  sources: ['datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml']
})
