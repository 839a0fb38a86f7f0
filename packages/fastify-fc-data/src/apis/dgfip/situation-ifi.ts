import { catalogueApi } from '../api.ts'
import { fields, text } from '../fields.ts'
import { anneeDejaCommencee, annrev } from '../parameters.ts'
import { impotParticulier, note404, noteScopes } from './scopes.ts'

/** Indicateur IFI/ISF. Source: betagouv/api.gouv.fr@58a95fa5:public/swaggers/api-impot-particulier.json. */
export const situationIfi = catalogueApi({
  name: 'dgfip/situation-ifi',
  title: 'Indicateur IFI/ISF',
  ...impotParticulier,
  path: '/impotparticulier/1.0/situations/ifiisf/assiettes/annrev/{annrev}',
  params: annrev,
  rule: anneeDejaCommencee,
  data: fields({ indicateurIfiIsf: text }),
  dgfip: { oauthScope: 'RessourceIFI', accept: 'application/prs.dgfip.situations.ifiisf.assiettes.v1+json' },
  notes: [noteScopes, note404]
})
