import { catalogueApi } from '../api.ts'
import { fields, list, text } from '../fields.ts'
import { anneeDejaCommencee, annrev } from '../parameters.ts'
import { impotParticulier, note404, noteScopes } from './scopes.ts'

/** Taxe d'habitation, résidence principale. Source: betagouv/api.gouv.fr@58a95fa5:public/swaggers/api-impot-particulier.json. */
export const situationThPrincipale = catalogueApi({
  name: 'dgfip/situation-th-principale',
  title: `Taxe d'habitation, résidence principale`,
  ...impotParticulier,
  path: '/impotparticulier/1.0/situations/th/assiettes/principale/annrev/{annrev}',
  params: annrev,
  rule: anneeDejaCommencee,
  data: fields({
    situationsTH: list(
      fields({
        codeDsf: text,
        codeCommune: text,
        codeAft: text,
        numVoie: text,
        btq: text,
        libelleVoie: text,
        libelleCommune: text,
        regimeTax: text,
        natureImp: text,
        libelleEdition1: text,
        libelleEdition2: text,
        locaux: list(fields({ natureLocal: text, affectation: text, invariant: text }))
      })
    )
  }),
  dgfip: { oauthScope: 'RessourceTHPrincipale', accept: 'application/prs.dgfip.part.situations.th.assiettes.v1+json' },
  notes: [
    noteScopes,
    note404,
    `taxe d'habitation on main homes ended 2023: present availability of recent years unknown`
  ]
})
