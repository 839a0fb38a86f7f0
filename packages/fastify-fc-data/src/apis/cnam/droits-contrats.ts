import { catalogueApi } from '../api.ts'
import { fields, known, list, text } from '../fields.ts'
import { periodeAVenir, periodeDuNir } from '../parameters.ts'
import { apiDroits, cetteRessource, notesBeneficiaire, toutesLesDonnees } from './convention.ts'

/** Droits : contrats AMO/AMC. Source: assurance-maladie-digital/api-droits-fs-doc@556e4de3:documentation-open-api.yaml (8 Jul 2019). */
export const droitsContrats = catalogueApi({
  name: 'cnam/droits-contrats',
  title: 'Droits : contrats AMO/AMC',
  ...apiDroits,
  path: '/v1/droits/beneficiaires/contrats',
  scopes: ['droits_assurance_maladie', 'cnam_contrats'],
  fields: {
    droits_assurance_maladie: toutesLesDonnees,
    cnam_contrats: cetteRessource
  },
  params: periodeDuNir,
  headers: ['nir'],
  rule: periodeAVenir,
  data: list(
    fields({
      date_debut: text,
      date_fin: text,
      details: fields({ code_type_contrat: text, libelle_type_contrat: text }),
      nature_assurance: known('AMO', 'AMC'),
      periodes_droits: list(fields({ date_debut: text, date_fin: text }))
    })
  ),
  notes: notesBeneficiaire
})
