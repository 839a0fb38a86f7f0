import { catalogueApi } from '../api.ts'
import { fields, integer } from '../fields.ts'
import { anneeDejaCommencee, annrev } from '../parameters.ts'
import { assiettesIr } from './assiettes-ir.ts'
import { impotParticulier, note404, noteScopes } from './scopes.ts'

/** Dernière situation IR d'un millésime. Source: betagouv/api.gouv.fr@58a95fa5:public/swaggers/api-impot-particulier.json. */
export const derniereSituationIr = catalogueApi({
  name: 'dgfip/derniere-situation-ir',
  title: `Dernière situation IR d'un millésime`,
  ...impotParticulier,
  path: '/impotparticulier/1.0/dernieresituation/ir/assiettes/annrev/{annrev}',
  params: annrev,
  rule: anneeDejaCommencee,
  data: fields({ annRevenu: integer, ...assiettesIr }),
  dgfip: {
    oauthScope: 'RessourceIRDerniere',
    accept: 'application/prs.dgfip.part.derniere.situations.ir.assiettes.v1+json'
  },
  notes: [noteScopes, note404]
})
