import { generateKeyPairSync } from 'node:crypto'
import Fastify from 'fastify'
import t from 'tap'
import { checkOptions } from '../../src/options/check.ts'
import type { FranceConnectOptions } from '../../src/options/options.ts'
import franceConnect from '../../src/plugin.ts'

const good = {
  environment: 'integration',
  clientId: 'client',
  clientSecret: 'the client secret, not to be shown',
  baseUrl: 'https://demarche.example.fr',
  secret: 'the session secret, not to be shown either'
} as const
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const privateJwk = ec.privateKey.export({ format: 'jwk' })
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'jwk' })

t.test('environment and acrValues pick the issuer', async (t) => {
  const issuerOf = (options: Partial<FranceConnectOptions>) => checkOptions({ ...good, ...options }, '').issuer
  const plus = { decryptionKeys: [privateJwk] }
  t.equal(issuerOf({}), 'https://fcp-low.sbx.dev-franceconnect.fr/api/v2')
  t.equal(issuerOf({ environment: 'production' }), 'https://oidc.franceconnect.gouv.fr/api/v2')
  t.equal(issuerOf({ ...plus, acrValues: 'eidas2' }), 'https://auth.integ01.dev-franceconnect.fr/api/v2')
  t.equal(
    issuerOf({ ...plus, acrValues: 'eidas3', environment: 'production' }),
    'https://auth.franceconnect.gouv.fr/api/v2'
  )
  t.equal(issuerOf({ environment: undefined, issuer: 'http://localhost:4000/api/v2' }), 'http://localhost:4000/api/v2')
})

t.test('defaults', async (t) => {
  const settings = checkOptions({ ...good, baseUrl: 'https://ville.example.fr/demarches/' }, '')
  t.match(settings, {
    baseUrl: 'https://ville.example.fr/demarches',
    acrValues: 'eidas1',
    idTokenSignedResponseAlg: 'ES256',
    sessionMaxAge: 14400,
    timeout: 8000,
    idleTimeout: null,
    clockTolerance: 10,
    pkce: false,
    defaultReturnTo: '/',
    postLogoutReturnTo: '/'
  })
  t.same(settings.scope, ['openid', 'given_name', 'family_name', 'birthdate', 'gender', 'birthplace', 'birthcountry'])
})

const bad: [option: string, given: Record<string, unknown>][] = [
  ['clientID', { clientID: 'x' }],
  ['environment', { environment: undefined }],
  ['environment', { environment: 'prod' }],
  ['issuer', { issuer: 'https://a.example' }],
  ['issuer', { environment: undefined, issuer: 'http://franceconnect.example/api/v2' }],
  ['issuer', { environment: undefined, issuer: 'not a url' }],
  ['issuer', { environment: undefined, issuer: 'https://a.example?x=1' }],
  ['clientId', { clientId: undefined }],
  ['clientId', { clientId: '  ' }],
  ['clientSecret', { clientSecret: undefined }],
  ['clientSecret', { clientSecret: 42 }],
  ['baseUrl', { baseUrl: undefined }],
  ['baseUrl', { baseUrl: 'demarche.example.fr' }],
  ['baseUrl', { baseUrl: 'ftp://demarche.example.fr' }],
  ['baseUrl', { baseUrl: 'https://demarche.example.fr?x=1' }],
  ['baseUrl', { baseUrl: 'http://demarche.example.fr', environment: 'production' }],
  ['secret', { secret: undefined }],
  ['secret', { secret: 'short' }],
  ['secret', { secret: [] }],
  ['secret', { secret: [good.secret, 'short'] }],
  ['scope', { scope: 'given_name' }],
  ['scope', { scope: ['openid', 'a b'] }],
  ['scope', { scope: 3 }],
  ['acrValues', { acrValues: 'eidas4' }],
  ['idTokenSignedResponseAlg', { idTokenSignedResponseAlg: 'HS256' }],
  [
    'idTokenSignedResponseAlg',
    { idTokenSignedResponseAlg: 'RS256', acrValues: 'eidas2', decryptionKeys: [privateJwk] }
  ],
  ['decryptionKeys', { acrValues: 'eidas2' }],
  ['decryptionKeys', { decryptionKeys: [] }],
  ['decryptionKeys[0]', { decryptionKeys: [ec.publicKey.export({ format: 'jwk' })] }],
  ['decryptionKeys[1]', { decryptionKeys: [privateJwk, weak] }],
  ['decryptionKeys[0]', { decryptionKeys: [{ ...privateJwk, use: 'sig' }] }],
  ['decryptionKeys[0]', { decryptionKeys: [{ ...privateJwk, alg: 'RSA-OAEP' }] }],
  ['routes', { routes: 'x' }],
  ['routes.signin', { routes: { signin: '/x' } }],
  ['routes.login', { routes: { login: 'login' } }],
  ['routes.login', { routes: { login: '/:login' } }],
  ['routes.callback', { routes: { callback: false } }],
  ['routes', { routes: { login: '/a', logout: '/a' } }],
  ['defaultReturnTo', { defaultReturnTo: 'https://evil.example' }],
  ['postLogoutReturnTo', { postLogoutReturnTo: '/franceconnect/logout' }],
  ['session', { session: 'redis' }],
  ['session.secret', { session: { secret: 'x' } }],
  ['session.store', { session: { store: {} } }],
  ['session.store', { session: { store: null } }],
  ['session.stores', { session: { stores: {} } }],
  ['session.cookie', { session: { cookie: 'lax' } }],
  ['session.cookieName', { session: { cookieName: 'a;b' } }],
  ['sessionMaxAge', { sessionMaxAge: 0 }],
  ['sessionMaxAge', { sessionMaxAge: '4h' }],
  ['onLogin', { onLogin: 'x' }],
  ['onLogout', { onLogout: {} }],
  ['onError', { onError: 1 }],
  ['onAudit', { onAudit: 'log' }],
  ['timeout', { timeout: 1.5 }],
  ['timeout', { timeout: -1 }],
  ['clockTolerance', { clockTolerance: 0.5 }],
  ['dispatcher', { dispatcher: {} }],
  ['pkce', { pkce: 'yes' }]
]

for (const [option, given] of bad) {
  t.test(`${option} ${JSON.stringify(given).slice(0, 60)} fails the boot in one sentence`, async (t) => {
    const app = Fastify()
    t.teardown(() => app.close())
    const error: Error & { code?: string } = await app
      .register(franceConnect, { ...good, ...given } as FranceConnectOptions)
      .then(
        () => t.fail('the boot goes on') as never,
        (thrown) => thrown
      )
    t.equal(error.code, 'FST_FC_INVALID_OPTIONS')
    t.match(error.message, `option "${option}"`)
    t.match(error.message, /expected/)
    t.notMatch(error.message, /not to be shown|"d":/)
  })
}

t.test('FranceConnect being down does not fail the boot', async (t) => {
  const app = Fastify()
  t.teardown(() => app.close())
  const { environment: _environment, ...rest } = good
  await app.register(franceConnect, { ...rest, issuer: 'http://127.0.0.1:9/api/v2' })
  await app.ready()
  const { ready, error } = await app.franceConnect.ready()
  t.equal(ready, false)
  t.match(error, { code: 'FST_FC_UNAVAILABLE' })
  t.equal((await app.inject('/franceconnect/login')).statusCode, 503)
})
