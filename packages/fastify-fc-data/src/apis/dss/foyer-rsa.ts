import { Type } from 'typebox'
import { catalogueApi } from '../../api.ts'
import { fields, noParameters, nullable, text } from '../fields.ts'

/** Composition du foyer RSA. Source: datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml. */
export const foyerRsa = catalogueApi({
  name: 'dss/foyer-rsa',
  title: 'Composition du foyer RSA',
  producer: 'CNAF & MSA (via CNAV)',
  provider: 'apiParticulier',
  status: 'planned',
  statusNote: 'Announced: mocked answers only so far.',
  version: 'v3',
  path: '/v3/dss/foyer_rsa/france_connect',
  scopes: ['cnav_foyer_rsa'],
  fields: { cnav_foyer_rsa: 'data.beneficiaires, data.personnes_a_charge' },
  params: noParameters,
  data: fields({
    beneficiaires: Type.Array(
      fields({
        nom_naissance: text,
        nom_usage: nullable(text),
        prenoms: text,
        date_naissance: text,
        sexe: text,
        qualite: text
      })
    ),
    personnes_a_charge: Type.Array(
      fields({ nom_naissance: text, nom_usage: nullable(text), prenoms: text, date_naissance: text, sexe: text })
    )
  }),
  notes: [
    'The scope is absent from FranceConnect’s public source of 24 February 2026, which ignores unknown scopes: when the citizen’s token comes back without it, ask FranceConnect’s support.'
  ],
  sources: ['datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml']
})
