import t from 'tap'
import { startSandbox } from '../src/index.ts'
import { RelyingParty, recordedClients } from './relying-party.ts'

t.test('many sandboxes at once, each on its port, all closed', async (t) => {
  const sandboxes = await Promise.all(Array.from({ length: 8 }, () => startSandbox({ port: 0 })))
  t.equal(new Set(sandboxes.map(({ issuer }) => issuer)).size, 8)
  for (const { issuer, plusIssuer } of sandboxes) {
    t.match(issuer, /^http:\/\/localhost:\d+\/api\/v2$/)
    t.not(plusIssuer, issuer)
  }
  await Promise.all(sandboxes.map((sandbox) => sandbox.close()))
  await t.rejects(fetch(`${sandboxes[0]!.issuer}/jwks`), 'nothing listens any more')
})

t.test('the result is what the two plugins take', async (t) => {
  const sandbox = await startSandbox({ port: 0, baseUrl: ['http://localhost:3000', 'http://127.0.0.1:8080/mairie'] })
  t.teardown(() => sandbox.close())
  t.same(sandbox.client.redirectUris, [
    'http://localhost:3000/franceconnect/callback',
    'http://127.0.0.1:8080/mairie/franceconnect/callback'
  ])
  t.match(sandbox.franceConnectOptions, {
    issuer: sandbox.issuer,
    clientId: sandbox.client.clientId,
    clientSecret: sandbox.client.clientSecret,
    idTokenSignedResponseAlg: 'ES256',
    secret: /.{32}/
  })
  t.match(sandbox.franceConnectPlusOptions, {
    issuer: sandbox.plusIssuer,
    acrValues: 'eidas2',
    decryptionKeys: [Object]
  })
  t.same(Object.keys(sandbox.fcDataOptions.providers), ['apiParticulier', 'dgfip', 'cnam', 'franceTravail'])
  t.match(sandbox.fcDataOptions.providers.dgfip.baseUrl, new URL(sandbox.issuer).origin)
})

t.test('the built-in FranceConnect+ client logs in', async (t) => {
  const sandbox = await startSandbox({ port: 0, baseUrl: 'http://localhost:3000' })
  t.teardown(() => sandbox.close())
  const client = sandbox.clients[1]!
  const service = new RelyingParty(sandbox, client, 'franceconnect-plus')
  const redirect_uri = client.redirectUris[0]!
  const response = await service.token(await service.code({ redirect_uri }), { redirect_uri })
  t.equal(((await response.json()) as { id_token: string }).id_token.split('.').length, 5)
})

t.test('a scope that a service is granted is known, though FranceConnect lists it nowhere', async (t) => {
  const client = { ...recordedClients.es256, scopes: ['openid', 'ville_solde'] }
  const sandbox = await startSandbox({ port: 0, clients: [client] })
  t.teardown(() => sandbox.close())
  const service = new RelyingParty(sandbox, client)
  t.equal((await service.tokens({ scope: 'openid ville_solde ville_autre' })).scope, 'openid ville_solde')
})

t.test('faults', async (t) => {
  const sandbox = await startSandbox({ port: 0, clients: [recordedClients.es256] })
  t.teardown(() => sandbox.close())
  const service = new RelyingParty(sandbox, recordedClients.es256)
  const keys = () => fetch(`${sandbox.issuer}/jwks`)

  sandbox.faults.set('franceConnect', 'down')
  await t.rejects(keys())
  t.equal((await fetch(`${sandbox.plusIssuer}/jwks`)).status, 200, 'FranceConnect+ is another target')
  sandbox.faults.clear('franceConnect')
  t.equal((await keys()).status, 200)

  sandbox.faults.set('franceConnect', { kind: 'error', status: 502, times: 1 })
  t.equal((await keys()).status, 502)
  t.equal((await keys()).status, 200, 'once only')

  sandbox.faults.set('franceConnect', { kind: 'rate-limit', retryAfter: 7, times: 1 })
  const limited = await keys()
  t.equal(limited.status, 429)
  t.equal(limited.headers.get('retry-after'), '7')

  sandbox.faults.set('franceConnect', { kind: 'broken-json', times: 1 })
  await t.rejects((await keys()).json())

  sandbox.faults.set('franceConnect', { kind: 'slow', delay: 60, times: 1 })
  const start = Date.now()
  t.equal((await keys()).status, 200)
  t.ok(Date.now() - start >= 55)

  sandbox.faults.set('franceConnect', { kind: 'hang', times: 1 })
  await t.rejects(fetch(`${sandbox.issuer}/jwks`, { signal: AbortSignal.timeout(100) }))

  sandbox.faults.set('citizen', { kind: 'cancel', times: 1 })
  const left = new URL(await sandbox.authorize(service.authorizeUrl()))
  t.equal(left.searchParams.get('error'), 'access_denied')
  t.equal(left.searchParams.get('error_description'), 'User auth aborted')
  t.ok(await service.code(), 'and the next one stays')
})

t.test('a citizen who logs in without a click', async (t) => {
  const sandbox = await startSandbox({ port: 0, clients: [recordedClients.es256], automaticCitizen: 'avec_nom_dusage' })
  t.teardown(() => sandbox.close())
  const service = new RelyingParty(sandbox, recordedClients.es256)
  const name = async () => {
    const browser = sandbox.browser()
    const callback = (await browser.follow(await browser.get(service.authorizeUrl()))).location
    if (callback === undefined) return undefined
    const response = await service.token(new URL(callback).searchParams.get('code')!)
    const { access_token } = (await response.json()) as { access_token: string }
    const jws = await (await service.userinfo(access_token)).text()
    return (JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString('utf8')) as { family_name: string })
      .family_name
  }
  t.equal(await name(), 'MERCIER')
  sandbox.automaticCitizen('naissance_Algérie')
  t.equal(await name(), 'MARTIN')
  sandbox.automaticCitizen(undefined)
  t.equal(await name(), undefined, 'the pages are back')
})

t.test('the requests received, without what is secret in them', async (t) => {
  const sandbox = await startSandbox({ port: 0, clients: [recordedClients.es256] })
  t.teardown(() => sandbox.close())
  const service = new RelyingParty(sandbox, recordedClients.es256)
  const { access_token } = await service.tokens()
  await service.get(`/userinfo?access_token=${access_token}`)
  await new Promise((resolve) => setImmediate(resolve))
  const paths = sandbox.requests.map(({ server, method, path }) => `${server} ${method} ${path}`)
  t.equal(paths[0], 'franceConnect GET /api/v2/authorize')
  t.ok(paths.includes('franceConnect POST /api/v2/token'))
  t.same(sandbox.requests[0]!.parameters.includes('nonce'), true)
  t.notMatch(JSON.stringify(sandbox.requests), new RegExp(access_token))
})
