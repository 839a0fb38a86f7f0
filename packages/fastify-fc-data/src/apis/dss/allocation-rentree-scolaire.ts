import { catalogueApi } from '../api.ts'
import { fields, known, nullable, text } from '../fields.ts'
import { delegation } from '../parameters.ts'
import { benefit404, benefitNothing, scopeIgnored } from './foyer.ts'

/** Statut allocation de rentrée scolaire (ARS). Source: datagouv/apistration@15c8e82e, _swagger_shared/cnav.yml. */
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
  params: delegation,
  data: fields({ status: known('allocataire', 'ouvrant_droit', 'non_beneficiaire'), date_debut_droit: nullable(text) }),
  nothing: benefitNothing,
  notes: [benefit404, scopeIgnored],
  sources: [
    'datagouv/apistration@15c8e82e (2026):_swagger_shared/cnav.yml',
    'datagouv/apistration@11c571a2:siade/config/authorizations.yml',
    'etalab/data_pass@c3a17f12:config/authorization_definitions/api_particulier.yml'
  ]
})
