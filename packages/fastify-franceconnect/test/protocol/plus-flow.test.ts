import { generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import Fastify from 'fastify'
import type { SandboxClient } from 'franceconnect-sandbox'
import t from 'tap'
import franceConnect from '../../src/plugin.ts'
import { baseUrl, Jar, logIn, navigation, open, sandboxFor, secret, serviceFor, upToCallback } from '../service.ts'

const scopes = [
  'openid',
  'given_name',
  'family_name',
  'birthdate',
  'gender',
  'birthplace',
  'birthcountry',
  'rnipp_birthdate'
]
const client = {
  redirectUris: [`${baseUrl}/franceconnect/callback`],
  postLogoutRedirectUris: [`${baseUrl}/franceconnect/logout/callback`],
  scopes
}

function keyPair(alg: string, kid: string) {
  const pair =
    alg === 'ECDH-ES'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 })
  const labels = { kid, alg, use: 'enc' }
  const jwk = (key: typeof pair.publicKey) =>
    ({ ...key.export({ format: 'jwk' }), ...labels }) as JsonWebKey & { kty: string }
  return { publicJwk: jwk(pair.publicKey), privateJwk: jwk(pair.privateKey) }
}

for (const alg of ['RSA-OAEP-256', 'RSA-OAEP', 'ECDH-ES'] as const) {
  t.test(`FranceConnect+ encrypting with ${alg}: login, register’s identity, logout with the inner JWT`, async (t) => {
    const { publicJwk, privateJwk } = keyPair(alg, 'k1')
    const registered: SandboxClient = {
      ...client,
      clientId: 'plus',
      clientSecret: secret,
      idTokenEncryptedResponseAlg: alg,
      jwks: { keys: [publicJwk] }
    }
    const sandbox = await sandboxFor(t, { clients: [registered] })
    const app = await serviceFor(t, sandbox, {
      issuer: sandbox.plusIssuer,
      clientId: 'plus',
      clientSecret: secret,
      acrValues: 'eidas2',
      scope: 'openid given_name rnipp_birthdate',
      decryptionKeys: [keyPair(alg, 'newer').privateJwk, privateJwk],
      pages: (app) =>
        app.get('/niveau', async ({ franceConnect }) => ({
          acr: franceConnect?.acr,
          user: franceConnect?.userInfo,
          parts: franceConnect?.idToken.split('.').length
        }))
    })
    const jar = new Jar()
    await logIn(app, sandbox, jar)
    const seen = (await open(app, jar, '/niveau')).json()
    t.equal(seen.acr, 'eidas2')
    t.equal(seen.parts, 3)
    t.match(seen.user.rnipp_birthdate, /^\d{4}-\d{2}-\d{2}$/)
    const out = await open(app, jar, '/franceconnect/logout')
    t.equal((await fetch(String(out.headers.location))).status, 200, 'FranceConnect+ takes the hint')
  })
}

t.test('the public keys are served, the private ones never', async (t) => {
  const keys = [keyPair('RSA-OAEP-256', 'new'), keyPair('ECDH-ES', 'old')]
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, {
    acrValues: 'eidas2',
    decryptionKeys: keys.map(({ privateJwk }) => privateJwk)
  })
  const answer = await app.inject('/franceconnect/jwks')
  t.match(answer.headers['content-type'], 'application/jwk-set+json')
  t.equal(answer.headers['cache-control'], 'public, max-age=60')
  t.same(answer.json(), { keys: keys.map(({ publicJwk }) => publicJwk) })
  t.notMatch(answer.body, /"(d|p|q|dp|dq|qi)"/)
})

t.test('a key that FranceConnect+ cannot use is explained', async (t) => {
  const { privateJwk, publicJwk } = keyPair('RSA-OAEP-256', 'k1')
  const registered: SandboxClient = {
    ...client,
    clientId: 'plus',
    clientSecret: secret,
    idTokenEncryptedResponseAlg: 'ECDH-ES',
    jwks: { keys: [publicJwk] }
  }
  const sandbox = await sandboxFor(t, { clients: [registered] })
  const app = await serviceFor(t, sandbox, {
    issuer: sandbox.plusIssuer,
    clientId: 'plus',
    clientSecret: secret,
    acrValues: 'eidas2',
    scope: 'openid',
    decryptionKeys: [privateJwk]
  })
  const jar = new Jar()
  const answer = await app.inject({
    url: (await upToCallback(app, sandbox, jar)).slice(baseUrl.length),
    headers: { cookie: jar.header }
  })
  t.equal(answer.statusCode, 502)
  t.match(answer.json(), { code: 'FST_FC_TOKEN_REQUEST_FAILED', message: /invalid_client_metadata.*log in again/ })
})

t.test('a guard steps up from eidas2 to eidas3 and comes back to the same URL', async (t) => {
  const sandbox = await sandboxFor(t)
  const plus = sandbox.franceConnectPlusOptions!
  const app = await serviceFor(t, sandbox, {
    ...plus,
    acrValues: 'eidas2',
    scope: 'openid',
    pages(app) {
      app.get(
        '/fort',
        { preHandler: app.franceConnect.requireLogin({ acrValues: 'eidas3' }) },
        async ({ franceConnect }) => franceConnect?.acr
      )
      t.throws(() => app.franceConnect.requireLogin({ acrValues: 'eidas1' }), { code: 'FST_FC_INVALID_OPTIONS' })
    }
  })
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  const json = await app.inject({ url: '/fort', headers: { cookie: jar.header } })
  t.equal(json.statusCode, 403)
  t.match(json.json(), { code: 'FST_FC_ACR_TOO_LOW', loginUrl: /^http:\/\/localhost:3000\/franceconnect\/login/ })
  const up = await open(app, jar, '/fort?dossier=7')
  t.equal(new URL(String(up.headers.location)).searchParams.get('acr_values'), 'eidas3')
  const back = await open(app, jar, await sandbox.authorize(String(up.headers.location)))
  t.equal(back.headers.location, `${baseUrl}/fort?dossier=7`)
  t.equal((await open(app, jar, '/fort?dossier=7')).body, 'eidas3')
})

t.test('FranceConnect and FranceConnect+ in two contexts of one application', async (t) => {
  const { publicJwk, privateJwk } = keyPair('ECDH-ES', 'k1')
  const plusClient: SandboxClient = {
    ...client,
    clientId: 'plus',
    clientSecret: secret,
    redirectUris: [`${baseUrl}/plus/franceconnect/callback`],
    idTokenEncryptedResponseAlg: 'ECDH-ES',
    jwks: { keys: [publicJwk] }
  }
  const lowClient: SandboxClient = { ...client, clientId: 'low', clientSecret: secret }
  const sandbox = await sandboxFor(t, { clients: [lowClient, plusClient] })
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(async (scope) => {
    await scope.register(franceConnect, {
      issuer: sandbox.issuer,
      clientId: 'low',
      clientSecret: secret,
      baseUrl,
      secret
    })
    scope.get('/moi', async ({ franceConnect }) => ({ acr: franceConnect?.acr ?? null }))
  })
  await app.register(
    async (scope) => {
      await scope.register(franceConnect, {
        issuer: sandbox.plusIssuer,
        clientId: 'plus',
        clientSecret: secret,
        baseUrl,
        secret,
        acrValues: 'eidas2',
        scope: 'openid',
        decryptionKeys: [privateJwk]
      })
      scope.get('/moi', async ({ franceConnect }) => ({ acr: franceConnect?.acr ?? null }))
    },
    { prefix: '/plus' }
  )
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  await logIn(app, sandbox, jar, '/plus/franceconnect/login')
  t.equal((await open(app, jar, '/moi')).json().acr, 'eidas1')
  t.equal((await open(app, jar, '/plus/moi')).json().acr, 'eidas2')
  await app.inject({ url: '/plus/franceconnect/logout', headers: { ...navigation, cookie: jar.header } })
  t.equal((await open(app, jar, '/moi')).json().acr, 'eidas1', 'the other login goes on')
  t.equal((await open(app, jar, '/plus/moi')).json().acr, null)
})

t.test('a callback of FranceConnect+ does not take an attempt of FranceConnect', async (t) => {
  const sandbox = await sandboxFor(t)
  const { privateJwk } = keyPair('ECDH-ES', 'k1')
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(async (scope) =>
    scope.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl, secret }).after()
  )
  await app.register(
    async (scope) =>
      scope
        .register(franceConnect, {
          ...sandbox.franceConnectPlusOptions!,
          acrValues: 'eidas2',
          decryptionKeys: [privateJwk],
          baseUrl,
          secret
        })
        .after(),
    { prefix: '/plus' }
  )
  const jar = new Jar()
  const url = new URL(await upToCallback(app, sandbox, jar))
  url.searchParams.set('iss', sandbox.plusIssuer)
  const answer = await open(app, jar, `/plus${url.pathname}${url.search}`)
  t.equal(answer.statusCode, 400)
  t.match(answer.body, /FST_FC_ATTEMPT_NOT_FOUND/)
})

t.test('twice in one context fails the boot', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = Fastify()
  await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl, secret })
  await t.rejects(async () => app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl, secret }), {
    code: 'FST_FC_INVALID_OPTIONS'
  })
})

t.test('FranceConnect+ without its signing service: said so, nobody is logged in', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, { ...sandbox.franceConnectPlusOptions!, timeout: 8000 })
  sandbox.faults.set('franceConnectPlusSignature', 'down')
  const jar = new Jar()
  const answer = await open(app, jar, await upToCallback(app, sandbox, jar))
  t.equal(answer.statusCode, 502)
  t.match(answer.body, /FST_FC_TOKEN_REQUEST_FAILED/)
})
