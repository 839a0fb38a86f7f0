import { catalogueApi } from '../api.ts'
import { boolean, fields, nullable, text } from '../fields.ts'
import { delegation } from '../parameters.ts'
import { benefit404, benefitNothing } from './foyer.ts'

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
  params: delegation,
  data: fields({
    est_beneficiaire: boolean,
    avec_majoration: nullable(boolean),
    date_debut_droit: nullable(text)
  }),
  nothing: benefitNothing,
  notes: [benefit404],
  sources: ['datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml']
})
