import { catalogueApi } from '../api.ts'
import { fields, known, nullable, text } from '../fields.ts'
import { delegation } from '../parameters.ts'
import { benefit404, benefitNothing, scopeIgnored } from './foyer.ts'

/** Statut allocation d'éducation de l'enfant handicapé (AEEH). Source: datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml. */
export const allocationEnfantHandicape = catalogueApi({
  name: 'dss/allocation-enfant-handicape',
  title: `Statut allocation d'éducation de l'enfant handicapé (AEEH)`,
  producer: 'CNAF & MSA',
  provider: 'apiParticulier',
  status: 'available',
  version: 'v3',
  path: '/v3/dss/allocation_enfant_handicape/france_connect',
  scopes: ['cnav_allocation_enfant_handicape'],
  fields: { cnav_allocation_enfant_handicape: 'data.status, data.date_debut_droit' },
  params: delegation,
  data: fields({ status: known('allocataire', 'ouvrant_droit', 'non_beneficiaire'), date_debut_droit: nullable(text) }),
  nothing: benefitNothing,
  notes: [
    benefit404,
    'Field is `status` (3-value enum), not est_beneficiaire.',
    'FC mode only from age 16 for an "ouvrant droit" (fiche).',
    scopeIgnored
  ],
  sources: ['datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml']
})
