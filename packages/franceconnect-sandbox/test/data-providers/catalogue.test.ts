import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import t from 'tap'
import { withDataProviders } from './checktoken-double.ts'

/** What is published of each API: its path, its scopes, the leaves of its answer. */
interface Fact {
  id: string
  path: string
  params: string[]
  scopes: string[]
  gatewayScope?: string
  accept?: string
  fields: string[]
}

const facts: Fact[] = JSON.parse(readFileSync(new URL('./facts.json', import.meta.url), 'utf8'))
const sandbox = await withDataProviders()
t.teardown(() => sandbox.close())
// In autumn last year's tax notices exist.
sandbox.moveTo(10)
const { apiParticulier, dgfip, cnam, franceTravail } = sandbox.options
const lastYear = `${new Date(sandbox.now()).getUTCFullYear() - 1}`

async function gatewayToken(scope: string): Promise<string> {
  const credentials = Buffer.from(`${dgfip.clientId}:${dgfip.clientSecret}`).toString('base64')
  const response = await fetch(dgfip.tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope })
  })
  return (await response.json()).access_token
}

async function nirOf(citizen: string): Promise<string> {
  const headers = {
    authorization: `Bearer ${sandbox.issue(citizen, 'droits_assurance_maladie')}`,
    'x-api-key': cnam.apiKey
  }
  return (await (await fetch(`${cnam.baseUrl}/v1/droits/beneficiaires/me`, { headers })).json()).nir
}

/** Calls an API as its provider wants to be called. */
async function call({ path, params, scopes, gatewayScope, accept }: Fact, citizen: string, producer: string) {
  const years = scopes.includes('dgfip_annee_n_moins_1')
    ? scopes.filter((name) => !name.includes('si_indispo'))
    : scopes
  const token = sandbox.issue(citizen, ...years)
  if (producer === 'dgfip') {
    const headers = {
      authorization: `Bearer ${await gatewayToken(gatewayScope ?? '')}`,
      'x-franceconnect-oauth': token,
      'x-correlation-id': randomUUID(),
      id_teleservice: dgfip.idTeleservice,
      accept: accept ?? ''
    }
    return fetch(dgfip.baseUrl + path.replace('{annrev}', lastYear), { headers })
  }
  const authorization = `Bearer ${token}`
  if (producer === 'cnam') {
    const nir: Record<string, string> = params.includes('nir') ? { nir: await nirOf(citizen) } : {}
    return fetch(cnam.baseUrl + path, { headers: { authorization, 'x-api-key': cnam.apiKey, ...nir } })
  }
  if (producer === 'france-travail') return fetch(franceTravail.baseUrl + path, { headers: { authorization } })
  const query = new URLSearchParams({ recipient: apiParticulier.recipient })
  if (params.includes('immatriculation')) query.set('immatriculation', 'fc-456-cd')
  return fetch(`${apiParticulier.baseUrl}${path}?${query}`, { headers: { authorization } })
}

function leaves(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object') return [path]
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, path))
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path ? `${path}.${name}` : name))
}

for (const fact of facts) {
  const producer = fact.id.slice(0, fact.id.indexOf('/'))
  t.test(`${fact.id} answers at ${fact.path}, with published fields alone`, async (t) => {
    if (producer === 'dsnj') {
      sandbox.moveToDay('2026-11-26T12:00:00Z')
      t.teardown(() => sandbox.moveTo(10))
    }
    const response = await call(fact, producer === 'dsnj' ? 'dsnj_un' : 'test', producer)
    t.equal(response.status, 200)
    const body = await response.json()
    const own = ['dgfip', 'cnam', 'france-travail'].includes(producer)
    const found = [...new Set(leaves(own ? body : body.data))]
    t.ok(found.length > 0)
    t.strictSame(
      found.filter((leaf) => !fact.fields.includes(leaf)),
      [],
      'no field of ours'
    )
    if (!own) {
      t.strictSame(
        fact.fields.filter((leaf) => !found.includes(leaf)),
        [],
        'every field, all scopes granted'
      )
    }
  })
}

t.test('each call was recorded under the name of its API, with neither query nor token', async (t) => {
  t.strictSame(
    facts.map(({ id }) => id).filter((id) => !sandbox.records.some(({ api, status }) => api === id && status === 200)),
    []
  )
  t.notOk(sandbox.records.some(({ path }) => path.includes('?')))
})

t.test('every scope of an API is one that its provider reads at checktoken', async (t) => {
  const known = sandbox.providers.clients.flatMap(({ scopes }) => scopes)
  t.strictSame(
    facts.flatMap(({ scopes }) => scopes).filter((scope) => !known.includes(scope)),
    []
  )
})
