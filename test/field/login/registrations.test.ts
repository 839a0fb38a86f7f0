import fastifyCookie from '@fastify/cookie'
import fastifySession from '@fastify/session'
import Fastify, { type FastifyInstance } from 'fastify'
import { startSandbox } from 'franceconnect-sandbox'
import t from 'tap'
import franceConnect from '../../../packages/fastify-franceconnect/src/plugin.ts'
import { sandboxFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import { baseUrl, copyOf, Jar, open, Rows, secret, until } from './services.ts'

const compte = (name: string) => (request: { session: object }) => void Object.assign(request.session, { compte: name })

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
