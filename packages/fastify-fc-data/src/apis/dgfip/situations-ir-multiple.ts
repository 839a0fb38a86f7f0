import { catalogueApi } from '../api.ts'
import { fields, integer, list, text } from '../fields.ts'
import { anneeDejaCommencee, annrev } from '../parameters.ts'
import { assiettesIr } from './assiettes-ir.ts'
import { impotParticulier, note404, noteScopes } from './scopes.ts'

/** Situations IR multiples (mariage, décès... dans l'année). Source: betagouv/api.gouv.fr@58a95fa5:public/swaggers/api-impot-particulier.json. */
export const situationsIrMultiple = catalogueApi({
  name: 'dgfip/situations-ir-multiple',
  title: `Situations IR multiples (mariage, décès... dans l'année)`,
  ...impotParticulier,
  path: '/impotparticulier/1.0/situations/ir/assiettes/multiple/annrev/{annrev}',
  params: annrev,
  rule: anneeDejaCommencee,
  data: fields({
    situationsIR: list(
      fields({
        spiDec1: text,
        spiDec2: text,
        dateDebutPeriode: text,
        dateFinPeriode: text,
        typeAvis: integer,
        dateDecesdec1: text,
        dateDecesdec2: text,
        ...assiettesIr
      })
    )
  }),
  dgfip: {
    oauthScope: 'RessourceIRMultiple',
    accept: 'application/prs.dgfip.part.situations.ir.assiettes.multiple.v1+json'
  },
  notes: [
    noteScopes,
    note404,
    'swagger omits X-FranceConnect-OAuth on this path though it has no {spi}: probably an omission'
  ]
})
