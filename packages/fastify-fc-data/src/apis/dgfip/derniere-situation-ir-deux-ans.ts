import { catalogueApi } from '../api.ts'
import { fields, integer, noParameters } from '../fields.ts'
import { assiettesIr } from './assiettes-ir.ts'
import { impotParticulier, note404, noteScopes } from './scopes.ts'

/** Dernière situation IR, deux derniers millésimes. Source: betagouv/api.gouv.fr@58a95fa5:public/swaggers/api-impot-particulier.json. */
export const derniereSituationIrDeuxAns = catalogueApi({
  name: 'dgfip/derniere-situation-ir-deux-ans',
  title: 'Dernière situation IR, deux derniers millésimes',
  ...impotParticulier,
  path: '/impotparticulier/1.0/dernieresituation/ir/assiettes/deuxans',
  params: noParameters,
  data: fields({ annRevenu: integer, ...assiettesIr }),
  dgfip: {
    oauthScope: 'RessourceIRDerniere2',
    accept: 'application/prs.dgfip.part.derniere.situations.ir.assiettes.v1+json'
  },
  notes: [noteScopes, note404, 'no year parameter: avoids the "which year is available" problem']
})
