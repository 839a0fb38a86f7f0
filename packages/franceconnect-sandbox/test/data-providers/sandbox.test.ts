import { randomBytes, randomUUID } from 'node:crypto'
import t from 'tap'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { ask } from './ask.ts'

const sandbox = await startSandbox({ port: 0, plusChecktoken: true, apiParticulier: { errorCodes: '5000x' } })
t.teardown(() => sandbox.close())
const { apiParticulier, dgfip } = sandbox.fcDataOptions.providers

interface Service {
  issuer: string
  client: (typeof sandbox)['client']
  acr_values: string
}

const low: Service = { issuer: sandbox.issuer, client: sandbox.client, acr_values: 'eidas1' }
const plus: Service = { issuer: sandbox.plusIssuer, client: sandbox.clients[1]!, acr_values: 'eidas2' }

/** A citizen's access token, by a whole login at FranceConnect. */
const tokenOf = (citizen: string, ...scopes: string[]) => tokenAt(low, citizen, scopes)

async function tokenAt({ issuer, client, acr_values }: Service, citizen: string, scopes: string[]): Promise<string> {
  const { clientId, clientSecret, redirectUris } = client
  const redirect_uri = redirectUris[0]!
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri,
    scope: ['openid', ...scopes].join(' '),
    state: randomBytes(32).toString('hex'),
    nonce: randomBytes(32).toString('hex'),
    acr_values
  }
  const callback = await sandbox.authorize(`${issuer}/authorize?${new URLSearchParams(parameters)}`, citizen)
  const code = new URL(callback).searchParams.get('code') ?? ''
  const body = {
    grant_type: 'authorization_code',
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uri,
    code
  }
  const response = await fetch(`${issuer}/token`, { method: 'POST', body: new URLSearchParams(body) })
  return (await response.json()).access_token
}

const quotient = (token: string) =>
  ask(`${apiParticulier.baseUrl}/v3/dss/quotient_familial/france_connect?recipient=${apiParticulier.recipient}`, {
    authorization: `Bearer ${token}`
  })

t.test("a citizen's own data, with a token of a login", async (t) => {
  for (const [citizen, value] of [
    ['test', 872],
    ['naissance_Algérie', 412]
  ] as const) {
    const { status, body } = await quotient(await tokenOf(citizen, 'cnaf_quotient_familial'))
    t.equal(status, 200)
    t.strictSame(Object.keys(body.data), ['quotient_familial'])
    t.equal(body.data.quotient_familial.valeur, value)
  }
})

t.test('every citizen is found again from the pivot identity', async (t) => {
  const known = sandbox.citizens.filter(({ refusal }) => refusal === undefined)
  for (const { id } of known) {
    const { status, body } = await quotient(await tokenOf(id, 'cnaf_quotient_familial', 'cnaf_allocataires'))
    t.ok([200, 404, 422].includes(status), id)
    if (status !== 200) continue
    const { family_name } = sandbox.citizens.find((citizen) => citizen.id === id)!.register
    t.equal(body.data.allocataires[0].nom_naissance, family_name.toUpperCase(), id)
  }
})

t.test('the token is dead after sixty seconds', async (t) => {
  const token = await tokenOf('test', 'cnaf_quotient_familial')
  sandbox.advance(59)
  t.equal((await quotient(token)).status, 200)
  sandbox.advance(2)
  t.match(await quotient(token), { status: 401, body: { errors: [{ code: '50002' }] } })
})

async function latestNotice(token: string) {
  const credentials = Buffer.from(`${dgfip.clientId}:${dgfip.clientSecret}`).toString('base64')
  const issued = await fetch(dgfip.tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'RessourceIRDerniere2' })
  })
  return ask(`${dgfip.baseUrl}/impotparticulier/1.0/dernieresituation/ir/assiettes/deuxans`, {
    authorization: `Bearer ${(await issued.json()).access_token}`,
    'x-franceconnect-oauth': token,
    'x-correlation-id': randomUUID()
  })
}

t.test('DGFiP, and keys of FranceConnect that turned over', async (t) => {
  const token = await tokenOf('test', 'dgfip_annee_n_moins_1', 'dgfip_rfr')
  t.equal((await latestNotice(token)).body.rfr, 18_419)
  await sandbox.rotateKeys()
  t.equal((await latestNotice(token)).body.rfr, 18_419)
})

t.test('a token of FranceConnect+, where its checktoken answers', async (t) => {
  const token = await tokenAt(plus, 'test', ['dgfip_annee_n_moins_1', 'dgfip_rfr'])
  t.equal((await latestNotice(token)).body.rfr, 18_419)
  sandbox.advance(61)
  t.equal((await latestNotice(token)).status, 403)
})

t.test('the settings of API Particulier are checked', async (t) => {
  const wrong = { errorCodes: '5150X' } as unknown as { errorCodes: '5150x' }
  await t.rejects(startSandbox({ port: 0, apiParticulier: wrong }), { code: 'FST_FC_SANDBOX_INVALID_OPTIONS' })
})

t.test('published under a name that leads nowhere from here, FranceConnect is still asked', async (t) => {
  const named = await startSandbox({ port: 0, hostName: 'franceconnect.invalid' })
  t.teardown(() => named.close())
  const { baseUrl } = named.fcDataOptions.providers.apiParticulier
  t.match(baseUrl, /^http:\/\/franceconnect\.invalid:/)
  const path = '/v3/dss/prime_activite/france_connect?recipient=13002526500013'
  const reachable = baseUrl.replace('franceconnect.invalid', '127.0.0.1')
  const { body } = await ask(reachable + path, { authorization: `Bearer ${'x'.repeat(43)}` })
  t.match(body, { errors: [{ code: '51502' }] })
})
