/** What every resource of API Droits has in common. Its one public specification dates from July 2019. */
export const apiDroits = {
  producer: 'CNAM',
  provider: 'cnam',
  status: 'restricted',
  statusNote:
    'Only for care establishments and complementary health bodies, with a convention. The one public specification dates from July 2019.',
  version: 'v1',
  sources: [
    'assurance-maladie-digital/api-droits-fs-doc@556e4de3:documentation-open-api.yaml (8 Jul 2019)',
    'betagouv/api.gouv.fr:_data/api/api_ameli_droits_cnam.md',
    'etalab/data_pass@c3a17f12:config/authorization_definitions/cnam.yml'
  ]
} as const

const noteErrors = 'no error is documented: a 404 in JSON is read as "nothing on this person"'
const noteDates = 'dates cannot be before today; end dates known at most 1 year ahead'

export const notesAssure = [noteErrors, noteDates, 'only general scheme and hosted schemes'] as const

export const notesBeneficiaire = [
  noteErrors,
  noteDates,
  'only general scheme and hosted schemes (CNMSS, CAMIEG, ...), not MSA/MGEN',
  'NIR travels in a request HEADER `nir`: redact headers in logs'
] as const

/** The scope that opens the whole answer, and what a resource's own does, as far as its name tells. */
export const toutesLesDonnees = 'the whole answer'
export const cetteRessource = 'this resource, as its name tells (the mapping is not documented)'
