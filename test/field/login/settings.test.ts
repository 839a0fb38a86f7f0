import Fastify from 'fastify'
import franceConnect, { type FranceConnectOptions } from 'fastify-franceconnect'
import t from 'tap'

const good = {
  environment: 'integration',
  clientId: 'client',
  clientSecret: 'the client secret, not to be shown',
  baseUrl: 'https://demarche.example.fr',
  secret: 'the session secret, not to be shown either'
} as const
const local = { environment: undefined, issuer: 'http://localhost:4000/api/v2', baseUrl: 'http://localhost:3000' }

const cookie = (given: object, more: object = {}) => ({ session: { cookie: given }, ...more })

class Promises {
  async get(_id: string) {}
  async set(_id: string, _session: object) {}
  async destroy(_id: string) {}
}
class PromisesWithOptions extends Promises {
  override async get(_id: string, _options = {}) {}
  override async destroy(_id: string, _seconds = 60) {}
}
/** As node-redis gives it. */
const redisClient = { get: async (...given: string[]) => given, set: async (...given: string[]) => given, destroy() {} }

/** Takes the handlers of undici 6 alone, and refuses ours in its words. */
class DispatcherBase {
  dispatch(): never {
    throw new Error('invalid onConnect method')
  }
}
class OldDispatcher extends DispatcherBase {}

// biome-ignore format: one line a setting
const refused: [what: string, option: string, says: RegExp, given: object][] = [
  ['SameSite=Strict', 'session.cookie.sameSite', /callback.*'lax'.*another site/, cookie({ sameSite: 'strict' })],
  ['SameSite=true, which is strict', 'session.cookie.sameSite', /another site/, cookie({ sameSite: true })],
  ['SameSite in capitals', 'session.cookie.sameSite', /no value of SameSite/, cookie({ sameSite: 'Lax' })],
  ['SameSite=None over http', 'session.cookie.sameSite', /https alone/, cookie({ sameSite: 'none' }, local)],
  ['Secure over http', 'session.cookie.secure', /never be kept/, cookie({ secure: true }, local)],
  ['Secure as a text', 'session.cookie.secure', /no boolean/, cookie({ secure: 'yes' })],
  ['maxAge as a text', 'session.cookie.maxAge', /milliseconds.*3600000/, cookie({ maxAge: '1h' })],
  ['maxAge in seconds', 'session.cookie.maxAge', /milliseconds/, cookie({ maxAge: 3600 })],
  ['a day in seconds', 'session.cookie.maxAge', /milliseconds/, cookie({ maxAge: 86_400 })],
  ['a week in seconds', 'session.cookie.maxAge', /milliseconds/, cookie({ maxAge: 604_800 })],
  ['a year in seconds', 'session.cookie.maxAge', /milliseconds/, cookie({ maxAge: 31_536_000 })],
  ['maxAge of zero', 'session.cookie.maxAge', /milliseconds/, cookie({ maxAge: 0 })],
  ['maxAge of a fraction', 'session.cookie.maxAge', /milliseconds/, cookie({ maxAge: 90_000.5 })],
  ['httponly', 'session.cookie.httponly', /unknown; expected "httpOnly"/, cookie({ httponly: true })],
  ['samesite', 'session.cookie.samesite', /unknown; expected "sameSite"/, cookie({ samesite: 'lax' })],
  ['max-age', 'session.cookie.max-age', /unknown; expected "maxAge"/, cookie({ 'max-age': 3_600_000 })],
  ['an unknown name', 'session.cookie.zzz', /unknown; expected one of path, domain/, cookie({ zzz: 1 })],
  ['httpOnly as a text', 'session.cookie.httpOnly', /no boolean/, cookie({ httpOnly: 'true' })],
  ['expires as a number', 'session.cookie.expires', /Date/, cookie({ expires: 3600 })],
  ['expires in the past', 'session.cookie.expires', /Date/, cookie({ expires: new Date(0) })],
  ['a path that does not cover the routes', 'session.cookie.path', /does not cover \/franceconnect\/login/, cookie({ path: '/app' })],
  ['a path that only looks like it', 'session.cookie.path', /does not cover/, cookie({ path: '/franceconnect/log' })],
  ['a path that is none', 'session.cookie.path', /is not a path/, cookie({ path: 'app' })],
  ['a domain of somebody else', 'session.cookie.domain', /not a domain of baseUrl/, cookie({ domain: 'evil.example' })],
  ['a domain of a look-alike', 'session.cookie.domain', /not a domain of baseUrl/, cookie({ domain: 'marche.example.fr' })],
  ['__Host- with a domain', 'session.cookieName', /__Host-/, { session: { cookieName: '__Host-a', cookie: { domain: 'example.fr' } } }],
  ['__Secure- over http', 'session.cookieName', /__Secure-/, { session: { cookieName: '__Secure-a' }, ...local }],
  ['rolling as a text', 'session.rolling', /boolean/, { session: { rolling: 'no' } }],
  ['saveUninitialised', 'session.saveUninitialised', /expected "saveUninitialized"/, { session: { saveUninitialised: false } }],
  ['a store with promises', 'session.store', /callback/, { session: { store: new Promises() } }],
  ['a store with promises and options', 'session.store', /callback/, { session: { store: new PromisesWithOptions() } }],
  ['a Redis client', 'session.store', /new RedisStore/, { session: { store: redisClient } }],
  ['a Map', 'session.store', /no function destroy|callback/, { session: { store: new Map() } }],
  ['a misspelt option', 'sessionMaxage', /expected "sessionMaxAge"/, { sessionMaxage: 3600 }],
  ['a misspelt route', 'routes.logoutcallback', /"logoutCallback"/, { routes: { logoutcallback: '/x' } }],
  ['idleTimeout in text', 'idleTimeout', /seconds/, { idleTimeout: '30m' }],
  ['serviceName', 'serviceName', /name of the service/, { serviceName: ' ' }],
  ['buttonLogo', 'buttonLogo', /image/, { buttonLogo: 'javascript:alert(1)' }],
  ['buttonLogo of another scheme', 'buttonLogo', /image/, { buttonLogo: '//evil.example/a.svg' }],
  ['a level of the other platform', 'acrValues', /eidas1/, { environment: undefined, issuer: 'https://oidc.franceconnect.gouv.fr/api/v2', acrValues: 'eidas2' }],
  ['FranceConnect+ by issuer, with eidas1', 'acrValues', /eidas2/, { environment: undefined, issuer: 'https://auth.franceconnect.gouv.fr/api/v2' }],
  ['FranceConnect+ by issuer, without decryptionKeys', 'decryptionKeys', /encrypts/, { environment: undefined, issuer: 'https://auth.integ01.dev-franceconnect.fr/api/v2', acrValues: 'eidas2' }],
  ['prefix', 'prefix', /path/, { prefix: 'demarche' }],
  ['a prefix that browsers take away', 'prefix', /path/, { prefix: '/..' }],
  ['a route that browsers write otherwise', 'routes.callback', /path/, { routes: { callback: '/a/../b' } }],
  ['a route with a dot alone', 'routes.login', /path/, { routes: { login: '/./b' } }],
  ['SameSite=None without Secure', 'session.cookie.sameSite', /Secure/, cookie({ sameSite: 'none', secure: false })],
  ['a partitioned cookie over http', 'session.cookie.partitioned', /https alone/, cookie({ partitioned: true }, local)],
  ['a partitioned cookie without Secure', 'session.cookie.partitioned', /Secure/, cookie({ partitioned: true, secure: false })],
  ['a domain that is the whole of France', 'session.cookie.domain', /browsers refuse/, cookie({ domain: '.fr' })],
  ['the domain of the whole State', 'session.cookie.domain', /browsers refuse/, cookie({ domain: 'gouv.fr' }, { baseUrl: 'https://demarche.gouv.fr' })],
  ['a list of session options', 'session', /not an object/, { session: [] }],
  ['a dispatcher of undici 6', 'dispatcher', /undici 6.*install undici 7/, { dispatcher: new OldDispatcher() }],
  ['the issuer of FranceConnect v1', 'issuer', /v1.*api\/v2/, { environment: undefined, issuer: 'https://fcp.integ01.dev-franceconnect.fr/api/v1' }],
  ['FranceConnect with a slash at the end', 'issuer', /without it/, { environment: undefined, issuer: 'https://oidc.franceconnect.gouv.fr/api/v2/' }]
]

for (const [what, option, says, given] of refused) {
  t.test(`${what} is refused at boot in one sentence`, async (t) => {
    const app = Fastify()
    t.teardown(() => app.close())
    const boot = async () => {
      await app.register(franceConnect, { ...good, ...given } as FranceConnectOptions)
      await app.ready()
    }
    const error: Error & { code?: string } = await boot().then(
      () => t.fail('the boot goes on') as never,
      (thrown) => thrown
    )
    t.equal(error.code, 'FST_FC_INVALID_OPTIONS')
    t.match(error.message, `option "${option}"`)
    t.match(error.message, says)
    t.notMatch(error.message, /not to be shown/)
  })
}

const warned: [what: string, given: object, says: RegExp | null][] = [
  ['a public baseUrl in http with issuer', { ...local, baseUrl: 'http://demarche.example.fr' }, /baseUrl.*in clear/],
  ['a secret of one character', { secret: 'a'.repeat(40) }, /secret.*few characters/],
  ['one weak secret of two', { secret: [good.secret, 'ab'.repeat(20)] }, /secret.*few characters/],
  ['a secret that repeats a word', { secret: 'changeme'.repeat(5) }, /secret.*repeats/],
  ['a secret that repeats ten digits', { secret: '0123456789'.repeat(4).slice(0, 37) }, /secret.*repeats/],
  ['a secret that counts', { secret: 'abcdefghijklmnopqrstuvwxyz0123456789' }, /secret.*follow/],
  ['a secret of a documentation', { secret: 'a secret with minimum length of 32 characters' }, /secret.*published/],
  ['the client secret again', { secret: good.secret, clientSecret: good.secret }, /secret.*"clientSecret"/],
  ['a baseUrl of this machine in http', local, null],
  ['a misspelt identity scope', { scope: 'openid given_nam' }, /"given_nam".*did you mean "given_name"/],
  ['letters swapped', { scope: ['openid', 'brithdate'] }, /did you mean "birthdate"/],
  ['another case', { scope: ['openid', 'Gender'] }, /did you mean "gender"/],
  ['a scope of data', { scope: ['openid', 'cnaf_quotient_familial'] }, null],
  ['a scope that FranceConnect refuses everybody for', { scope: 'openid amr' }, /"amr".*invalid_scope.*claims/],
  ['a scope of version 1', { scope: 'openid address phone' }, /"address".*version 2.*"phone"/],
  ['PKCE at FranceConnect', { pkce: true }, /pkce.*refuses/],
  ['PKCE at another provider', { ...local, pkce: true }, null],
  [
    'a client secret with the end of its file',
    { clientSecret: `${good.clientSecret}\n` },
    /"clientSecret".*white space/
  ],
  ['a client id in quotes', { clientId: '"client"' }, /"clientId".*quotes/],
  ['milliseconds for seconds', { sessionMaxAge: 14_400_000 }, /"sessionMaxAge".*167 days.*seconds/],
  ['an idle time that never comes', { idleTimeout: 14_400 }, /"idleTimeout".*"sessionMaxAge"/],
  ['seconds for milliseconds', { timeout: 8 }, /"timeout".*milliseconds/],
  ['the URL of the callback as baseUrl', { baseUrl: `${good.baseUrl}/franceconnect/callback` }, /"baseUrl".*callback/]
]

t.test('what is likely a mistake is said once at boot, and the boot goes on', async (t) => {
  for (const [what, given, says] of warned) {
    const lines: string[] = []
    const app = Fastify({
      logger: { level: 'warn', stream: { write: (line: string) => void lines.push(JSON.parse(line).msg) } }
    })
    t.teardown(() => app.close())
    await app.register(franceConnect, { ...good, ...given } as FranceConnectOptions)
    await app.ready()
    if (says === null) t.same(lines, [], what)
    else t.match(lines.join(''), says, what)
  }
})

t.test('settings that suit are taken', async (t) => {
  for (const given of [
    cookie({ maxAge: 3_600_000, httpOnly: true, sameSite: 'lax', path: '/', domain: 'example.fr', secure: true }),
    cookie({ secure: 'auto', sameSite: 'none', partitioned: true }),
    cookie(
      { path: '/demarches' },
      {
        routes: {
          login: '/demarches/in',
          callback: '/demarches/back',
          logout: '/demarches/out',
          logoutCallback: false,
          jwks: false
        }
      }
    ),
    {
      idleTimeout: 1800,
      serviceName: 'Cantine de Ville-sur-Exemple',
      buttonLogo: 'https://demarche.example.fr/fc.svg'
    },
    { buttonLogo: '/images/fc.svg', timeout: undefined, issuer: undefined, session: undefined, routes: undefined },
    { secret: '0123456789'.repeat(4) }
  ]) {
    const app = Fastify()
    await app.register(franceConnect, { ...good, ...given } as FranceConnectOptions)
    await app.ready()
    await app.close()
    t.pass(JSON.stringify(given))
  }
})
