import { catalogueApi } from '../api.ts'
import { fields, known, list } from '../fields.ts'
import { delegation } from '../parameters.ts'
import { identite, personne, scopeIgnored } from './foyer.ts'

/** Composition du foyer RSA. Source: datagouv/apistration@15c8e82e, _swagger_shared/cnav.yml. */
export const foyerRsa = catalogueApi({
  name: 'dss/foyer-rsa',
  title: 'Composition du foyer RSA',
  producer: 'CNAF & MSA (via CNAV)',
  provider: 'apiParticulier',
  status: 'planned',
  statusNote:
    'Announced: mocked answers only so far, and its scope is in neither DataPass (6 August 2026) nor FranceConnect (24 February 2026).',
  version: 'v3',
  path: '/v3/dss/foyer_rsa/france_connect',
  scopes: ['cnav_foyer_rsa'],
  fields: { cnav_foyer_rsa: 'data.beneficiaires, data.personnes_a_charge' },
  params: delegation,
  data: fields({
    beneficiaires: list(
      fields({
        ...personne,
        qualite: known('allocataire', 'allocataire_demandeur', 'ouvrant_droit', 'conjoint', 'conjoint_demandeur')
      })
    ),
    personnes_a_charge: list(identite)
  }),
  notes: [scopeIgnored],
  sources: ['datagouv/apistration@15c8e82e (2026):_swagger_shared/cnav.yml']
})
