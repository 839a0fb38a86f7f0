import { catalogueApi } from '../api.ts'
import { fields, text } from '../fields.ts'
import { anneeScolaireCommencee, campaignYear } from '../parameters.ts'
import { echelon, etablissement, periodeVersement, statut } from './bourse.ts'

/** Statut étudiant boursier. Source: datagouv/apistration, clients/node/api-particulier (mid-2026), after v4 of the OpenAPI of 28 April 2026. */
export const etudiantBoursier = catalogueApi({
  name: 'cnous/etudiant-boursier',
  title: 'Statut étudiant boursier',
  producer: 'CNOUS',
  provider: 'apiParticulier',
  status: 'available',
  statusNote:
    'v5 is the default of the official clients since mid-2026; it adds `ine` and its scope. The OpenAPI of 28 April 2026 has only v3 and v4.',
  version: 'v5',
  path: '/v5/cnous/etudiant_boursier/france_connect',
  scopes: [
    'cnous_statut_boursier',
    'cnous_echelon_bourse',
    'cnous_email',
    'cnous_periode_versement',
    'cnous_statut_bourse',
    'cnous_ville_etudes',
    'cnous_identite',
    'cnous_ine'
  ],
  fields: {
    cnous_statut_boursier: 'data.statut_boursier (v4+) / data.est_boursier (v3)',
    cnous_echelon_bourse: 'data.echelon_bourse',
    cnous_email: 'data.email',
    cnous_periode_versement: 'data.periode_versement_bourse',
    cnous_ville_etudes: 'data.etablissement_etudes',
    cnous_statut_bourse: 'no field',
    cnous_identite: 'stripped in FC mode',
    cnous_ine: 'data.ine (v5)'
  },
  params: campaignYear,
  rule: anneeScolaireCommencee,
  data: fields({
    statut_boursier: statut,
    periode_versement_bourse: periodeVersement,
    etablissement_etudes: etablissement,
    echelon_bourse: echelon,
    email: text,
    ine: text
  }),
  notes: [
    '`cnous_statut_bourse` left DataPass on 6 August 2026: it is asked only where the service lists it.',
    '`cnous_ine` is absent from FranceConnect’s public source of 24 February 2026, which ignores unknown scopes: when the citizen’s token comes back without it, ask FranceConnect’s support.'
  ],
  sources: [
    'datagouv/apistration (mid-2026):clients/node/api-particulier/CHANGELOG.md (0.4.0)',
    'datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml (v3 and v4 only)'
  ]
})
