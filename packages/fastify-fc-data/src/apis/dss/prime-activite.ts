import { Type } from 'typebox'
import { catalogueApi } from '../../api.ts'
import { fields, noParameters, nullable, text } from '../fields.ts'

/** Statut prime d'activité. Source: datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml. */
export const primeActivite = catalogueApi({
  name: 'dss/prime-activite',
  title: `Statut prime d'activité`,
  producer: 'CNAF & MSA',
  provider: 'apiParticulier',
  status: 'available',
  version: 'v3',
  path: '/v3/dss/prime_activite/france_connect',
  scopes: ['prime_activite', 'prime_activite_majoration'],
  fields: {
    prime_activite: 'data.est_beneficiaire, data.date_debut_droit',
    prime_activite_majoration: 'data.avec_majoration'
  },
  params: noParameters,
  data: fields({
    est_beneficiaire: Type.Boolean(),
    avec_majoration: nullable(Type.Boolean()),
    date_debut_droit: nullable(text)
  }),
  sources: ['datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml']
})
