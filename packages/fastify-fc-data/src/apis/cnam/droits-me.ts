import { catalogueApi } from '../api.ts'
import { periode, periodeAVenir } from '../parameters.ts'
import { beneficiaire } from './beneficiaire.ts'
import { apiDroits, notesAssure, toutesLesDonnees } from './convention.ts'

/** Droits assurance maladie : assuré connecté. Source: assurance-maladie-digital/api-droits-fs-doc@556e4de3:documentation-open-api.yaml (8 Jul 2019). */
export const droitsMe = catalogueApi({
  name: 'cnam/droits-me',
  title: 'Droits assurance maladie : assuré connecté',
  ...apiDroits,
  path: '/v1/droits/beneficiaires/me',
  scopes: ['droits_assurance_maladie'],
  fields: { droits_assurance_maladie: toutesLesDonnees },
  params: periode,
  rule: periodeAVenir,
  data: beneficiaire,
  notes: notesAssure
})
