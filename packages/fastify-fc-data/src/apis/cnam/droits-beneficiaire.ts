import { catalogueApi } from '../api.ts'
import { periodeAVenir, periodeDuNir } from '../parameters.ts'
import { beneficiaire } from './beneficiaire.ts'
import { apiDroits, cetteRessource, notesBeneficiaire, toutesLesDonnees } from './convention.ts'

/** Droits : un bénéficiaire par NIR. Source: assurance-maladie-digital/api-droits-fs-doc@556e4de3:documentation-open-api.yaml (8 Jul 2019). */
export const droitsBeneficiaire = catalogueApi({
  name: 'cnam/droits-beneficiaire',
  title: 'Droits : un bénéficiaire par NIR',
  ...apiDroits,
  path: '/v1/droits/beneficiaires',
  scopes: ['droits_assurance_maladie', 'cnam_beneficiaires'],
  fields: {
    droits_assurance_maladie: toutesLesDonnees,
    cnam_beneficiaires: cetteRessource
  },
  params: periodeDuNir,
  headers: ['nir'],
  rule: periodeAVenir,
  data: beneficiaire,
  notes: notesBeneficiaire
})
