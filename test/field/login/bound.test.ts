import fastifyCookie from '@fastify/cookie'
import fastifySession from '@fastify/session'
import Fastify, { type FastifyInstance } from 'fastify'
import { startSandbox } from 'franceconnect-sandbox'
import t, { type Test } from 'tap'
import franceConnect from '../../../packages/fastify-franceconnect/src/plugin.ts'
import { sandboxFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import {
  baseUrl,
  callbackFor,
  copyOf,
  espace,
  Jar,
  kinds,
  logIn,
  open,
  Rows,
  secret,
  slowPage,
  startService,
  until
} from './services.ts'

const sandbox = await sandboxFor(t)
const newer = 'a newer secret of the tests, thirty-two characters too'
const nobody = { sub: null, compte: null, brouillon: null }
const compte = (name: string) => (request: { session: object }) => void Object.assign(request.session, { compte: name })

for (const kind of kinds) {
  t.test(`${kind}: rows copied under another id, swapped, or written back open nothing of another`, async (t) => {
    const store = new Rows()
    const service = await startService(t, sandbox, kind, { store })
    const [angela, pierre] = [new Jar(), new Jar()]
    service.onLogin(compte('Angela'))
    await logIn(service, sandbox, angela)
    service.onLogin(compte('Pierre'))
    await logIn(service, sandbox, pierre, 1)
    const subs = [(await espace(service, angela)).sub, (await espace(service, pierre)).sub]
    const logins = [...store.rows.keys()].filter((key) => key.startsWith('franceconnect-login-'))
    const [first, second] = logins as [string, string]
    const rows = new Map(store.rows)
    store.rows.set(first, rows.get(second)!)
    store.rows.set(second, rows.get(first)!)
    t.match(await espace(service, copyOf(angela)), nobody, 'swapped')
    t.match(await espace(service, copyOf(pierre)), nobody, 'swapped')
    for (const [key, row] of rows) store.rows.set(key, row)
    const renamed = JSON.parse(rows.get(second)!)
    store.rows.set(first, JSON.stringify({ ...renamed, id: JSON.parse(rows.get(first)!).id }))
    t.equal((await espace(service, copyOf(angela))).sub, null, 'its id rewritten too')
    for (const [key, row] of rows) store.rows.set(key, row)
    t.same([(await espace(service, angela)).sub, (await espace(service, pierre)).sub], subs)
    await open(service.app, angela, '/franceconnect/logout')
    for (const [key, row] of rows) store.rows.set(key, row)
    t.match(await espace(service, angela), nobody, 'written back: the browser has no cookie for it')
  })

  t.test(`${kind}: two services of another client, issuer or callback on one secret and one store`, async (t) => {
    const store = new Rows()
    const one = await startService(t, sandbox, kind, { store })
    one.onLogin(compte('Angela'))
    const jar = new Jar()
    await logIn(one, sandbox, jar)
    const url = await callbackFor(one, sandbox, jar)
    for (const other of [
      { clientId: 'another-client' },
      { issuer: sandbox.plusIssuer },
      { baseUrl: 'http://localhost:3001' },
      { routes: { callback: '/franceconnect/retour' } }
    ]) {
      const service = await startService(t, sandbox, kind, { store, ...other })
      const renamed = copyOf(jar)
      await open(service.app, renamed, '/franceconnect/login')
      const names = [...renamed.cookies.keys()].filter((name) => !jar.cookies.has(name))
      const attempt = [...jar.cookies].find(([name]) => /^fc-[^-]+-[\w-]{22}$/.test(name))!
      const theirs = names.find((name) => /^fc-[^-]+-[\w-]{22}$/.test(name))!
      const prefix = theirs.slice(0, -22)
      const own = attempt[0].slice(0, -22)
      for (const [name, value] of jar.cookies) {
        const as = name.replace(own.slice(3, -1), prefix.slice(3, -1))
        renamed.cookies.set(as, value)
      }
      t.equal((await open(service.app, renamed, '/espace')).json().sub, null, JSON.stringify(other))
      const path = url.replace('/franceconnect/callback', other.routes?.callback ?? '/franceconnect/callback')
      const query = path.replace(encodeURIComponent(sandbox.issuer), encodeURIComponent(other.issuer ?? sandbox.issuer))
      const answer = await open(service.app, renamed, query)
      t.match(answer.body, 'FST_FC_ATTEMPT_NOT_FOUND', JSON.stringify(other))
    }
    t.match(await espace(one, jar), { compte: 'Angela' })
  })

  t.test(`${kind}: a rolling rotation in two steps: attempts, logins and refusals open everywhere`, async (t) => {
    const store = new Rows()
    const at = (secrets: string[]) => startService(t, sandbox, kind, { store, secret: secrets })
    const steps = [[secret], [secret, newer], [newer, secret]]
    for (let step = 0; step < 2; step += 1) {
      const sides = [await at(steps[step]!), await at(steps[step + 1]!)] as const
      for (const [from, to] of [sides, [sides[1], sides[0]]] as const) {
        const jar = new Jar()
        for (const service of sides) service.onLogin(compte('Angela'))
        const url = await callbackFor(from, sandbox, jar)
        await open(to.app, jar, url)
        for (const service of sides)
          t.match(await espace(service, jar), { sub: /v1$/, compte: 'Angela' }, `step ${step}`)
        await open(from.app, jar, '/franceconnect/logout')
        for (const service of sides) t.match(await espace(service, jar), nobody)
        const refused = new Jar()
        const again = await callbackFor(from, sandbox, refused)
        from.onLogin(() => {
          throw from.app.franceConnect.refusal('/compte-ferme')
        })
        await open(from.app, copyOf(refused), again)
        t.equal((await open(to.app, refused, again)).headers.location, `${baseUrl}/compte-ferme`)
      }
    }
  })

  t.test(
    `${kind}: after a rotation a lost session is found again once, its cookie signed by the first secret`,
    async (t) => {
      const store = new Rows()
      const before = await startService(t, sandbox, kind, { store })
      before.onLogin(compte('Angela'))
      const jar = new Jar()
      await logIn(before, sandbox, jar)
      for (const name of [...jar.cookies.keys()]) if (!name.startsWith('fc-login-')) jar.cookies.delete(name)
      const after = await startService(t, sandbox, kind, { store, secret: [newer, secret] })
      t.match(await espace(after, jar), { compte: 'Angela' })
      store.operations = 0
      t.match(await espace(after, jar), { compte: 'Angela' })
      t.ok(store.operations <= (kind === 'own' ? 2 : 3), `${store.operations} operations`)
    }
  )

  t.test(`${kind}: cookies of any name and value in the browser are ignored`, async (t) => {
    const service = await startService(t, sandbox, kind)
    const jar = new Jar()
    await logIn(service, sandbox, jar)
    const url = await callbackFor(service, sandbox, jar)
    const names = [...jar.cookies.keys()].filter((name) => name.startsWith('fc-'))
    for (const name of names)
      for (const odd of ['é', '-é', '%C3%A9', '-'.repeat(22), `-${'é'.repeat(22)}`, '__proto__', '--constructor'])
        jar.cookies.set(name + odd, 'x')
    for (const odd of ['fc-…-é', 'fc-', '__Host-fc-é', '__proto__']) jar.cookies.set(odd, 'é')
    for (const path of ['/espace', '/garde', '/franceconnect/login'])
      t.ok((await open(service.app, copyOf(jar), path)).statusCode < 400, path)
    t.equal((await open(service.app, jar, url)).statusCode, 303)
    t.match((await espace(service, jar)).sub, /v1$/)
  })

  t.test(
    `${kind}: fifty strangers with invented codes at once: token requests are bounded, a citizen still gets in`,
    async (t) => {
      const service = await startService(t, sandbox, kind)
      let [now, most] = [0, 0]
      const seen = new Set<string>()
      const spied = await startService(t, sandbox, kind, {
        dispatcher:
          service.app &&
          (await spy(t, (change) => {
            now += change
            most = Math.max(most, now)
          }))
      })
      const strangers = Array.from({ length: 50 }, () => new Jar())
      const answers = await Promise.all(
        strangers.map(async (jar, i) => {
          const login = await open(spied.app, jar, '/franceconnect/login')
          const state = new URL(String(login.headers.location)).searchParams.get('state')
          const iss = encodeURIComponent(sandbox.issuer)
          return open(spied.app, jar, `/franceconnect/callback?code=invented${i}&state=${state}&iss=${iss}`)
        })
      )
      for (const { statusCode } of answers) seen.add(String(statusCode))
      t.same([...seen], ['400'])
      t.ok(most <= 16 && most > 1, `${most} at once`)
      const jar = new Jar()
      await logIn(spied, sandbox, jar)
      t.match((await espace(spied, jar)).sub, /v1$/)
    }
  )
}

async function spy(t: Test, tell: (change: number) => void) {
  const { Agent } = await import('undici')
  const agent = new Agent()
  t.teardown(() => agent.close())
  return agent.compose((dispatch) => (options, handler) => {
    if (!options.path.endsWith('/token')) return dispatch(options, handler)
    tell(1)
    return dispatch(options, {
      ...handler,
      onRequestStart: (...given) => handler.onRequestStart?.(...given),
      onResponseStart: (...given) => handler.onResponseStart?.(...given),
      onResponseData: (...given) => handler.onResponseData?.(...given),
      onResponseEnd: (...given) => {
        tell(-1)
        handler.onResponseEnd?.(...given)
      },
      onResponseError: (...given) => {
        tell(-1)
        handler.onResponseError?.(...given)
      }
    })
  })
}

t.test('two registrations, as FranceConnect and FranceConnect+ are, on one host session', async (t) => {
  const at = (path: string) => ['fc', 'plus'].map((prefix) => `${baseUrl}/${prefix}/${path}`)
  const [client] = (await sandboxFor(t)).clients
  const sandbox = await startSandbox({
    port: 0,
    clients: [{ ...client!, redirectUris: at('callback'), postLogoutRedirectUris: at('logout/callback') }]
  })
  t.teardown(() => sandbox.close())
  const start = async (store: Rows) => {
    const app = Fastify()
    t.teardown(() => app.close())
    await app.register(fastifyCookie)
    await app.register(fastifySession, { secret, cookie: { secure: false }, store })
    const held = new Set<() => void>()
    let onLogin: (request: { session: object }) => unknown = () => {}
    const context = (prefix: string) =>
      app.register(async (scope) => {
        const routes = Object.fromEntries(
          ['login', 'callback', 'logout'].map((name) => [name, `/${prefix}/${name}`])
        ) as Record<'login' | 'callback' | 'logout', string>
        await scope.register(franceConnect, {
          ...sandbox.franceConnectOptions,
          ...{ secret, baseUrl, timeout: 30_000, onLogin: (request) => onLogin(request) as never },
          routes: { ...routes, logoutCallback: `/${prefix}/logout/callback`, jwks: `/${prefix}/jwks` }
        })
        scope.get(`/${prefix}/espace`, async (request) => ({
          sub: request.franceConnect?.sub ?? null,
          compte: (request.session as unknown as Record<string, unknown>)['compte'] ?? null
        }))
        scope.get(`/${prefix}/lent`, async () => {
          await new Promise<void>((resolve) => held.add(resolve))
          return 'fini'
        })
      })
    await context('fc')
    await context('plus')
    await app.ready()
    return {
      app,
      held,
      onLogin(work: typeof onLogin) {
        onLogin = work
      }
    }
  }
  const walk = async (app: FastifyInstance, jar: Jar, prefix: string, citizen: number) => {
    const login = await open(app, jar, `/${prefix}/login`)
    return sandbox.authorize(String(login.headers.location), sandbox.citizens[citizen]!)
  }
  const see = async (app: FastifyInstance, jar: Jar, prefix: string) =>
    (await open(app, jar, `/${prefix}/espace`)).json()

  await t.test(
    'a logout on one, then a late answer of the other: nothing lives again, after a restart neither',
    async (t) => {
      for (const [at, out] of [
        ['plus', 'plus'],
        ['fc', 'fc']
      ] as const) {
        const store = new Rows()
        const one = await start(store)
        one.onLogin(compte('Angela'))
        const jar = new Jar()
        await open(one.app, jar, await walk(one.app, jar, at, 0))
        const other = at === 'fc' ? 'plus' : 'fc'
        t.match(await see(one.app, jar, other), { sub: null, compte: 'Angela' }, 'the session is one')
        const late = one.app.inject({ url: `/${other}/lent`, headers: { cookie: jar.header } })
        await until(() => one.held.size > 0)
        await open(one.app, jar, `/${out}/logout`)
        for (const go of one.held) go()
        jar.take(await late)
        const fresh = await start(store)
        t.match(await see(fresh.app, jar, other), { sub: null, compte: null }, `${at}: another process`)
        t.match(await see(one.app, jar, other), { sub: null, compte: null })
        t.match(await see(one.app, jar, at), { sub: null, compte: null })
      }
    }
  )

  await t.test('a login at one ends the other’s: no draft of one citizen is shown to another', async (t) => {
    const store = new Rows()
    const { app, onLogin } = await start(store)
    const jar = new Jar()
    onLogin(compte('Angela'))
    await open(app, jar, await walk(app, jar, 'fc', 0))
    const old = copyOf(jar)
    onLogin(() => {})
    await open(app, jar, await walk(app, jar, 'plus', 1))
    t.match(await see(app, jar, 'plus'), { sub: /v1$/, compte: null })
    t.match(await see(app, jar, 'fc'), { sub: null, compte: null })
    t.match(await see(app, old, 'fc'), { sub: null, compte: null })
    t.match(await see(app, jar, 'plus'), { sub: /v1$/ })
  })

  await t.test(
    'a logout at one while the other’s callback is under way, or beside it: nobody is left in',
    async (t) => {
      for (const parallel of [true, false]) {
        const store = new Rows()
        const { app, onLogin } = await start(store)
        const jar = new Jar()
        if (!parallel) await open(app, jar, await walk(app, jar, 'fc', 0))
        const first = parallel ? await walk(app, jar, 'fc', 0) : null
        const second = await walk(app, jar, 'plus', 1)
        let go = () => {}
        let asked = 0
        onLogin(() => {
          asked += 1
          return new Promise<void>((resolve) => {
            const before = go
            go = () => {
              before()
              resolve()
            }
          })
        })
        const tab = copyOf(jar)
        if (parallel) {
          const both = [open(app, jar, first!), open(app, tab, second)]
          await until(() => asked === 2)
          go()
          await Promise.all(both)
          for (const [name, value] of tab.cookies) jar.cookies.set(name, value)
          await open(app, jar, '/fc/logout')
        } else {
          const callback = open(app, tab, second)
          await until(() => asked === 1)
          await open(app, jar, '/fc/logout')
          go()
          await callback
        }
        for (const browser of [jar, tab]) {
          t.equal((await see(app, browser, 'fc')).sub, null, `parallel: ${parallel}`)
          t.equal((await see(app, browser, 'plus')).sub, null, `parallel: ${parallel}`)
        }
      }
    }
  )
})

t.test('the mark of a page that a login came back to is worth nothing after the logout', async (t) => {
  const service = await startService(t, sandbox, 'own', {
    pages(app) {
      app.get('/besoin', async (request, reply) => ({ back: app.franceConnect.returning(request, reply) }))
      app.get('/aller', (request, reply) =>
        app.franceConnect.login(request, reply, { returnTo: '/besoin', needs: ['x'] } as never)
      )
    }
  })
  const jar = new Jar()
  const start = async (browser: Jar) =>
    open(service.app, browser, await callbackFor(service, sandbox, browser, 0, '/aller'))
  await start(jar)
  const copy = copyOf(jar)
  t.same((await open(service.app, jar, '/besoin')).json(), { back: true })
  t.same((await open(service.app, jar, '/besoin')).json(), { back: false }, 'once')
  await start(copy)
  await open(service.app, copy, '/franceconnect/logout')
  t.same((await open(service.app, copy, '/besoin')).json(), { back: false })
})

t.test('the host’s parseOptions change nothing of our cookies', async (t) => {
  const app = Fastify()
  t.teardown(() => app.close())
  const parseOptions = { domain: 'example.fr', signed: true, maxAge: 3, httpOnly: false, path: '/x', priority: 'low' }
  await app.register(fastifyCookie, { secret, parseOptions: { ...parseOptions, partitioned: true } as never })
  const https = 'https://demarche.example.fr'
  await app.register(franceConnect, { ...sandbox.franceConnectOptions, secret, baseUrl: https, idleTimeout: 60 })
  const jar = new Jar()
  const lines: string[] = []
  const take = async (url: string) => {
    const answer = await open(app, jar, url)
    lines.push(...([answer.headers['set-cookie'] ?? []].flat() as string[]))
    return answer
  }
  const login = await take('/franceconnect/login')
  await take(await sandbox.authorize(String(login.headers.location)))
  await take('/franceconnect/logout')
  t.ok(lines.length >= 4)
  for (const line of lines) {
    t.match(line, /^__Host-fc-[^;]+; .*Path=\/; .*HttpOnly; .*Secure; .*SameSite=Lax/i)
    t.notMatch(line, /Domain=|Priority|Partitioned|Max-Age=3;/i)
  }
})

t.test('a slow page of before a login sends no cookie of ours that undoes it', async (t) => {
  const service = await startService(t, sandbox, 'own')
  const jar = new Jar()
  await logIn(service, sandbox, jar)
  const slow = await slowPage(service, jar)
  await logIn(service, sandbox, jar, 1)
  const cookies = jar.header
  await service.release(slow.answer)
  t.equal(jar.header, cookies)
})
