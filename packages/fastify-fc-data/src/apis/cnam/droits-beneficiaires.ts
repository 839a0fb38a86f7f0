import { catalogueApi } from '../api.ts'
import { list } from '../fields.ts'
import { periode, periodeAVenir } from '../parameters.ts'
import { beneficiaire } from './beneficiaire.ts'
import { apiDroits, cetteRessource, notesBeneficiaire, toutesLesDonnees } from './convention.ts'

/** Droits : bénéficiaires rattachés. Source: assurance-maladie-digital/api-droits-fs-doc@556e4de3:documentation-open-api.yaml (8 Jul 2019). */
export const droitsBeneficiaires = catalogueApi({
  name: 'cnam/droits-beneficiaires',
  title: 'Droits : bénéficiaires rattachés',
  ...apiDroits,
  path: '/v1/droits/beneficiaires/me/beneficiaires',
  scopes: ['droits_assurance_maladie', 'cnam_beneficiaires'],
  fields: {
    droits_assurance_maladie: toutesLesDonnees,
    cnam_beneficiaires: cetteRessource
  },
  params: periode,
  rule: periodeAVenir,
  data: list(beneficiaire),
  notes: notesBeneficiaire
})
