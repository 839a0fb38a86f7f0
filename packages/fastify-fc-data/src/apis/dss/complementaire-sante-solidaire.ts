import { catalogueApi } from '../api.ts'
import { boolean, fields, nullable, text } from '../fields.ts'
import { delegation } from '../parameters.ts'
import { benefit404, benefitNothing } from './foyer.ts'

/** Statut complémentaire santé solidaire (C2S). Source: datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml. */
export const complementaireSanteSolidaire = catalogueApi({
  name: 'dss/complementaire-sante-solidaire',
  title: 'Statut complémentaire santé solidaire (C2S)',
  producer: 'Sécurité sociale (DSS / CNAV)',
  provider: 'apiParticulier',
  status: 'available',
  version: 'v3',
  path: '/v3/dss/complementaire_sante_solidaire/france_connect',
  scopes: ['complementaire_sante_solidaire'],
  fields: { complementaire_sante_solidaire: 'data.est_beneficiaire, data.avec_participation, data.date_debut_droit' },
  params: delegation,
  data: fields({
    est_beneficiaire: boolean,
    avec_participation: nullable(boolean),
    date_debut_droit: nullable(text)
  }),
  nothing: benefitNothing,
  notes: [benefit404, 'Fiche alert: avec/sans participation can be wrong in some cases (fix was planned Nov 2025).'],
  sources: ['datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml']
})
