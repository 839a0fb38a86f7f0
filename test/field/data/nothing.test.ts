import type { CatalogueName, FcDataResult } from 'fastify-fc-data'
import t from 'tap'
import { enveloped, startDataHost, startDataService } from './service.ts'

const apis = [
  { name: 'dss/quotient-familial', scopes: ['cnaf_quotient_familial'] },
  { name: 'dss/revenu-solidarite-active', scopes: ['revenu_solidarite_active'] },
  { name: 'dss/participation-familiale-eaje', scopes: ['cnav_participation_familiale_eaje_enfants'] },
  { name: 'dsnj/service-national', scopes: ['dsnj_statut_service_national'] },
  {
    name: 'ants/extrait-immatriculation-vehicule',
    scopes: ['ants_extrait_immatriculation_vehicule_statut_rattachement']
  },
  { name: 'dgfip/situation-ir', scopes: ['dgfip_annee_n_moins_1'] },
  { name: 'cnam/droits-me', scopes: ['droits_assurance_maladie'] },
  { name: 'france-travail/statut', scopes: ['api_fc-statutaugmentev1'] }
] as const

const errors = (code: string) => ({ errors: [{ code, title: 'Titre du fournisseur' }] })

/** Statuses and codes that mean "nothing for this person", and what each of them tells. */
const answers: [CatalogueName, object, number, unknown, { code: string; meaning: string }][] = [
  ['dss/quotient-familial', {}, 404, errors('10003'), { code: '10003', meaning: 'noFile' }],
  ['dss/quotient-familial', {}, 404, errors('23003'), { code: '23003', meaning: 'noFileOrTooEarly' }],
  ['dss/revenu-solidarite-active', {}, 404, errors('40003'), { code: '40003', meaning: 'mayBeIncomplete' }],
  ['dss/revenu-solidarite-active', {}, 404, errors('35003'), { code: '35003', meaning: 'noFile' }],
  ['dss/participation-familiale-eaje', {}, 404, errors('37003'), { code: '37003', meaning: 'noneEligible' }],
  ['dss/participation-familiale-eaje', {}, 404, errors('23003'), { code: '23003', meaning: 'noFile' }],
  ['dsnj/service-national', {}, 422, errors('39400'), { code: '39400', meaning: 'outsideAges' }],
  ['dsnj/service-national', {}, 404, errors('39003'), { code: '39003', meaning: 'noFile' }],
  [
    'ants/extrait-immatriculation-vehicule',
    { immatriculation: 'FC-456-CD' },
    404,
    errors('42404'),
    { code: '42404', meaning: 'notTheirs' }
  ],
  [
    'ants/extrait-immatriculation-vehicule',
    { immatriculation: 'FC-456-CD' },
    404,
    errors('42003'),
    { code: '42003', meaning: 'noFile' }
  ],
  ['dgfip/situation-ir', { annrev: 2024 }, 404, { erreur: 'Aucune situation' }, { code: '404', meaning: 'noFile' }],
  ['dgfip/situation-ir', { annrev: 2024 }, 410, { codeapp: '4101' }, { code: '4101', meaning: 'noFile' }],
  ['cnam/droits-me', {}, 404, { message: 'assuré inconnu' }, { code: '404', meaning: 'noFile' }],
  ['france-travail/statut', {}, 404, {}, { code: '404', meaning: 'noFile' }],
  ['dgfip/situation-ir', { annrev: 2024 }, 204, '', { code: '204', meaning: 'noFile' }]
]

t.test('nothing for this person is an answer, and its reason tells the cases apart', async (t) => {
  const host = await startDataHost(t)
  const service = await startDataService(t, host.url, { apis, hold: false })
  for (const [name, params, status, body, reason] of answers) {
    host.answers({ status, body })
    const call = service.inside((request) => request.fcData(name as 'dss/quotient-familial', params))
    const result = (await call) as FcDataResult<'dss/quotient-familial'>
    t.match(result, { data: null, meta: { reason } }, `${name}: ${status} ${reason.code}`)
    t.ok(reason.code.length === 3 || name.startsWith('dgfip') || result.meta.reason?.title, 'in the provider’s words')
  }
})

t.test('a code written as a number is that code', async (t) => {
  const host = await startDataHost(t)
  const service = await startDataService(t, host.url, { apis, hold: false })
  const call = () => service.inside((request) => request.fcData('dss/quotient-familial'))
  host.answers({ status: 404, body: { errors: [{ code: 23_003, title: 'Titre' }] } })
  t.match(await call(), { data: null, meta: { reason: { code: '23003', meaning: 'noFileOrTooEarly' } } })
  host.answers({ status: 403, body: { errors: [{ code: 107 }] } })
  await t.rejects(call(), { code: 'FST_FC_DATA_FORBIDDEN', providerErrors: [{ code: '00107' }] })
  for (const code of [-1, 1.5, 1e9]) {
    host.answers({ status: 404, body: { errors: [{ code }] } })
    await t.rejects(call(), { code: 'FST_FC_DATA_PROVIDER_ERROR', providerErrors: [] })
  }
})

t.test('errors of the same statuses stay errors', async (t) => {
  const host = await startDataHost(t)
  const service = await startDataService(t, host.url, { apis, hold: false })
  const html = { 'content-type': 'text/html' }
  const cases: [CatalogueName, object, number, unknown, Record<string, string>?][] = [
    ['dss/quotient-familial', {}, 404, errors('00402')],
    ['dss/quotient-familial', {}, 404, '<h1>404</h1>', html],
    ['dss/quotient-familial', {}, 422, errors('00203')],
    ['dsnj/service-national', {}, 422, errors('39999')],
    ['dgfip/situation-ir', { annrev: 2024 }, 404, '<h1>404</h1>', html],
    ['dgfip/situation-ir', { annrev: 2024 }, 404, { code: '900906', message: 'No matching resource' }],
    ['dgfip/situation-ir', { annrev: 2024 }, 404, { fault: { code: 900_906 } }],
    ['cnam/droits-me', {}, 404, '<h1>404</h1>', html],
    ['france-travail/statut', {}, 404, '']
  ]
  for (const [name, params, status, body, headers = {}] of cases) {
    host.answers({ status, body, headers })
    const call = service.inside((request) => request.fcData(name as 'dss/quotient-familial', params))
    await t.rejects(call, { code: /^FST_FC_DATA_/, providerStatusCode: status }, `${name}: ${status}`)
  }
  host.answers({ body: enveloped({ quotient_familial: { valeur: 464 } }) })
  t.match(await service.inside((request) => request.fcData('dss/quotient-familial')), { meta: { reason: undefined } })
})
