import Fastify from 'fastify'
import t from 'tap'
import fcProvider, { type FcProviderOptions } from '../../src/index.ts'
import { clientId, clientSecret, decryptionKey, scopes } from '../town.ts'

const ec = decryptionKey()
const rsa = decryptionKey('RSA-OAEP')
const good: FcProviderOptions = { environment: 'integration', clientId, clientSecret, decryptionKeys: [ec], scopes }

async function boot(options: unknown): Promise<string | null> {
  const app = Fastify()
  try {
    await app.register(fcProvider, options as FcProviderOptions)
    await app.ready()
    return null
  } catch (error) {
    t.equal((error as { code?: string }).code, 'FST_FC_PROVIDER_INVALID_OPTIONS')
    return (error as Error).message
  } finally {
    await app.close()
  }
}

t.test('what is right boots, FranceConnect being out of reach', async (t) => {
  const fine: Partial<FcProviderOptions>[] = [
    {},
    { environment: 'production' },
    { environment: undefined, issuer: 'http://localhost:4000/api/v2' },
    { encryptedResponseAlg: 'RSA-OAEP-256', decryptionKeys: [rsa] },
    { signedResponseAlg: 'RS256', consumers: ['a'], recipient: 'siret', cache: 60, timeout: 100, clockTolerance: 0 },
    { consumers: { a: 'Mairie' }, routes: { jwks: '/cles' }, onAccess: () => undefined, onError: () => undefined }
  ]
  for (const options of fine) t.equal(await boot({ ...good, ...options }), null, JSON.stringify(Object.keys(options)))
})

t.test('what is wrong fails the boot in one sentence that names the option, never a secret', async (t) => {
  const wrong: [options: object, sentence: RegExp][] = [
    [{ clientID: 'x' }, /option "clientID" is unknown; expected one of environment/],
    [{ environment: undefined }, /"environment" is missing/],
    [{ environment: 'prod' }, /"environment" is not an environment/],
    [{ issuer: 'https://a.example' }, /"issuer" is given together/],
    [{ environment: undefined, issuer: 'http://a.example' }, /"issuer" is not https/],
    [{ clientId: undefined }, /"clientId" is missing \(undefined: is the environment variable set\?\)/],
    [{ clientSecret: '' }, /"clientSecret" is not a non-empty string/],
    [{ decryptionKeys: undefined }, /"decryptionKeys" is missing/],
    [{ decryptionKeys: [] }, /"decryptionKeys" is not a list/],
    [{ decryptionKeys: [{}] }, /"decryptionKeys\[0\]" is not a private JWK/],
    [{ decryptionKeys: [ec, rsa] }, /"decryptionKeys\[1\]" is an RSA key, which does not serve ECDH-ES/],
    [{ encryptedResponseAlg: 'RSA-OAEP' }, /"decryptionKeys\[0\]" is an EC key/],
    [{ encryptedResponseAlg: 'RSA1_5' }, /"encryptedResponseAlg"/],
    [{ signedResponseAlg: 'HS256' }, /"signedResponseAlg" .*'ES256', 'RS256'/],
    [{ scopes: undefined }, /"scopes" is missing/],
    [{ scopes: ['ville_solde'] }, /"scopes" is not an object/],
    [{ scopes: {} }, /"scopes" is empty/],
    [{ scopes: { 'ville solde': 'x' } }, /"scopes" has a name that is not a scope/],
    [{ scopes: { ville_solde: '' } }, /"scopes.ville_solde" is not a non-empty string/],
    [{ consumers: {} }, /"consumers" is empty/],
    [{ consumers: 'a' }, /"consumers" is not an object/],
    [{ recipient: 'siren' }, /"recipient" is unknown/],
    [{ routes: { jwk: '/x' } }, /"routes.jwk" is unknown/],
    [{ routes: { jwks: 'x' } }, /"routes.jwks" is not a path/],
    [{ timeout: 0 }, /"timeout"/],
    [{ clockTolerance: 1.5 }, /"clockTolerance"/],
    [{ cache: -1 }, /"cache"/],
    [{ onAccess: 'x' }, /"onAccess" is not a function/],
    [{ onError: 'x' }, /"onError" is not a function/],
    [{ dispatcher: {} }, /"dispatcher" is not an undici Dispatcher/]
  ]
  for (const [options, sentence] of wrong) {
    const message = await boot({ ...good, ...options })
    t.match(message, sentence)
    t.match(message, /^fastify-fc-provider: option /)
    t.notMatch(message, clientSecret)
    t.notMatch(message, String(ec.d))
  }
})

t.test('twice in one context, guards and masks that cannot work', async (t) => {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(fcProvider, good)
  const invalid = { code: 'FST_FC_PROVIDER_INVALID_OPTIONS' }
  await t.rejects(Promise.resolve(app.register(fcProvider, good)), { ...invalid, message: /registered twice/ })
  const other = Fastify()
  t.teardown(() => other.close())
  await other.register(fcProvider, good)
  const { require: needs, mask } = other.fcProvider
  t.throws(() => (needs as () => unknown)(), { ...invalid, message: /names no scope/ })
  t.throws(() => needs({ all: [] }), { ...invalid, message: /names no scope/ })
  t.throws(() => needs('ville_sold'), { ...invalid, message: /names "ville_sold", which the option "scopes" does not/ })
  t.throws(() => mask({ ville_dette: ['dette'] }), { ...invalid, message: /names "ville_dette"/ })
  t.throws(() => other.get('/', { preHandler: needs as never }, async () => null), {
    ...invalid,
    message: /app\.fcProvider\.require, which was not called/
  })
})

t.test('two API of one server, each in its context', async (t) => {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(async (one) => one.register(fcProvider, good), { prefix: '/cantine' })
  await app.register(
    async (two) => two.register(fcProvider, { ...good, decryptionKeys: [decryptionKey('ECDH-ES', 'b')] }),
    {
      prefix: '/bibliotheque'
    }
  )
  const jwks = '/franceconnect/data-provider/jwks'
  t.equal((await app.inject(`/cantine${jwks}`)).json().keys[0].kid, undefined)
  const { headers, body } = await app.inject(`/bibliotheque${jwks}`)
  t.equal(JSON.parse(body).keys[0].kid, 'b')
  t.match(headers, { 'content-type': 'application/jwk-set+json', 'cache-control': 'no-store' })
  t.equal('d' in JSON.parse(body).keys[0], false)
})
