import { Type } from 'typebox'
import { catalogueApi } from '../../api.ts'
import { fields, noParameters, number, text } from '../fields.ts'

/** Liste des paiements (indemnisation) France Travail FranceConnectée. Source: betagouv/api.gouv.fr@430a0641:_data/guides/documentation-api-indemnisation.md (removed c6468a03, 7 Jan 2026). */
export const paiements = catalogueApi({
  name: 'france-travail/paiements',
  title: 'Liste des paiements (indemnisation) France Travail FranceConnectée',
  producer: 'France Travail',
  provider: 'franceTravail',
  status: 'uncertain',
  statusNote:
    'Listed as available until 2026; its present documentation could not be checked: confirm with France Travail first.',
  version: 'v1',
  path: '/partenaire/fc-liste-paiements/v1/',
  scopes: ['api_fc-liste-paiementsv1'],
  fields: { 'api_fc-liste-paiementsv1': 'the whole answer' },
  params: noParameters,
  data: fields({
    statutInscription: Type.Boolean(),
    listePaiement: Type.Array(
      fields({
        date_paiement: text,
        montant_paiement: number,
        allocations: number,
        aides: number,
        autres_paiements: number
      })
    )
  }),
  notes: ['mixed camelCase / snake_case; doc says Integer but the example has decimals'],
  sources: [
    'betagouv/api.gouv.fr@430a0641:_data/guides/documentation-api-indemnisation.md (removed c6468a03, 7 Jan 2026)'
  ]
})
