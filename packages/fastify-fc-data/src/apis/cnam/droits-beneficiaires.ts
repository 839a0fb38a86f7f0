import { catalogueApi } from '../api.ts'
import { list } from '../fields.ts'
import { periode, periodeAVenir } from '../parameters.ts'
import { beneficiaire } from './beneficiaire.ts'

/** Droits : bénéficiaires rattachés. Source: assurance-maladie-digital/api-droits-fs-doc@556e4de3:documentation-open-api.yaml (8 Jul 2019). */
export const droitsBeneficiaires = catalogueApi({
  name: 'cnam/droits-beneficiaires',
  title: 'Droits : bénéficiaires rattachés',
  producer: 'CNAM',
  provider: 'cnam',
  status: 'restricted',
  statusNote:
    'Only for care establishments and complementary health bodies, with a convention. The one public specification dates from July 2019.',
  version: 'v1',
  path: '/v1/droits/beneficiaires/me/beneficiaires',
  scopes: ['droits_assurance_maladie', 'cnam_beneficiaires'],
  fields: {
    droits_assurance_maladie: 'the whole answer',
    cnam_beneficiaires: 'this resource, as its name tells (the mapping is not documented)'
  },
  params: periode,
  rule: periodeAVenir,
  data: list(beneficiaire),
  notes: [
    'no error is documented: a 404 in JSON is read as "nothing on this person"',
    'dates cannot be before today; end dates known at most 1 year ahead',
    'only general scheme and hosted schemes (CNMSS, CAMIEG, ...), not MSA/MGEN',
    'NIR travels in a request HEADER `nir`: redact headers in logs'
  ],
  sources: [
    'assurance-maladie-digital/api-droits-fs-doc@556e4de3:documentation-open-api.yaml (8 Jul 2019)',
    'betagouv/api.gouv.fr:_data/api/api_ameli_droits_cnam.md',
    'etalab/data_pass@c3a17f12:config/authorization_definitions/cnam.yml'
  ]
})
