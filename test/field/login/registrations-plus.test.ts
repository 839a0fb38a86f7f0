import { generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import fastifyCookie from '@fastify/cookie'
import fastifySession from '@fastify/session'
import Fastify from 'fastify'
import { startSandbox } from 'franceconnect-sandbox'
import t, { type Test } from 'tap'
import franceConnect from '../../../packages/fastify-franceconnect/src/plugin.ts'
import { baseUrl, copyOf, Jar, open, Rows, secret, until } from './services.ts'

// whole logins, many of them, on a machine that may be busy
t.setTimeout(240_000)

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwk = (key: typeof pair.publicKey) =>
  ({ ...key.export({ format: 'jwk' }), kid: 'k1', alg: 'ECDH-ES', use: 'enc' }) as JsonWebKey & { kty: string }

const client = (name: string) => ({
  clientId: name,
  clientSecret: secret,
  redirectUris: [`${baseUrl}/${name}/callback`],
  postLogoutRedirectUris: [`${baseUrl}/${name}/logout/callback`],
  scopes: ['openid', 'given_name', 'family_name', 'birthdate', 'gender', 'birthplace', 'birthcountry']
})
const plusClient = { ...client('plus'), idTokenEncryptedResponseAlg: 'ECDH-ES' as const }
const sandbox = await startSandbox({
  port: 0,
  clients: [client('fc'), { ...plusClient, jwks: { keys: [jwk(pair.publicKey)] } }]
})
t.teardown(() => sandbox.close())

const levels = {
  fc: { issuer: sandbox.issuer, acrValues: 'eidas1' as const },
  plus: { issuer: sandbox.plusIssuer, acrValues: 'eidas2' as const, decryptionKeys: [jwk(pair.privateKey)] }
}
type At = keyof typeof levels

/** FranceConnect and FranceConnect+ on one host session, by one secret. */
async function start(test: Test, store = new Rows()) {
  const app = Fastify()
  test.teardown(() => app.close())
  const waiting: (() => void)[] = []
  const state = { slow: false, let: [] as string[] }
  await app.register(fastifyCookie)
  await app.register(fastifySession, { secret, cookie: { secure: false }, store })
  for (const at of ['fc', 'plus'] as const)
    app.register(async (scope) => {
      const path = (name: string) => `/${at}/${name}`
      await scope.register(franceConnect, {
        ...levels[at],
        ...{ clientId: at, clientSecret: secret, secret, baseUrl, timeout: 30_000 },
        async onLogin(request, _reply, login) {
          state.let.push(`${at} ${login.acr}`)
          Object.assign(request.session, { compte: `${at} ${login.sub}` })
          if (state.slow) await new Promise<void>((resolve) => waiting.push(resolve))
        },
        routes: {
          ...{ login: path('login'), callback: path('callback'), logout: path('logout') },
          ...{ logoutCallback: path('logout/callback'), jwks: path('jwks') }
        }
      })
      scope.get(path('espace'), async ({ franceConnect, session }) => ({
        sub: franceConnect?.sub ?? null,
        acr: franceConnect?.acr ?? null,
        compte: Object(session)['compte'] ?? null
      }))
    })
  await app.ready()
  return {
    app,
    store,
    state,
    waiting: (count: number) => until(() => waiting.length >= count),
    release() {
      for (const go of waiting.splice(0)) go()
    }
  }
}

type Both = Awaited<ReturnType<typeof start>>
async function callbackFor({ app }: Both, jar: Jar, at: At, citizen: number) {
  const login = await open(app, jar, `/${at}/login`)
  return sandbox.authorize(String(login.headers.location), sandbox.citizens[citizen]!)
}
const logIn = async (both: Both, jar: Jar, at: At, citizen: number) =>
  open(both.app, jar, await callbackFor(both, jar, at, citizen))
const see = async ({ app }: Both, jar: Jar, at: At) => (await open(app, jar, `/${at}/espace`)).json()
const nobody = { sub: null, compte: null }

t.test('FranceConnect and FranceConnect+: each has its level; a login at one ends the other’s', async (t) => {
  for (const [first, second] of [
    ['fc', 'plus'],
    ['plus', 'fc']
  ] as const)
    for (const citizen of [0, 1]) {
      const both = await start(t)
      const jar = new Jar()
      await logIn(both, jar, first, 0)
      const { sub, acr, compte } = await see(both, jar, first)
      t.match({ sub, acr, compte }, { sub: /v1$/, acr: levels[first].acrValues, compte: `${first} ${sub}` })
      t.match(await see(both, jar, second), { sub: null, compte }, 'the session is one')
      const old = copyOf(jar)
      await logIn(both, jar, second, citizen)
      const now = await see(both, jar, second)
      t.match(now, { acr: levels[second].acrValues, compte: `${second} ${now.sub}` })
      t.equal((await see(both, jar, first)).sub, null)
      for (const at of [first, second]) t.match(await see(both, old, at), nobody)
      await open(both.app, jar, `/${second}/logout`)
      for (const at of [first, second]) t.match(await see(both, jar, at), nobody)
      t.notMatch([...both.store.rows.values()].join(), /"login"|compte/)
    }
})

t.test('nothing of one opens at the other, by one secret: neither an attempt nor a login', async (t) => {
  for (const [from, to] of [
    ['fc', 'plus'],
    ['plus', 'fc']
  ] as const) {
    const both = await start(t)
    const jar = new Jar()
    const probe = new Jar()
    await open(both.app, probe, `/${to}/login`)
    const mark = [...probe.cookies.keys()][0]!.slice(0, -23)
    const callback = await callbackFor(both, jar, from, 0)
    const [name, value] = [...jar.cookies].find(([one]) => one.length === mark.length + 23)!
    jar.cookies.set(mark + name.slice(-23), value)
    const issuer = encodeURIComponent(levels[to].issuer)
    const renamed = callback.replace(`/${from}/`, `/${to}/`).replace(/iss=[^&]+/, `iss=${issuer}`)
    t.match((await open(both.app, copyOf(jar), renamed)).statusCode, 400)
    t.same(both.state.let, [])
    await open(both.app, jar, callback)
    const login = [...jar.cookies].find(([one]) => one.startsWith('fc-login-'))!
    const other = copyOf(jar)
    other.cookies.delete(login[0])
    other.cookies.set(mark.replace(/^fc-/, 'fc-login-'), login[1])
    t.equal((await see(both, other, to)).sub, null)
    t.match((await see(both, jar, from)).sub, /v1$/)
  }
})

t.test('a logout at one ends the callbacks that are under way at the other, over a login or over nobody', async (t) => {
  for (const [at, out] of [
    ['fc', 'plus'],
    ['plus', 'fc']
  ] as const)
    for (const before of ['nobody', at, out] as const) {
      const both = await start(t)
      const jar = new Jar()
      if (before !== 'nobody') await logIn(both, jar, before, 0)
      const url = await callbackFor(both, jar, at, 1)
      both.state.slow = true
      const tab = copyOf(jar)
      const callback = open(both.app, tab, url)
      await both.waiting(1)
      await open(both.app, jar, `/${out}/logout`)
      both.release()
      await callback
      for (const browser of [jar, tab])
        for (const where of ['fc', 'plus'] as const)
          t.match(await see(both, browser, where), nobody, `${before}, then ${at}, logout at ${out}`)
      t.notMatch([...both.store.rows.values()].join(), /"login"/)
    }
})

t.test('callbacks of both at once: one browser, then a logout at either ends both', async (t) => {
  for (const out of ['fc', 'plus'] as const) {
    const both = await start(t)
    const jar = new Jar()
    const urls = [await callbackFor(both, jar, 'fc', 0), await callbackFor(both, jar, 'plus', 1)]
    both.state.slow = true
    const answers = urls.map((url) =>
      both.app.inject({ url: url.slice(baseUrl.length), headers: { cookie: jar.header } })
    )
    const taken = Promise.all(answers.map((answer) => answer.then((given) => jar.take(given))))
    await both.waiting(2)
    both.release()
    await taken
    await open(both.app, jar, `/${out}/logout`)
    for (const where of ['fc', 'plus'] as const) t.match(await see(both, jar, where), nobody)
    t.notMatch([...both.store.rows.values()].join(), /"login"/)
  }
})
