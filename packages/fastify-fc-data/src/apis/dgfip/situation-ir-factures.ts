import { catalogueApi } from '../api.ts'
import { fields, integer, list, text } from '../fields.ts'
import { anneeDejaCommencee, annrev } from '../parameters.ts'
import { assiettesIr } from './assiettes-ir.ts'
import { impotParticulier, note404, noteScopes } from './scopes.ts'

/** Situation IR + facture (lignes d'avis). Source: betagouv/api.gouv.fr@58a95fa5:public/swaggers/api-impot-particulier.json. */
export const situationIrFactures = catalogueApi({
  name: 'dgfip/situation-ir-factures',
  title: `Situation IR + facture (lignes d'avis)`,
  ...impotParticulier,
  path: '/impotparticulier/1.0/situations/ir/factures/annrev/{annrev}',
  params: annrev,
  rule: anneeDejaCommencee,
  data: fields({
    facture: list(
      fields({
        numLigne: integer,
        codeLigne: text,
        libelleLigne: text,
        colonne1: text,
        colonne2: text,
        colonne3: text,
        colonne4: text
      })
    ),
    ...assiettesIr
  }),
  dgfip: { oauthScope: 'RessourceIRFacture', accept: 'application/prs.dgfip.part.situations.ir.factures.v1+json' },
  notes: [noteScopes, note404]
})
