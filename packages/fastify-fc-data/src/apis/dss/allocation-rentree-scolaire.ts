import { catalogueApi } from '../../api.ts'
import { fields, noParameters, nullable, text } from '../fields.ts'

/** Statut allocation de rentrée scolaire (ARS). Source: datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml. */
export const allocationRentreeScolaire = catalogueApi({
  name: 'dss/allocation-rentree-scolaire',
  title: 'Statut allocation de rentrée scolaire (ARS)',
  producer: 'CNAF & MSA',
  provider: 'apiParticulier',
  status: 'available',
  statusNote:
    'On DataPass in August 2026; absent from the OpenAPI of 28 April 2026, present in later versions. The perimeter is still being confirmed.',
  version: 'v3',
  path: '/v3/dss/allocation_rentree_scolaire/france_connect',
  scopes: ['cnav_allocation_rentree_scolaire'],
  fields: { cnav_allocation_rentree_scolaire: 'data.status, data.date_debut_droit' },
  params: noParameters,
  data: fields({ status: text, date_debut_droit: nullable(text) }),
  notes: [
    'The scope is absent from FranceConnect’s public source of 24 February 2026, which ignores unknown scopes: when the citizen’s token comes back without it, ask FranceConnect’s support.'
  ],
  sources: [
    'datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml',
    'etalab/data_pass@c3a17f12 config/authorization_definitions/api_particulier.yml'
  ]
})
