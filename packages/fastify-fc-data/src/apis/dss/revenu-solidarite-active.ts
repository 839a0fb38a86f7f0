import { catalogueApi } from '../api.ts'
import { boolean, fields, nullable, text } from '../fields.ts'
import { delegation } from '../parameters.ts'
import { benefit404, benefitNothing } from './foyer.ts'

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
