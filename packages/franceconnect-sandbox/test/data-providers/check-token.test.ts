import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { tokenChecker } from '../../src/data-providers/check-token.ts'
import { register } from '../../src/data-providers/credentials.ts'
import { ask } from './ask.ts'
import { withDataProviders } from './checktoken-double.ts'

const sandbox = await withDataProviders()
t.teardown(() => sandbox.close())
const { apiParticulier, dgfip, franceTravail } = sandbox.options

const get = () =>
  ask(`${apiParticulier.baseUrl}/v3/dss/prime_activite/france_connect?recipient=13002526500013`, {
    authorization: `Bearer ${sandbox.issue('test', 'prime_activite')}`
  })

t.test('each provider is registered with a secret, an encryption key and its own scopes', async (t) => {
  const { clients } = sandbox.providers
  t.strictSame(
    clients.map(({ uid }) => uid),
    ['api-particulier', 'dgfip', 'cnam', 'france-travail']
  )
  t.equal(new Set(clients.map(({ clientSecret }) => clientSecret)).size, 4)
  for (const { clientId, clientSecret, jwks, checktokenEncryptedResponseAlg } of clients) {
    t.match(clientId, /^[0-9a-f]{64}$/)
    t.ok(clientSecret.length >= 32)
    t.match(jwks.keys, [{ use: 'enc', alg: checktokenEncryptedResponseAlg }])
    t.notOk(
      jwks.keys.some((key) => 'd' in key),
      'public halves only'
    )
  }
})

t.test('keys turned over under the same kid are fetched again', async (t) => {
  t.equal((await get()).status, 200)
  await sandbox.rotateKeys()
  t.equal((await get()).status, 200)
})

t.test('an answer that cannot be trusted opens nothing', async (t) => {
  t.teardown(() => sandbox.breakCheckToken(undefined))
  for (const how of ['signature', 'issuer', 'status'] as const) {
    sandbox.breakCheckToken(how)
    t.match(
      await get(),
      { status: 502, body: { errors: [{ code: '51999', meta: { provider: 'FranceConnect' } }] } },
      how
    )
  }
  const authorization = `Bearer ${sandbox.issue('test', 'api_fc-liste-paiementsv1')}`
  t.equal((await ask(`${franceTravail.baseUrl}/partenaire/fc-liste-paiements/v1/`, { authorization })).status, 502)
  const credentials = Buffer.from(`${dgfip.clientId}:${dgfip.clientSecret}`).toString('base64')
  const issued = await fetch(dgfip.tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'RessourceIRDerniere2' })
  })
  const latest = await ask(`${dgfip.baseUrl}/impotparticulier/1.0/dernieresituation/ir/assiettes/deuxans`, {
    authorization: `Bearer ${(await issued.json()).access_token}`,
    'x-franceconnect-oauth': sandbox.issue('test', 'dgfip_rfr'),
    'x-correlation-id': randomUUID()
  })
  t.equal(latest.status, 500)
})

t.test('FranceConnect refusing the request, or out of reach', async (t) => {
  const server = createServer((_request, response) => response.writeHead(400).end('{}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const checkToken = tokenChecker({ issuer: () => issuer, reach: (address) => address }, register('uid', 'title', []))
  t.strictSame(await checkToken('x'), { active: false, failure: 'malformed' })
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  t.strictSame(await checkToken('x'), { active: false, failure: 'unreachable' })
})
