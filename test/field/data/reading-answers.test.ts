import { defineApi } from 'fastify-fc-data'
import t from 'tap'
import { Type } from 'typebox'
import { enveloped, startDataHost, startDataService } from './service.ts'

const QF = { name: 'dss/quotient-familial', scopes: ['cnaf_quotient_familial'] } as const

t.test('206 partial is said in meta', async (t) => {
  const host = await startDataHost(t)
  const service = await startDataService(t, host.url, { apis: [QF], hold: false })
  const data = { quotient_familial: { valeur: 464 } }
  const call = () => service.inside((request) => request.fcData('dss/quotient-familial'))
  host.answers({ status: 206, body: enveloped(data, { errors: [{ code: '35010', title: 'Contenu partiel' }] }) })
  t.match(await call(), { data, meta: { partial: true, reason: { code: '35010', title: 'Contenu partiel' } } })
  host.answers({ status: 206, body: enveloped(data) })
  t.match(await call(), { data, meta: { partial: true } }, 'whatever the body says of it')
  host.answers({ body: enveloped(data) })
  t.match(await call(), { data, meta: { partial: undefined } })
})

t.test('an answer without a body asks the provider object whether it has nothing', async (t) => {
  const host = await startDataHost(t)
  const asked: number[] = []
  const headers = () => ({ 'x-cle': 'cle' })
  const nothing = (status: number) => {
    asked.push(status)
    return status === 204
  }
  const solde = {
    name: 'ville/solde',
    url: `${host.url}/solde`,
    scopes: [],
    data: Type.Object({ solde: Type.Number() })
  }
  const own = defineApi({ ...solde, provider: { name: 'ville', headers, nothing } })
  const plain = defineApi({ ...solde, name: 'ville/autre' })
  const service = await startDataService(t, host.url, { apis: [own, plain], hold: false })
  host.answers({ status: 204 })
  t.match(await service.inside((request) => request.fcData(own)), { data: null, meta: { reason: { code: '204' } } })
  t.strictSame(asked, [204])
  await t.rejects(
    service.inside((request) => request.fcData(plain)),
    { code: 'FST_FC_DATA_INVALID_RESPONSE', message: /204 without a body/ }
  )
  host.answers({ body: { solde: 12 } })
  t.match(await service.inside((request) => request.fcData(own)), { data: { solde: 12 } })
  t.strictSame(asked, [204], 'an answer with data is not asked about')
})

t.test('a required member of one’s own API refuses the answer by its name, an optional one does not', async (t) => {
  const host = await startDataHost(t)
  const data = Type.Object({ solde: Type.Number(), ecole: Type.Optional(Type.String()) })
  const own = defineApi({ name: 'ville/solde', url: `${host.url}/solde`, scopes: [], data })
  const service = await startDataService(t, host.url, { apis: [own], hold: false })
  const call = () => service.inside((request) => request.fcData(own))
  host.answers({ body: { solde: '12.50', ecole: 7 } })
  t.match(await call(), { data: { solde: 12.5, ecole: undefined }, meta: { leftOut: ['ecole'] } })
  host.answers({ body: { solde: null, ecole: 'Jules Ferry' } })
  await t.rejects(call(), { code: 'FST_FC_DATA_INVALID_RESPONSE', message: /solde must be number/ })
  host.answers({ body: { ecole: 'Jules Ferry' } })
  await t.rejects(call(), { code: 'FST_FC_DATA_INVALID_RESPONSE', message: /required: solde/ })
})

t.test('an optional member costs nothing where the schema is written with references either', async (t) => {
  const host = await startDataHost(t)
  const api = defineApi({
    name: 'ville/famille',
    url: `${host.url}/famille`,
    scopes: [],
    data: {
      type: 'object',
      properties: { parent: { $ref: '#/$defs/personne' }, quotient: { type: 'number' } },
      $defs: { personne: { type: 'object', properties: { prenom: { type: 'string' }, age: { type: 'integer' } } } }
    }
  })
  const { inside } = await startDataService(t, host.url, { apis: [api] })
  host.answers({ body: { parent: { prenom: null, age: '41' }, quotient: null } })
  const { data, meta } = await inside((request) => request.fcData(api))
  t.strictSame(data, { parent: { age: 41 } })
  t.strictSame(meta.leftOut, ['parent.prenom', 'quotient'])
})

t.test('what is held and cannot be read any more is a miss', async (t) => {
  const host = await startDataHost(t)
  const kept = new Map<string, string>()
  const store = {
    get: async (key: string) => kept.get(key) ?? null,
    set: async (key: string, value: string) => void kept.set(key, value),
    delete: async (key: string) => void kept.delete(key)
  }
  const version = (data: ReturnType<typeof Type.Object>) =>
    defineApi({ name: 'ville/solde', url: `${host.url}/solde`, scopes: [], data })
  const older = version(Type.Object({ solde: Type.Number() }))
  const newer = version(Type.Object({ solde: Type.Number(), plafond: Type.Number() }))
  const options = { secret: 'un-secret-de-trente-deux-caracteres-au-moins', store }
  const before = await startDataService(t, host.url, { apis: [older], ...options })
  const after = await startDataService(t, host.url, { apis: [newer], ...options })
  host.answers({ body: { solde: 1 } })
  await before.inside((request) => request.fcData(older))
  host.answers({ body: { solde: 2, plafond: 9 } })
  const result = await after.inside((request) => request.fcData(newer))
  t.match(result, { data: { solde: 2, plafond: 9 }, meta: { held: false } }, 'asked again, while the token lives')
  t.match(await after.inside((request) => request.fcData(newer)), { data: { plafond: 9 }, meta: { held: true } })
  t.equal(host.seen.length, 2)
})

t.test('numbers in params that come from a query string are taken, and a wrong one is named', async (t) => {
  const host = await startDataHost(t)
  const apis = [
    QF,
    { name: 'dgfip/situation-ir', scopes: ['dgfip_annee_n_moins_1'] },
    'ants/extrait-immatriculation-vehicule'
  ] as const
  const service = await startDataService(t, host.url, { apis, hold: false })
  host.answers({ body: enveloped({ quotient_familial: { valeur: 464 } }) })
  const now = new Date()
  const [annee, mois] = [String(now.getFullYear()), String(now.getMonth() + 1)]
  await service.inside((request) => request.fcData('dss/quotient-familial', { annee, mois } as never))
  t.match(host.seen[0]?.url, new RegExp(`&annee=${annee}&mois=${mois}$`))
  host.answers({ body: { rfr: 1 } })
  await service.inside((request) => request.fcData('dgfip/situation-ir', { annrev: '2024' } as never))
  t.match(host.seen[1]?.url, /\/annrev\/2024$/)
  const wrong: [object, RegExp][] = [
    [{ annee: '20x6' }, /annee must be integer/],
    [{ mois: '13' }, /mois must be <= 12/],
    [{ anee: '2026' }, /"anee" is unknown, did you mean "annee"\?/],
    [{ annee: now.getFullYear() - 2 }, /annee must be within the last 24 months/],
    [{ annee: now.getFullYear() - 2, mois: now.getMonth() + 1 }, /annee and mois must be within the last 24 months/]
  ]
  for (const [params, message] of wrong) {
    const call = service.inside((request) => request.fcData('dss/quotient-familial', params))
    await t.rejects(call, { code: 'FST_FC_DATA_INVALID_PARAMS', statusCode: 400, message })
  }
  const plate = { immatriculation: 'la grise' }
  const call = service.inside((request) => request.fcData('ants/extrait-immatriculation-vehicule', plate))
  const message = /immatriculation must match pattern ".+" \(AA-123-BB or 123 ABC 12\)$/
  await t.rejects(call, { message }, 'a rule that its description tells better')
  t.equal(host.seen.length, 2, 'nothing left for a wrong one')
})

t.test('an unknown API name is given back with the nearest one', async (t) => {
  const host = await startDataHost(t)
  const service = await startDataService(t, host.url, { apis: [QF] })
  const call = (name: string) => service.inside((request) => request.fcData(name as 'dss/quotient-familial'))
  const said = /^"dss\/quotient-familal" is no API .*: did you mean "dss\/quotient-familial"\?$/
  await t.rejects(call('dss/quotient-familal'), { code: 'FST_FC_DATA_UNKNOWN_API', message: said })
  await t.rejects(call('quotient-familial'), { message: /did you mean "dss\/quotient-familial"\?/ })
  await t.rejects(call('https://evil.example/?jeton=1'), { message: /^that name is no API/ })
  const boot = startDataService(t, host.url, { apis: ['dss/quotient_familial' as 'dss/quotient-familial'] })
  await t.rejects(boot, { code: 'FST_FC_DATA_INVALID_OPTIONS', message: /did you mean "dss\/quotient-familial"\?/ })
})

t.test('a misspelt scope is named at boot with the one that was meant', async (t) => {
  const host = await startDataHost(t)
  const apis = [{ name: 'dss/quotient-familial', scopes: ['cnaf_quotient_familal', 'cnaf_enfants'] }]
  const service = await startDataService(t, host.url, { apis: apis as never })
  t.match(
    service.logged(40).map(({ msg }) => msg),
    [/"cnaf_quotient_familal" for dss\/quotient-familial: did you mean "cnaf_quotient_familial"\?/]
  )
})
