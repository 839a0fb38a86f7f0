import { randomUUID } from 'node:crypto'
import t from 'tap'
import { withDataProviders } from '../checktoken-double.ts'

const sandbox = await withDataProviders()
t.teardown(() => sandbox.close())
const { dgfip } = sandbox.options
const lastYear = new Date(sandbox.now()).getUTCFullYear() - 1

async function gatewayToken(scope: string, credentials = `${dgfip.clientId}:${dgfip.clientSecret}`) {
  const response = await fetch(dgfip.tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope })
  })
  return { status: response.status, body: await response.json() }
}

async function ask(path: string, gateway: string, token: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${dgfip.baseUrl}${path}`, {
    headers: {
      authorization: `Bearer ${gateway}`,
      'x-franceconnect-oauth': token,
      'x-correlation-id': randomUUID(),
      id_teleservice: dgfip.idTeleservice,
      ...headers
    }
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

const situation = (year: number | string) => `/impotparticulier/1.0/situations/ir/assiettes/annrev/${year}`

t.test('two tokens open the tax notice, masked by scope', async (t) => {
  const issued = await gatewayToken('RessourceIR')
  t.match(issued, { status: 200, body: { token_type: 'Bearer', expires_in: 3600, scope: 'RessourceIR' } })
  const token = sandbox.issue(
    'plusieurs_prénoms_3',
    'dgfip_annee_n_moins_1',
    'dgfip_rfr',
    'dgfip_nbpart',
    'dgfip_pac_nbPac'
  )
  const { status, headers, body } = await ask(situation(lastYear), issued.body.access_token, token)
  t.equal(status, 200)
  t.equal(headers.get('content-type'), 'application/prs.dgfip.part.situations.ir.assiettes.v1+json')
  t.strictSame(body, { rfr: 43_200, nbPart: 4, pac: { nbPac: 3 } })
})
