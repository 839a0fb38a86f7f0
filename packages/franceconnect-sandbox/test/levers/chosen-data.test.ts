import { randomUUID } from 'node:crypto'
import t from 'tap'
import { startSandbox } from '../../src/index.ts'
import { laidOver } from '../../src/levers/chosen-data.ts'
import { RelyingParty, recordedClients } from '../relying-party.ts'

const api = 'dss/quotient-familial'
const scopes = [
  'openid',
  'cnaf_quotient_familial',
  'cnaf_enfants',
  'dgfip_rfr',
  'dgfip_annee_n_moins_1',
  'droits_assurance_maladie',
  'cnam_beneficiaires',
  'api_fc-statutaugmentev1'
]
const client = { ...recordedClients.es256, scopes }
const sandbox = await startSandbox({ port: 0, clients: [client] })
t.teardown(() => sandbox.close())
const service = new RelyingParty(sandbox, client)
const { apiParticulier, dgfip, cnam, franceTravail } = sandbox.fcDataOptions.providers

async function tokenOf(citizen: string, scope = scopes.join(' ')): Promise<string> {
  const response = await service.token(await service.code({ scope }, sandbox.browser(), citizen))
  return ((await response.json()) as { access_token: string }).access_token
}

async function read(url: string, headers: Record<string, string>) {
  const response = await fetch(url, { headers })
  return { status: response.status, body: await response.json() }
}

const quotient = async (citizen: string, query = '', scope?: string) =>
  read(`${apiParticulier.baseUrl}/v3/dss/quotient_familial/france_connect?recipient=13002526500013${query}`, {
    authorization: `Bearer ${await tokenOf(citizen, scope)}`
  })

t.test('an object is laid over the usual answer, masked by scope, and shows at once', async (t) => {
  const before = await quotient('test')
  sandbox.answer(api, 'test', { quotient_familial: { valeur: 400 } })
  const { status, body } = await quotient('test')
  t.equal(status, 200)
  const { quotient_familial, ...rest } = before.body.data
  t.same(body.data, { quotient_familial: { ...quotient_familial, valeur: 400 }, ...rest })
  t.same((await quotient('test', '', 'openid cnaf_enfants')).body.data, { enfants: rest.enfants }, 'masked')
  t.equal((await quotient('naissance_Algérie')).body.data.quotient_familial.valeur, 412, 'nobody else')
  sandbox.answer(api, sandbox.citizens[0]!, undefined)
  t.same((await quotient('test')).body, before.body, 'the usual answer is back')
})

t.test('a null member, and a list, replace', async (t) => {
  sandbox.answer(api, 'test', { quotient_familial: { valeur: null }, enfants: [] })
  const { data } = (await quotient('test')).body
  t.equal(data.quotient_familial.valeur, null)
  t.type(data.quotient_familial.annee, 'number')
  t.same(data.enfants, [])
  sandbox.answer(api, 'test', { quotient_familial: null })
  t.equal((await quotient('test')).body.data.quotient_familial, null)
  sandbox.answer(api, 'test', undefined)
})

t.test('nothing, refused, failing: in the words of the provider', async (t) => {
  const nobody = await quotient('sans_dossier')
  sandbox.answer(api, 'test', 404)
  t.same(await quotient('test'), nobody)
  sandbox.answer(api, 'test', 422)
  t.match(await quotient('test'), { status: 422, body: { errors: [{ code: '35561' }] } })
  sandbox.answer(api, 'test', 503)
  t.match(await quotient('test'), { status: 503, body: { errors: [{ meta: { provider: 'CNAF & MSA' } }] } })
  sandbox.answer(api, 'test', undefined)
})

t.test('nothing this month, something last month', async (t) => {
  const now = new Date()
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1))
  const month = `&annee=${last.getUTCFullYear()}&mois=${last.getUTCMonth() + 1}`
  const isLast = ({ mois }: Record<string, string>) => mois === `${last.getUTCMonth() + 1}`
  sandbox.answer(api, 'test', (asked) => (isLast(asked) ? { quotient_familial: { valeur: 250 } } : 404))
  const ask = (query: string, token: string) =>
    read(`${apiParticulier.baseUrl}/v3/dss/quotient_familial/france_connect?recipient=13002526500013${query}`, {
      authorization: `Bearer ${token}`,
      'cache-control': 'no-cache'
    })
  const token = await tokenOf('test')
  t.equal((await ask('', token)).status, 404)
  t.equal((await ask(month, token)).body.data.quotient_familial.valeur, 250)
  sandbox.answer(api, 'test', undefined)
})

t.test('a citizen without a file answers what was chosen', async (t) => {
  sandbox.answer(api, 'sans_dossier', { quotient_familial: { valeur: 10 } })
  t.same((await quotient('sans_dossier')).body.data, { quotient_familial: { valeur: 10 } })
  sandbox.answer(api, 'sans_dossier', undefined)
})

t.test('the other providers', async (t) => {
  const bearer = async () => ({ authorization: `Bearer ${await tokenOf('test')}` })
  const rights = async () =>
    read(`${cnam.baseUrl}/v1/droits/beneficiaires/me`, { ...(await bearer()), 'x-api-key': cnam.apiKey })
  sandbox.answer('cnam/droits-me', 'test', { medecin_traitant_choisi: null })
  t.match(await rights(), { status: 200, body: { medecin_traitant_choisi: null, nom_famille: 'DUBOIS' } })
  sandbox.answer('cnam/droits-me', 'test', 404)
  t.equal((await rights()).status, 404)
  sandbox.answer('cnam/droits-me', 'test', 502)
  t.equal((await rights()).status, 502)

  const job = async () => read(`${franceTravail.baseUrl}/partenaire/fc-statutaugmente/v1/statut`, await bearer())
  sandbox.answer('france-travail/statut', 'test', { situationInscription: { categorieInscription: '9' } })
  t.match(await job(), { status: 200, body: { situationInscription: { categorieInscription: '9' } } })
  sandbox.answer('france-travail/statut', 'test', 404)
  t.equal((await job()).status, 404)

  const { baseUrl, tokenUrl, clientId, clientSecret } = dgfip
  const form = { grant_type: 'client_credentials', scope: 'RessourceIRDerniere' }
  const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
  const gateway = await fetch(tokenUrl, {
    method: 'POST',
    headers: { authorization: basic },
    body: new URLSearchParams(form)
  })
  const { access_token } = (await gateway.json()) as { access_token: string }
  const year = new Date().getUTCFullYear() - 1
  const notice = async (citizen = 'test') =>
    read(`${baseUrl}/impotparticulier/1.0/dernieresituation/ir/assiettes/annrev/${year}`, {
      authorization: `Bearer ${access_token}`,
      'x-correlation-id': randomUUID(),
      'x-franceconnect-oauth': await tokenOf(citizen)
    })
  sandbox.answer('dgfip/derniere-situation-ir', 'test', ({ annrev }) => ({ rfr: Number(annrev) }))
  t.match(await notice(), { status: 200, body: { rfr: year } })
  sandbox.answer('dgfip/derniere-situation-ir', 'test', 404)
  t.same(await notice(), await notice('sans_dossier'), 'nothing, in its own words')
})

t.test('a wrong name or answer is refused with what is expected', async (t) => {
  const refused = (message: RegExp) => ({ code: 'FST_FC_SANDBOX_INVALID_OPTIONS', message })
  t.throws(
    () => sandbox.answer('dss/quotient', 'test', 404),
    refused(/no API is called dss\/quotient; .*dss\/quotient-familial/)
  )
  t.throws(() => sandbox.answer(api, 'nobody', 404), refused(/no citizen has the id nobody/))
  for (const wrong of [200, 'nothing', null, 404.5]) {
    t.throws(() => sandbox.answer(api, 'test', wrong as never), refused(/a status from 400 to 599/))
  }
})

t.test('objects are laid over member by member, anything else replaces', async (t) => {
  t.same(laidOver({ a: { b: 1, c: [1, 2] }, d: 1 }, { a: { c: [3] } }), { a: { b: 1, c: [3] }, d: 1 })
  t.same(laidOver([1], { a: 1 }), { a: 1 })
  t.same(laidOver({ a: 1 }, [1]), [1])
  t.same(laidOver({ a: { b: 1 } }, { a: undefined }), { a: undefined })
  const hostile = JSON.parse('{ "__proto__": { "x": 1 } }')
  t.equal(Object.getPrototypeOf(laidOver({ a: 1 }, hostile)), Object.prototype)
  t.notOk('x' in Object.prototype)
})
