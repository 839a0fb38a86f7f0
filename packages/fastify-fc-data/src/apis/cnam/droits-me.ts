import { catalogueApi } from '../api.ts'
import { periode, periodeAVenir } from '../parameters.ts'
import { beneficiaire } from './beneficiaire.ts'

/** Droits assurance maladie : assuré connecté. Source: assurance-maladie-digital/api-droits-fs-doc@556e4de3:documentation-open-api.yaml (8 Jul 2019). */
export const droitsMe = catalogueApi({
  name: 'cnam/droits-me',
  title: 'Droits assurance maladie : assuré connecté',
  producer: 'CNAM',
  provider: 'cnam',
  status: 'restricted',
  statusNote:
    'Only for care establishments and complementary health bodies, with a convention. The one public specification dates from July 2019.',
  version: 'v1',
  path: '/v1/droits/beneficiaires/me',
  scopes: ['droits_assurance_maladie'],
  fields: { droits_assurance_maladie: 'the whole answer' },
  params: periode,
  rule: periodeAVenir,
  data: beneficiaire,
  notes: [
    'no error is documented: a 404 in JSON is read as "nothing on this person"',
    'dates cannot be before today; end dates known at most 1 year ahead',
    'only general scheme and hosted schemes'
  ],
  sources: [
    'assurance-maladie-digital/api-droits-fs-doc@556e4de3:documentation-open-api.yaml (8 Jul 2019)',
    'betagouv/api.gouv.fr:_data/api/api_ameli_droits_cnam.md',
    'etalab/data_pass@c3a17f12:config/authorization_definitions/cnam.yml'
  ]
})
