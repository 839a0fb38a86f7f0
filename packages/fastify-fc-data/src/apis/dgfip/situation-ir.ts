import { catalogueApi } from '../api.ts'
import { fields } from '../fields.ts'
import { anneeDejaCommencee, annrev } from '../parameters.ts'
import { assiettesIr } from './assiettes-ir.ts'
import { impotParticulier, note404, noteScopes } from './scopes.ts'

/** Situation IR (assiettes). Source: betagouv/api.gouv.fr@58a95fa5:public/swaggers/api-impot-particulier.json. */
export const situationIr = catalogueApi({
  name: 'dgfip/situation-ir',
  title: 'Situation IR (assiettes)',
  ...impotParticulier,
  path: '/impotparticulier/1.0/situations/ir/assiettes/annrev/{annrev}',
  params: annrev,
  rule: anneeDejaCommencee,
  data: fields(assiettesIr),
  dgfip: { oauthScope: 'RessourceIR', accept: 'application/prs.dgfip.part.situations.ir.assiettes.v1+json' },
  notes: [noteScopes, note404]
})
