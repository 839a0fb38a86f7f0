import { catalogueApi } from '../api.ts'
import { fields, text } from '../fields.ts'
import { anneeScolaireCommencee, campaignYear } from '../parameters.ts'
import { echelon, etablissement, periodeVersement, statut } from './bourse.ts'

/** Statut étudiant boursier (v4). Source: datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml. */
export const etudiantBoursierV4 = catalogueApi({
  name: 'cnous/etudiant-boursier@v4',
  title: 'Statut étudiant boursier (v4)',
  producer: 'CNOUS',
  provider: 'apiParticulier',
  status: 'deprecated',
  statusNote: 'Deprecated by v5.',
  version: 'v4',
  path: '/v4/cnous/etudiant_boursier/france_connect',
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
  params: campaignYear,
  rule: anneeScolaireCommencee,
  data: fields({
    statut_boursier: statut,
    periode_versement_bourse: periodeVersement,
    etablissement_etudes: etablissement,
    echelon_bourse: echelon,
    email: text
  }),
  notes: ['`cnous_statut_bourse` left DataPass on 6 August 2026: it is asked only where the service lists it.'],
  sources: ['datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml']
})
