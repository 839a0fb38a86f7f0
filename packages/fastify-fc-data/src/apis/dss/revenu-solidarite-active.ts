import { Type } from 'typebox'
import { catalogueApi } from '../../api.ts'
import { fields, noParameters, nullable, text } from '../fields.ts'

/** Statut revenu de solidarité active (RSA). Source: datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml. */
export const revenuSolidariteActive = catalogueApi({
  name: 'dss/revenu-solidarite-active',
  title: 'Statut revenu de solidarité active (RSA)',
  producer: 'CNAF & MSA',
  provider: 'apiParticulier',
  status: 'available',
  version: 'v3',
  path: '/v3/dss/revenu_solidarite_active/france_connect',
  scopes: ['revenu_solidarite_active', 'revenu_solidarite_active_majoration'],
  fields: {
    revenu_solidarite_active: 'data.est_beneficiaire, data.date_debut_droit',
    revenu_solidarite_active_majoration: 'data.avec_majoration'
  },
  params: noParameters,
  data: fields({
    est_beneficiaire: Type.Boolean(),
    avec_majoration: nullable(Type.Boolean()),
    date_debut_droit: nullable(text)
  }),
  sources: ['datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml']
})
