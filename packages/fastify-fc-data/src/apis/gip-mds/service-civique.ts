import { catalogueApi } from '../api.ts'
import { fields, noParameters } from '../fields.ts'
import { contrat } from './contrat.ts'

/** Statut service civique. Source: datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml. */
export const serviceCivique = catalogueApi({
  name: 'gip-mds/service-civique',
  title: 'Statut service civique',
  producer: 'GIP-MDS / Agence du service civique',
  provider: 'apiParticulier',
  status: 'available',
  statusNote:
    'In the OpenAPI and in FranceConnect’s list of scopes, but not among the scopes of DataPass in August 2026: how to be entitled is unknown. Its scopes are therefore asked only where the service lists them.',
  version: 'v3',
  path: '/v3/gip_mds/service_civique/france_connect',
  scopes: [
    'gip_mds_service_civique_statut_actuel',
    'gip_mds_service_civique_statut_passe',
    'gip_mds_service_civique_organisme_accueil',
    'gip_mds_service_civique_dates'
  ],
  fields: {
    gip_mds_service_civique_statut_actuel: 'data.statut_actuel',
    gip_mds_service_civique_statut_passe: 'data.statut_passe',
    gip_mds_service_civique_organisme_accueil: '*.organisme_accueil',
    gip_mds_service_civique_dates: '*.date_debut_contrat, *.date_fin_contrat'
  },
  params: noParameters,
  data: fields({ statut_actuel: contrat, statut_passe: contrat }),
  sources: ['datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml']
})
