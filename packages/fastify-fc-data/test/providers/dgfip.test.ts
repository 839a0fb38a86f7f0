import t, { type Test } from 'tap'
import { annrev } from '../annrev.ts'
import { type Caller, CLIENT_SECRET, type DataApp, dataApp, providersAt, TOKEN } from '../data-app.ts'
import { type DataServer, json, startDataServer } from '../data-server.ts'

const ir: Caller = (request) => request.fcData('dgfip/situation-ir', { annrev }, { fresh: true })

async function bench(t: Test): Promise<{ server: DataServer; built: DataApp }> {
  const server = await startDataServer(t)
  const scopes = ['dgfip_annee_n_moins_2', 'dgfip_rfr'] as const
  const apis = [
    { name: 'dgfip/situation-ir' as const, scopes },
    { name: 'dgfip/situation-ifi' as const, scopes: ['dgfip_annee_n_moins_2', 'dgfip_indiIFI'] as const }
  ]
  return { server, built: await dataApp(t, { apis, providers: providersAt(server.url) }) }
}

t.test('two tokens, a UUID and the téléservice, the media type of the resource', async (t) => {
  const { server, built } = await bench(t)
  await built.inside(ir)
  await built.inside(ir)
  await built.inside((request) => request.fcData('dgfip/situation-ifi', { annrev }))
  t.match(server.calls[0]?.headers, {
    authorization: 'Bearer gateway-token-1',
    'x-franceconnect-oauth': TOKEN,
    'x-correlation-id': /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    id_teleservice: 'TELESERVICE-1',
    accept: 'application/prs.dgfip.part.situations.ir.assiettes.v1+json'
  })
  t.not(server.calls[0]?.headers['x-correlation-id'], server.calls[1]?.headers['x-correlation-id'], 'new each time')
  t.equal(server.calls[2]?.headers.accept, 'application/prs.dgfip.situations.ifiisf.assiettes.v1+json')
  t.strictSame(
    server.tokenCalls.map(({ body }) => new URLSearchParams(body).get('scope')),
    ['RessourceIR', 'RessourceIFI']
  )
})

t.test('amounts written as texts are numbers', async (t) => {
  const { server, built } = await bench(t)
  server.answer((_, response) => json(response, 200, { rfr: '23 000', nbPart: '2.5' }))
  t.match(await built.inside(ir), { data: { rfr: undefined, nbPart: 2.5 }, meta: { leftOut: ['rfr'] } })
  server.answer((_, response) => json(response, 200, { rfr: '23000.50', nbPart: 2 }))
  t.match(await built.inside(ir), { data: { rfr: 23000.5 }, meta: { leftOut: undefined } }, 'cents are not lost')
  server.answer((_, response) => json(response, 200, { rfr: '23000', nbPart: '2.5', inconnu: '1' }))
  t.match(await built.inside(ir), { data: { rfr: 23000, nbPart: 2.5, inconnu: '1' } })
})

t.test('of its errors only the code is read', async (t) => {
  const { server, built } = await bench(t)
  for (const body of [
    { codeapp: 4001 },
    { erreur: { code: '4001', message: 'M. DUPONT' } },
    { code: '4001', message: 'M. DUPONT' }
  ]) {
    server.answer((_, response) => json(response, 400, body))
    const error = await built.refused(ir)
    t.match(error, { code: 'FST_FC_DATA_PROVIDER_ERROR', providerErrors: [{ code: '4001' }] })
    t.notMatch(JSON.stringify(error) + error.message, /DUPONT/)
  }
  server.answer((_, response) => json(response, 404, { codeapp: 4101 }))
  t.match(await built.inside(ir), { data: null, meta: { reason: { code: '4101', meaning: 'noFile' } } })
})

t.test('no tax file is an answer; a page of a gateway that says 404 is not', async (t) => {
  const { server, built } = await bench(t)
  for (const status of [404, 410]) {
    server.answer((_, response) => json(response, status, { erreur: 'Aucune situation' }))
    t.match(await built.inside(ir), { data: null, meta: { reason: { code: String(status), meaning: 'noFile' } } })
    server.answer((_, response) => json(response, status, '<html>', { 'content-type': 'text/html' }))
    t.match(await built.refused(ir), { code: 'FST_FC_DATA_PROVIDER_ERROR', providerStatusCode: status })
  }
  server.answer((_, response) => response.writeHead(204).end())
  t.match(await built.inside(ir), { data: null, meta: { reason: { code: '204' } } })
})

t.test('a refused token of the gateway is fetched again, and the call tried once', async (t) => {
  const { server, built } = await bench(t)
  let count = 0
  server.answerToken((_, response) => json(response, 200, { access_token: `gateway-${++count}`, expires_in: 3600 }))
  server.answer((request, response) =>
    request.headers.authorization === 'Bearer gateway-1' ? json(response, 401, {}) : json(response, 200, { rfr: 1 })
  )
  t.match(await built.inside(ir), { data: { rfr: 1 } })
  t.strictSame([server.calls.length, server.tokenCalls.length], [2, 2])
  server.answer((_, response) => json(response, 401, {}))
  t.match(await built.refused(ir), { code: 'FST_FC_DATA_TOKEN_REFUSED', statusCode: 502, loginUrl: undefined })
  t.strictSame([server.calls.length, server.tokenCalls.length], [3, 2], 'one renewal a minute')
})

t.test('without its own token nothing of the citizen leaves', async (t) => {
  const { server, built } = await bench(t)
  server.answerToken((_, response) => json(response, 401, { error: 'invalid_client' }))
  const error = await built.refused(ir)
  t.match(error, { code: 'FST_FC_DATA_CREDENTIALS_FAILED', api: 'dgfip/situation-ir', providerStatusCode: 401 })
  t.notMatch(JSON.stringify(error) + error.stack + built.logs(), new RegExp(`${CLIENT_SECRET}|${TOKEN}`))
  t.equal(server.calls.length, 0)
})
