import { catalogueApi } from '../api.ts'
import { fields, known, list, text } from '../fields.ts'
import { periodeAVenir, periodeDuNir } from '../parameters.ts'
import { apiDroits, cetteRessource, notesBeneficiaire, toutesLesDonnees } from './convention.ts'

/** Droits : exonérations. Source: assurance-maladie-digital/api-droits-fs-doc@556e4de3:documentation-open-api.yaml (8 Jul 2019). */
export const droitsExonerations = catalogueApi({
  name: 'cnam/droits-exonerations',
  title: 'Droits : exonérations',
  ...apiDroits,
  path: '/v1/droits/beneficiaires/exonerations',
  scopes: ['droits_assurance_maladie', 'cnam_exonerations'],
  fields: {
    droits_assurance_maladie: toutesLesDonnees,
    cnam_exonerations: cetteRessource
  },
  params: periodeDuNir,
  headers: ['nir'],
  rule: periodeAVenir,
  data: list(
    fields({
      date_debut: text,
      date_fin: text,
      maternite: fields({ date_presumee_grossesse: text, date_reelle_accouchement: text }),
      motif: fields({
        code: known('INV', 'MAT', 'LIS', 'EXP', 'EXC', 'A115_DET_PML', 'NE', 'STE', 'EDS'),
        libelle: text,
        libelle_long: text
      })
    })
  ),
  notes: notesBeneficiaire
})
