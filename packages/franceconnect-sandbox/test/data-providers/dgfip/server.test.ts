import { randomUUID } from 'node:crypto'
import t from 'tap'
import { ask } from '../ask.ts'
import { withDataProviders } from '../checktoken-double.ts'

const sandbox = await withDataProviders()
t.teardown(() => sandbox.close())
// In autumn last year's notices exist.
sandbox.moveTo(10)
const { dgfip } = sandbox.options
const year = new Date(sandbox.now()).getUTCFullYear()

async function gateway(form: Record<string, string>, credentials = `${dgfip.clientId}:${dgfip.clientSecret}`) {
  const response = await fetch(dgfip.tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    body: new URLSearchParams(form)
  })
  return { status: response.status, body: await response.json() }
}

const tokens = new Map<string, string>()

/** Asks a resource with good tokens and headers, but for what `headers` says. */
async function get(path: string, scope: string, token: string, headers: Record<string, string> = {}) {
  const held = tokens.get(scope) ?? (await gateway({ grant_type: 'client_credentials', scope })).body.access_token
  tokens.set(scope, held)
  return ask(`${dgfip.baseUrl}/impotparticulier/1.0${path}`, {
    authorization: `Bearer ${held}`,
    'x-franceconnect-oauth': token,
    'x-correlation-id': randomUUID(),
    id_teleservice: dgfip.idTeleservice,
    ...headers
  })
}

const situation = (age: number | string) =>
  `/situations/ir/assiettes/annrev/${typeof age === 'number' ? year - age : age}`

t.test('two tokens open the tax notice, masked by scope', async (t) => {
  const scopes = ['dgfip_annee_n_moins_1', 'dgfip_rfr', 'dgfip_nbpart', 'dgfip_pac_nbPac']
  const { status, headers, body } = await get(
    situation(1),
    'RessourceIR',
    sandbox.issue('plusieurs_prénoms_3', ...scopes)
  )
  t.equal(status, 200)
  t.equal(headers.get('content-type'), 'application/prs.dgfip.part.situations.ir.assiettes.v1+json')
  t.strictSame(body, { rfr: 43_200, nbPart: 4, pac: { nbPac: 3 } })
  const gross = sandbox.issue('plusieurs_prénoms_3', 'dgfip_annee_n_moins_1', 'dgfip_rbg')
  t.strictSame((await get(situation(1), 'RessourceIR', gross)).body, { revenuBrutGlobal: 43_200 })
})

t.test('the gateway gives a token to its client, for a scope that it has', async (t) => {
  const grant_type = 'client_credentials'
  const scope = 'RessourceIR'
  t.match(await gateway({ grant_type, scope }), {
    status: 200,
    body: { token_type: 'Bearer', expires_in: 3600, scope }
  })
  t.match(await gateway({ grant_type, scope }, 'somebody:else'), { status: 401, body: { error: 'invalid_client' } })
  t.match(await gateway({ grant_type: 'authorization_code', scope }), { body: { error: 'unsupported_grant_type' } })
  t.match(await gateway({ grant_type }), { status: 400, body: { error: 'invalid_scope' } })
  t.match(await gateway({ grant_type, scope: 'RessourceIR Autre' }), { body: { error: 'invalid_scope' } })
  t.equal((await ask(dgfip.tokenUrl)).status, 405)
})

t.test('what the DGFiP wants in a call', async (t) => {
  const token = sandbox.issue('test', 'dgfip_annee_n_moins_1', 'dgfip_rfr')
  const refused = async (headers: Record<string, string>, scope = 'RessourceIR') => {
    const { status, body } = await get(situation(1), scope, token, headers)
    return `${status} ${body.codeapp ?? ''}`.trim()
  }
  t.equal(await refused({ authorization: 'Bearer unknown' }), '401')
  t.equal(await refused({ authorization: `Bearer ${token}` }), '401', "FranceConnect's token is not the gateway's")
  t.equal(await refused({}, 'RessourceIFI'), '403 4031', 'a token for another resource')
  t.equal(await refused({ 'x-correlation-id': 'not-a-uuid' }), '400 4001')
  t.equal(await refused({ id_teleservice: 'another' }), '403 4031')
  t.equal(await refused({ 'x-franceconnect-oauth': `Bearer ${token}` }), '403 4031', 'sent raw, without Bearer')
  t.equal(await refused({ accept: 'application/json' }), '406')
  t.equal(await refused({ accept: 'application/prs.dgfip.part.situations.ir.assiettes.v1+json' }), '200')
  sandbox.advance(61)
  t.equal(await refused({}), '403 4031', "FranceConnect's token is expired")
  sandbox.advance(3600)
  t.equal(await refused({}), '401', "the gateway's token is expired")
  tokens.clear()
})

t.test('the years that the scopes open', async (t) => {
  const asked = async (age: number | string, citizen: string, ...scopes: string[]) => {
    const token = sandbox.issue(citizen, 'dgfip_rfr', ...scopes)
    const { status, body } = await get(situation(age), 'RessourceIR', token)
    return status === 200 ? body.rfr : `${status} ${body.codeapp}`
  }
  const ifMissing = 'dgfip_annee_n_moins_2_si_indispo_n_moins_1'
  t.equal(await asked(1, 'test'), '403 4031', 'no year at all')
  t.equal(await asked(2, 'test', 'dgfip_annee_n_moins_2'), 17_820)
  t.equal(await asked(3, 'test', 'dgfip_annee_n_moins_2'), '403 4031')
  t.equal(await asked(4, 'test', 'dgfip_annee_n_moins_3'), '403 4031')
  t.equal(await asked(1, 'test', ifMissing), 18_419)
  t.equal(await asked(2, 'test', ifMissing), '403 4031', 'last year is there')
  t.equal(await asked(1, 'test_CORSE_2A', ifMissing), '410 4101', 'last year is not there yet')
  t.type(await asked(2, 'test_CORSE_2A', ifMissing), 'number')
  t.equal(await asked('abcd', 'test', 'dgfip_annee_n_moins_1'), '400 4001')
  t.equal(await asked(1, 'sans_dossier', 'dgfip_annee_n_moins_1'), '410 4101')
  t.equal(await asked(1, 'prénom_composé', 'dgfip_annee_n_moins_1'), 0)
})

t.test('no data scope, or one of another resource: 403', async (t) => {
  const token = sandbox.issue('test', 'dgfip_annee_n_moins_1', 'dgfip_indiIFI')
  t.equal((await get(situation(1), 'RessourceIR', token)).status, 403)
  const ifi = await get(`/situations/ifiisf/assiettes/annrev/${year - 1}`, 'RessourceIFI', token)
  t.strictSame(ifi.body, { indicateurIfiIsf: 'O' })
})

t.test('the latest of two years says which it is', async (t) => {
  const latest = async (citizen: string) => {
    const scopes = ['dgfip_annee_n_moins_1', 'dgfip_annee_n_moins_2', 'dgfip_rfr']
    const path = '/dernieresituation/ir/assiettes/deuxans'
    return (await get(path, 'RessourceIRDerniere2', sandbox.issue(citizen, ...scopes))).body.annRevenu
  }
  t.equal(await latest('test'), year - 1)
  t.equal(await latest('test_CORSE_2A'), year - 2)
})

t.test('two declarants, and two notices for the year of a wedding', async (t) => {
  const scopes = ['dgfip_annee_n_moins_1', 'dgfip_annee_n_moins_2', 'dgfip_sitfam', 'dgfip_decl']
  const token = sandbox.issue('avec_nom_dusage', ...scopes)
  const several = (age: number) =>
    get(`/situations/ir/assiettes/multiple/annrev/${year - age}`, 'RessourceIRMultiple', token)
  const [before, after] = (await several(1)).body.situationsIR
  t.match(before, { sitFam: 'C', nmNaiDec1: 'MERCIER', nmUsaDec1: 'DUBOIS', dateFinPeriode: `${year - 1}-06-18` })
  t.notOk('nmNaiDec2' in before)
  t.match(after, { sitFam: 'M', nmNaiDec2: 'DUBOIS', dateNaisDec2: { jour: '02', mois: '04', annee: '1971' } })
  t.match((await several(2)).body.situationsIR, [{ sitFam: 'C' }])
})

t.test('dwellings are masked inside their list', async (t) => {
  const scopes = ['dgfip_annee_n_moins_1', 'dgfip_locaux_th_Nat']
  const path = `/situations/th/assiettes/principale/annrev/${year - 1}`
  const { body } = await get(path, 'RessourceTHPrincipale', sandbox.issue('test', ...scopes))
  t.strictSame(body, { situationsTH: [{ natureImp: 'H', locaux: [{ natureLocal: 'AP' }] }] })
})

t.test('nothing is found elsewhere', async (t) => {
  t.equal((await get('/situations/ir/autre', 'RessourceIR', 'x')).status, 404)
})
