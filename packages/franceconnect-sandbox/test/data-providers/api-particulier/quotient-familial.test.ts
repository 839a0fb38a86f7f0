import t from 'tap'
import { withDataProviders } from '../checktoken-double.ts'

const path = '/v3/dss/quotient_familial/france_connect'
const all = ['cnaf_quotient_familial', 'cnaf_allocataires', 'cnaf_enfants', 'cnaf_adresse']

const sandbox = await withDataProviders()
t.teardown(() => sandbox.close())

async function ask(token: string, query = `?recipient=${sandbox.options.apiParticulier.recipient}`, headers = {}) {
  const url = `${sandbox.options.apiParticulier.baseUrl}${path}${query}`
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}`, ...headers } })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

t.test('the whole file of a family, in the envelope of API Particulier', async (t) => {
  const { status, headers, body } = await ask(sandbox.issue('plusieurs_prénoms_3', ...all))
  t.equal(status, 200)
  t.equal(headers.get('content-type'), 'application/vnd.api+json; charset=utf-8')
  t.strictSame([body.links, body.meta], [{}, {}])
  const today = new Date(sandbox.now())
  t.match(body.data.quotient_familial, {
    fournisseur: 'CNAF',
    valeur: 1135,
    annee: today.getUTCFullYear(),
    mois: today.getUTCMonth() + 1
  })
  t.equal(body.data.enfants.length, 3)
  t.equal(body.data.allocataires[0].date_naissance, '1943-06-15')
  t.notOk('code_cog_insee_commune_naissance' in body.data.allocataires[0], 'a field of another data set')
  t.strictSame(Object.keys(body.data.adresse).length, 7)
})

t.test('a field whose scope was not granted is absent, not null', async (t) => {
  const { body } = await ask(sandbox.issue('test', 'cnaf_quotient_familial'))
  t.strictSame(Object.keys(body.data), ['quotient_familial'])
})

t.test('none of the scopes: 403 00100', async (t) => {
  const { status, body } = await ask(sandbox.issue('test', 'prime_activite', 'dgfip_rfr'))
  t.equal(status, 403)
  t.match(body.errors[0], { code: '00100', source: { parameter: 'token' }, meta: {} })
})

t.test('nobody of that name at the CAF nor at the MSA: 404 35003', async (t) => {
  for (const citizen of ['sans_dossier', 'moins_16_ans']) {
    const { status, body } = await ask(sandbox.issue(citizen, ...all))
    t.equal(status, 404)
    t.match(body.errors[0], { code: '35003', source: null, meta: { provider: 'CNAF & MSA' } })
  }
})

t.test('an identity that the funds refuse: 422', async (t) => {
  const unknown = await ask(sandbox.issue('étranger_présumé_né_jour', ...all))
  t.match(unknown, { status: 422, body: { errors: [{ code: '35560' }] } })
  const refused = await ask(sandbox.issue('genre_indéfini', ...all))
  t.match(refused, { status: 422, body: { errors: [{ code: '35561' }] } })
})

t.test('the month asked must be one of the last twenty-four', async (t) => {
  const token = sandbox.issue('avec_nom_dusage', ...all)
  const year = new Date(sandbox.now()).getUTCFullYear()
  const asked = async (query: string) => {
    const answer = await ask(token, `?recipient=13002526500013&${query}`, { 'cache-control': 'no-cache' })
    return answer.status === 200 ? answer.body.data.quotient_familial.annee : answer.body.errors[0].code
  }
  t.equal(await asked(`annee=${year - 1}&mois=12`), year - 1)
  t.equal(await asked(`annee=${year - 3}`), '00356')
  t.equal(await asked('annee=abc'), '00356')
  t.equal(await asked(`annee=${year}&mois=13`), '00354')
  t.equal(await asked(`annee=${year - 2}&mois=1`), '00355')
})

t.test('a held answer is served for a day, whatever month is asked, unless no-cache', async (t) => {
  const token = sandbox.issue('prénom_composé', ...all)
  const first = await ask(token)
  t.equal(first.headers.get('x-response-cached'), 'false')
  t.equal(first.headers.get('x-cache-expires-in'), '')
  const year = new Date(sandbox.now()).getUTCFullYear() - 1
  const second = await ask(token, `?recipient=13002526500013&annee=${year}&mois=12`)
  t.equal(second.headers.get('x-response-cached'), 'true')
  t.ok(Number(second.headers.get('x-cache-expires-in')) > 86_390)
  t.not(second.body.data.quotient_familial.annee, year, 'the month asked is not in the key')
  const third = await ask(token, `?recipient=13002526500013&annee=${year}&mois=12`, { 'cache-control': 'no-cache' })
  t.equal(third.body.data.quotient_familial.annee, year)
  sandbox.advance(86_401)
  const later = await ask(sandbox.issue('prénom_composé', ...all))
  t.equal(later.headers.get('x-response-cached'), 'false')
})
