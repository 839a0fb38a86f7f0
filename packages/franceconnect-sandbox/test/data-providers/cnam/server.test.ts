import t from 'tap'
import { ask } from '../ask.ts'
import { withDataProviders } from '../checktoken-double.ts'

const sandbox = await withDataProviders()
t.teardown(() => sandbox.close())
const { cnam } = sandbox.options

async function get(path: string, citizen: string, scopes: string[], headers: Record<string, string> = {}) {
  const token = sandbox.issue(citizen, 'droits_assurance_maladie', ...scopes)
  return ask(`${cnam.baseUrl}/v1/droits/beneficiaires${path}`, {
    authorization: `Bearer ${token}`,
    'x-api-key': cnam.apiKey,
    ...headers
  })
}

const nirOf = async (citizen: string): Promise<string> => (await get('/me', citizen, [])).body.nir

t.test('the insured person, with a key and a token', async (t) => {
  const { status, body } = await get('/me', 'avec_nom_dusage', [])
  t.equal(status, 200)
  t.match(body, { nom_famille: 'MERCIER', nom_usage: 'DUBOIS', qualite: 'assure', presence_CMUC_ACS: false })
  t.match(body.nir, /^1690395277042\d{2}$/)
  const digits = body.nir.slice(0, 13)
  t.equal(Number(body.nir.slice(13)), 97 - Number(BigInt(digits) % 97n), 'the key of the number')
  t.match(await nirOf('test_CORSE_2A'), /^1810219004/)
})

t.test('refusals of the key, of the token, of the scopes', async (t) => {
  t.equal((await get('/me', 'test', [], { 'x-api-key': 'another' })).status, 401)
  const expired = await get('/me', 'test', [], { authorization: 'Bearer unknown' })
  t.equal(expired.status, 401)
  t.equal(expired.headers.get('www-authenticate'), 'Bearer error="invalid_token"')
  t.equal((await get('/me', 'test', [], { authorization: 'Basic x' })).status, 401)
  t.equal((await get('/me/beneficiaires', 'test', [])).status, 403)
  const other = sandbox.issue('test', 'cnam_caisse')
  t.equal((await get('/me', 'test', [], { authorization: `Bearer ${other}` })).status, 403)
  t.equal((await get('/autre', 'test', [])).status, 404)
})

t.test('those attached, and nobody else', async (t) => {
  const { body } = await get('/me/beneficiaires', 'plusieurs_prénoms_3', ['cnam_beneficiaires'])
  t.equal(body.length, 3)
  t.strictSame((await get('/me/beneficiaires', 'avec_nom_dusage', ['cnam_beneficiaires'])).body, [])
  const about = (nir: string) => get('', 'plusieurs_prénoms_3', ['cnam_beneficiaires'], nir ? { nir } : {})
  t.match((await about(body[1].nir)).body, { prenom: 'ALICE ROSE', qualite: 'enfant' })
  t.equal((await about(await nirOf('test'))).status, 403)
  t.equal((await about('')).status, 400)
})

t.test('contracts, exemptions, doctor and fund', async (t) => {
  const about = async (path: string, citizen: string, scope: string, query = '') => {
    const nir = await nirOf(citizen)
    return get(`${path}${query}`, citizen, [scope], { nir })
  }
  const natures = ({ body }: { body: { nature_assurance: string }[] }) => body.map((one) => one.nature_assurance)
  t.strictSame(natures(await about('/contrats', 'test', 'cnam_contrats')), ['AMO', 'AMC'])
  t.strictSame(natures(await about('/contrats', 'nom_composé', 'cnam_contrats')), ['AMO'])
  t.match((await about('/exonerations', 'test', 'cnam_exonerations')).body, [{ motif: { code: 'INV' } }])
  t.strictSame((await about('/exonerations', 'nom_composé', 'cnam_exonerations')).body, [])
  t.match((await about('/medecin-traitant', 'test', 'cnam_presence_medecin_traitant')).body, { nom: 'LAENNEC' })
  t.equal((await about('/medecin-traitant', 'nom_composé', 'cnam_medecin_traitant')).status, 404)
  t.match((await about('/caisse', 'test', 'cnam_caisse')).body, {
    adresse: { numero_voie: '12', nom_voie: 'DE GRENELLE' }
  })
})

t.test('the general scheme alone', async (t) => {
  t.equal((await get('/me', 'naissance_Algérie', [])).status, 404, 'at the MSA')
  t.equal((await get('/me', 'sans_dossier', [])).status, 404)
})

t.test('the period starts today at the earliest and ends within a year', async (t) => {
  const day = (offset: number) => new Date(sandbox.now() + offset * 86_400_000).toISOString().slice(0, 10)
  const asked = async (query: string) => (await get(`/me${query}`, 'test', [])).status
  t.equal(await asked(`?dateDebut=${day(0)}&dateFin=${day(30)}`), 200)
  t.equal(await asked(`?dateDebut=${day(-1)}`), 400)
  t.equal(await asked(`?dateFin=${day(400)}`), 400)
  t.equal(await asked(`?dateDebut=${day(10)}&dateFin=${day(5)}`), 400)
  t.equal(await asked('?dateDebut=2030-02-31'), 400)
  t.equal(await asked('?dateDebut=demain'), 400)
})
