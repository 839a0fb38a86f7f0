import { catalogueApi } from '../api.ts'
import { fields, known, noParameters, nullable, text } from '../fields.ts'

/** Service national. Source: datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml. */
export const serviceNational = catalogueApi({
  name: 'dsnj/service-national',
  title: 'Service national',
  producer: 'DSNJ (ministère des Armées)',
  provider: 'apiParticulier',
  status: 'available',
  version: 'v3',
  path: '/v3/dsnj/service_national/france_connect',
  scopes: ['dsnj_statut_service_national'],
  fields: { dsnj_statut_service_national: 'data.statut_service_national, data.commentaires' },
  params: noParameters,
  data: fields({
    statut_service_national: known('en_regle', 'pas_en_regle', 'indetermine', 'non_concerne'),
    commentaires: nullable(text)
  }),
  nothing: { '39400': 'outsideAges' },
  notes: ['Answered for people of 16 to 25 years: 422 `39400` otherwise, which is read as nothing on this person.'],
  sources: ['datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml']
})
