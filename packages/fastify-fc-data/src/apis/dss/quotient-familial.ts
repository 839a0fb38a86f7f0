import { catalogueApi } from '../api.ts'
import { amount, fields, integer, known, list } from '../fields.ts'
import { anneeMois, moisDepuis24Mois } from '../parameters.ts'
import { adresse, identite } from './foyer.ts'

/** Quotient familial CAF & MSA. Source: datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml. */
export const quotientFamilial = catalogueApi({
  name: 'dss/quotient-familial',
  title: 'Quotient familial CAF & MSA',
  producer: 'CNAF & MSA (via CNAV/DSS)',
  provider: 'apiParticulier',
  status: 'available',
  version: 'v3',
  path: '/v3/dss/quotient_familial/france_connect',
  scopes: ['cnaf_quotient_familial', 'cnaf_allocataires', 'cnaf_enfants', 'cnaf_adresse'],
  fields: {
    cnaf_quotient_familial: 'data.quotient_familial',
    cnaf_allocataires: 'data.allocataires',
    cnaf_enfants: 'data.enfants',
    cnaf_adresse: 'data.adresse'
  },
  params: anneeMois,
  rule: moisDepuis24Mois,
  data: fields({
    allocataires: list(identite),
    enfants: list(identite),
    adresse,
    quotient_familial: fields({
      fournisseur: known('CNAF', 'MSA'),
      valeur: amount,
      annee: integer,
      mois: integer,
      annee_calcul: integer,
      mois_calcul: integer
    })
  }),
  nothing: { '23003': 'noFileOrTooEarly', '35003': 'noFileOrTooEarly' },
  notes: [
    'QF is for the current month (computed on M-1); CAF refreshes monthly after the first weekend; MSA in real time.',
    'A 404 tells three things apart for nobody: no file, nothing drawn any more, or the first days of a month, before the CAF has computed its quotient: ask the month before then (derniersMois).',
    'The current month and the 23 before are kept; annee alone means its present month.',
    'API Particulier may answer the cached month when another one is asked within 24 hours: `Cache-Control: no-cache` is sent with annee or mois.'
  ],
  sources: ['datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml']
})
