import { catalogueApi } from '../api.ts'
import { boolean, fields, nullable, text } from '../fields.ts'
import { delegation } from '../parameters.ts'
import { benefit404, benefitNothing } from './foyer.ts'

/** Statut allocation de soutien familial (ASF). Source: datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml. */
export const allocationSoutienFamilial = catalogueApi({
  name: 'dss/allocation-soutien-familial',
  title: 'Statut allocation de soutien familial (ASF)',
  producer: 'CNAF & MSA',
  provider: 'apiParticulier',
  status: 'available',
  version: 'v3',
  path: '/v3/dss/allocation_soutien_familial/france_connect',
  scopes: ['allocation_soutien_familial'],
  fields: { allocation_soutien_familial: 'data.est_beneficiaire, data.date_debut_droit' },
  params: delegation,
  data: fields({ est_beneficiaire: boolean, date_debut_droit: nullable(text) }),
  nothing: benefitNothing,
  notes: [benefit404],
  sources: ['datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml']
})
