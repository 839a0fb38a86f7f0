import { catalogueApi } from '../api.ts'
import { boolean, fields, list, noParameters, number, text } from '../fields.ts'

/** Liste des paiements (indemnisation) France Travail FranceConnectée. Source: betagouv/api.gouv.fr@430a0641:_data/guides/documentation-api-indemnisation.md (removed c6468a03, 7 Jan 2026). */
export const paiements = catalogueApi({
  name: 'france-travail/paiements',
  title: 'Liste des paiements (indemnisation) France Travail FranceConnectée',
  producer: 'France Travail',
  provider: 'franceTravail',
  status: 'uncertain',
  statusNote:
    'API Particulier’s guide still says in April 2026 that it is FranceConnected; its newest page on data.gouv.fr no longer speaks of FranceConnect (read on 26 November 2026): confirm with France Travail first.',
  version: 'v1',
  path: '/partenaire/fc-liste-paiements/v1/',
  scopes: ['api_fc-liste-paiementsv1'],
  fields: { 'api_fc-liste-paiementsv1': 'the whole answer' },
  params: noParameters,
  data: fields({
    statutInscription: boolean,
    listePaiement: list(
      fields({
        date_paiement: text,
        montant_paiement: number,
        allocations: number,
        aides: number,
        autres_paiements: number
      })
    )
  }),
  notes: [
    'no error is documented: a 404 in JSON is read as "not registered"',
    'mixed camelCase / snake_case; doc says Integer but the example has decimals'
  ],
  sources: [
    'betagouv/api.gouv.fr@430a0641:_data/guides/documentation-api-indemnisation.md (removed c6468a03, 7 Jan 2026)'
  ]
})
