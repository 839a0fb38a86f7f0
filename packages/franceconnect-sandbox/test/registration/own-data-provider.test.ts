import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { compactDecrypt, decodeProtectedHeader, exportJWK, generateKeyPair, type JWK } from 'jose'
import t from 'tap'
import type { DataProviderClient } from '../../src/index.ts'
import { startSandbox } from '../../src/index.ts'
import { RelyingParty, recordedClients } from '../relying-party.ts'

const clientSecret = 'a-secret-of-the-canteen-of-at-least-32-characters'
const scopes = { ville_solde: 'Solde de la cantine', ville_enfants: 'Enfants inscrits' }

async function pair(alg: string, labels: Partial<JWK> = {}) {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return { jwk: { ...(await exportJWK(publicKey)), use: 'enc', alg, ...labels }, privateKey }
}

/** A data provider's key route, and what it saw. */
async function keyRoute(test: Tap.Teardown, keys: unknown[]) {
  const served = { keys, status: 200, requests: 0 }
  const server = createServer((_request, response) => {
    served.requests += 1
    response.statusCode = served.status
    response.setHeader('content-type', 'application/json')
    response.setHeader('cache-control', 'public, max-age=3600')
    response.end(JSON.stringify({ keys: served.keys }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  test.teardown(() => server.close())
  return { served, jwksUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks` }
}

declare namespace Tap {
  interface Teardown {
    teardown(end: () => unknown): unknown
  }
}

const ask = (service: RelyingParty, token: string) =>
  service.post('/checktoken', new URLSearchParams({ token, client_id: 'ville', client_secret: clientSecret }))

async function started(test: Tap.Teardown, provider: Partial<DataProviderClient>, granted = ['openid', 'ville_solde']) {
  const client = { ...recordedClients.es256, scopes: [...recordedClients.es256.scopes, ...granted] }
  const town: DataProviderClient = { title: 'Ville de Test', clientId: 'ville', clientSecret, scopes, ...provider }
  const sandbox = await startSandbox({ port: 0, clients: [client], dataProviders: [town] })
  test.teardown(() => sandbox.close())
  return new RelyingParty(sandbox, client)
}

t.test('the keys are fetched at each call, and a rotation takes effect at once', async (t) => {
  const first = await pair('ECDH-ES', { kid: 'one' })
  const second = await pair('ECDH-ES', { kid: 'one' })
  const { served, jwksUri } = await keyRoute(t, [first.jwk])
  const service = await started(t, { jwksUri })
  service.scope = 'openid family_name ville_solde'
  const { access_token } = await service.tokens()
  const sealed = await (await ask(service, access_token)).text()
  const { plaintext, protectedHeader } = await compactDecrypt(sealed, first.privateKey)
  t.same(Object.keys(protectedHeader).sort(), ['alg', 'enc', 'epk'])
  const jws = Buffer.from(plaintext).toString()
  t.same(Object.keys(decodeProtectedHeader(jws)).sort(), ['alg', 'kid'])
  const { token_introspection, ...claims } = JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString())
  t.same(Object.keys(claims).sort(), ['aud', 'iat', 'iss'])
  t.match(token_introspection, { active: true, scope: 'ville_solde', aud: service.client.clientId, jti: access_token })
  served.keys = [second.jwk]
  t.ok(await compactDecrypt(await (await ask(service, access_token)).text(), second.privateKey))
  t.equal(served.requests, 2)
})

t.test('the first key of the registered use and algorithm is taken, none is an error 500', async (t) => {
  const rsa = await pair('RSA-OAEP-256')
  const signature = await pair('ES256', { use: 'sig' })
  const wrong = await pair('ECDH-ES')
  const second = await pair('RSA-OAEP-256')
  const { served, jwksUri } = await keyRoute(t, [signature.jwk, wrong.jwk, rsa.jwk, second.jwk])
  const service = await started(t, {
    jwksUri,
    checktokenSignedResponseAlg: 'RS256',
    checktokenEncryptedResponseAlg: 'RSA-OAEP-256',
    checktokenEncryptedResponseEnc: 'A256GCM'
  })
  const answer = await ask(service, 'x'.repeat(43))
  const { plaintext, protectedHeader } = await compactDecrypt(await answer.text(), rsa.privateKey)
  t.same(protectedHeader, { alg: 'RSA-OAEP-256', enc: 'A256GCM' })
  const jws = Buffer.from(plaintext).toString()
  t.equal(decodeProtectedHeader(jws).alg, 'RS256')
  const { token_introspection } = JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString())
  t.same(token_introspection, { active: false })

  const refusals: [string, () => void][] = [
    ['no key of that algorithm', () => Object.assign(served, { keys: [wrong.jwk] })],
    ['a key for signatures', () => Object.assign(served, { keys: [{ ...rsa.jwk, use: 'sig' }] })],
    ['a key without a use', () => Object.assign(served, { keys: [{ ...rsa.jwk, use: undefined }] })],
    ['no list', () => Object.assign(served, { keys: null })],
    ['an error', () => Object.assign(served, { keys: [rsa.jwk], status: 503 })]
  ]
  for (const [name, change] of refusals) {
    change()
    const refused = await ask(service, 'x'.repeat(43))
    t.equal(refused.status, 500, name)
    t.match(await refused.json(), { error: 'server_error' }, name)
  }
})

t.test('scopes: labels on the information page, granted by client, refused and hidden elsewhere', async (t) => {
  const { jwk, privateKey } = await pair('ECDH-ES')
  const { jwksUri } = await keyRoute(t, [jwk])
  const service = await started(t, { jwksUri })
  const { sandbox } = service
  const refused = new URL(await sandbox.authorize(service.authorizeUrl({ scope: 'openid ville_enfants' })))
  t.equal(refused.searchParams.get('error'), 'invalid_scope', 'registered, and not granted to this client')

  const browser = sandbox.browser()
  const pages: string[] = []
  const follow = browser.follow.bind(browser)
  browser.follow = async (step) => {
    const page = await follow(step)
    pages.push(page.text)
    return page
  }
  const { access_token } = await service.tokens({ scope: 'openid family_name dgfip_rfr ville_solde' }, browser)
  t.match(pages.join('\n'), 'Solde de la cantine (Ville de Test)')
  t.notMatch(pages.join('\n'), 'Enfants inscrits')
  const { plaintext } = await compactDecrypt(await (await ask(service, access_token)).text(), privateKey)
  const claims = JSON.parse(Buffer.from(Buffer.from(plaintext).toString().split('.')[1]!, 'base64url').toString())
  t.equal(claims.token_introspection.scope, 'ville_solde', 'the tax scope is none of its business')
})

t.test('the built-in client is granted the scopes of every data provider', async (t) => {
  const dataProviders = [{ clientId: 'ville', clientSecret, scopes, jwks: { keys: [] } }]
  const sandbox = await startSandbox({ port: 0, dataProviders })
  t.teardown(() => sandbox.close())
  t.ok(Object.keys(scopes).every((scope) => sandbox.client.scopes.includes(scope)))
})

t.test('what FranceConnect would not register is refused, in one sentence and without the secret', async (t) => {
  const good = { clientId: 'ville', clientSecret, scopes, jwksUri: 'http://localhost:3001/jwks' }
  const cases: [object, RegExp][] = [
    [{ clientId: '' }, /dataProviders\[0\]\.clientId/],
    [{ clientSecret: 'short-secret' }, /clientSecret must be a string of at least 32/],
    [{ scopes: { 'two names': 'x' } }, /two names/],
    [{ scopes: { ville_solde: '' } }, /ville_solde must be its label/],
    [{ jwksUri: undefined }, /jwksUri, or jwks/],
    [{ jwks: { keys: [] } }, /one of the two/],
    [{ jwksUri: 'ftp://ville' }, /http or https URL/],
    [{ checktokenSignedResponseAlg: 'PS256' }, /ES256 or RS256/],
    [{ checktokenEncryptedResponseAlg: 'RSA1_5' }, /ECDH-ES or RSA-OAEP/],
    [{ checktokenEncryptedResponseEnc: 'A128GCM' }, /A256GCM/]
  ]
  for (const [change, message] of cases) {
    const provider = { ...good, ...change } as DataProviderClient
    await t.rejects(startSandbox({ port: 0, dataProviders: [provider] }), {
      code: 'FST_FC_SANDBOX_INVALID_OPTIONS',
      message
    })
    const error: Error = await startSandbox({ port: 0, dataProviders: [provider] }).then(
      () => t.fail('accepted'),
      (refusal) => refusal
    )
    t.notMatch(error.message, /short-secret/)
  }
})
