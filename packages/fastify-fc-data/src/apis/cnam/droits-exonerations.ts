import { catalogueApi } from '../api.ts'
import { fields, known, list, text } from '../fields.ts'
import { periodeAVenir, periodeDuNir } from '../parameters.ts'

/** Droits : exonérations. Source: assurance-maladie-digital/api-droits-fs-doc@556e4de3:documentation-open-api.yaml (8 Jul 2019). */
export const droitsExonerations = catalogueApi({
  name: 'cnam/droits-exonerations',
  title: 'Droits : exonérations',
  producer: 'CNAM',
  provider: 'cnam',
  status: 'restricted',
  statusNote:
    'Only for care establishments and complementary health bodies, with a convention. The one public specification dates from July 2019.',
  version: 'v1',
  path: '/v1/droits/beneficiaires/exonerations',
  scopes: ['droits_assurance_maladie', 'cnam_exonerations'],
  fields: {
    droits_assurance_maladie: 'the whole answer',
    cnam_exonerations: 'this resource, as its name tells (the mapping is not documented)'
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
