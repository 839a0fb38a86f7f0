import fastifyCookie from '@fastify/cookie'
import fastifySession from '@fastify/session'
import Fastify from 'fastify'
import t from 'tap'
import franceConnect from '../../src/plugin.ts'
import type { SessionStore } from '../../src/session/store.ts'
import { baseUrl, Jar, logIn, open, sandboxFor, secret, serviceFor, upToCallback } from '../service.ts'

const https = 'https://demarche.example.fr'
const other = 'another secret of the tests, thirty-two characters too'

/** A store over a Map that counts, forgets nothing and fails on demand. */
class WatchedStore implements SessionStore {
  readonly rows = new Map<string, string>()
  readonly operations: string[] = []
  fault: 'error' | 'silent' | 'garbage' | null = null

  #answer(operation: string, done: (error: unknown, value?: never) => void, value?: unknown): void {
    this.operations.push(operation)
    if (this.fault === 'silent') return
    const failed = this.fault === 'error' ? new Error('connect ECONNREFUSED') : null
    done(failed, (this.fault === 'garbage' ? 'garbage' : value) as never)
  }

  get(id: string, done: (error: unknown, value?: never) => void): void {
    const json = this.rows.get(id)
    this.#answer('get', done, json === undefined ? null : JSON.parse(json))
  }

  set(id: string, session: unknown, done: (error?: unknown) => void): void {
    this.rows.set(id, JSON.stringify(session))
    this.#answer('set', done)
  }

  destroy(id: string, done: (error?: unknown) => void): void {
    this.rows.delete(id)
    this.#answer('destroy', done)
  }
}

t.test('a login stores nothing before it succeeds, and a page only reads', async (t) => {
  const sandbox = await sandboxFor(t)
  const store = new WatchedStore()
  const app = await serviceFor(t, sandbox, { session: { store } })
  const jar = new Jar()
  const url = await upToCallback(app, sandbox, jar)
  t.same(store.operations, [])
  await open(app, jar, url)
  store.operations.length = 0
  await open(app, jar, '/moi')
  t.same(store.operations, ['get', 'get'])
})

t.test('what is stored is sealed, and gone at logout', async (t) => {
  const sandbox = await sandboxFor(t)
  const store = new WatchedStore()
  const app = await serviceFor(t, sandbox, { session: { store } })
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  const dump = [...store.rows.values()].join()
  t.notMatch(dump, (await open(app, jar, '/moi')).json().sub)
  t.notMatch(dump, /eyJ/)
  await open(app, jar, '/franceconnect/logout')
  t.ok(
    [...store.rows.keys()].every((key) => key.startsWith('franceconnect-end-')),
    'but for the mark of its end'
  )
})

t.test('a cookie verified before is refused with one character changed, and dead after the logout', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox)
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  const { header } = jar
  const [pair] = header.match(/fc-login-[^;]+/)!
  const sees = async (cookie: string) => (await app.inject({ url: '/moi', headers: { cookie } })).json().sub !== null
  for (let i = 0; i < 3; i++) t.ok(await sees(header), 'verified')
  for (const at of [pair.indexOf('.') + 1, pair.indexOf('.') + 30, pair.length - 2]) {
    const other = pair[at] === 'A' ? 'B' : 'A'
    t.notOk(await sees(header.replace(pair, pair.slice(0, at) + other + pair.slice(at + 1))), `character ${at}`)
  }
  t.ok(await sees(header))
  await open(app, jar, '/franceconnect/logout')
  t.notOk(await sees(header), 'the store is asked every time')
})

t.test('https behind a proxy that says nothing: Secure cookies, and the session is kept', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, { baseUrl: https })
  const jar = new Jar()
  const back = await logIn(app, sandbox, jar)
  t.equal(back.headers.location, `${https}/`)
  for (const line of [back.headers['set-cookie']].flat())
    t.match(line, /^__Host-fc-.*Path=\/.*HttpOnly; Secure; SameSite=Lax/)
  t.match((await open(app, jar, '/moi')).json().sub, /v1$/)
})

t.test('a cookie for the whole domain is not named __Host-, which browsers would refuse', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, { baseUrl: https, session: { cookie: { domain: 'example.fr' } } })
  const jar = new Jar()
  const back = await logIn(app, sandbox, jar)
  const line = [back.headers['set-cookie']].flat().find((one) => one?.includes('session'))
  t.match(line, /^fc-session-\w+=.*Domain=example.fr;.*Secure/)
  t.match((await open(app, jar, '/moi')).json().sub, /v1$/)
})

t.test('a rotated secret logs nobody out and signs the cookie again, the store untouched', async (t) => {
  const sandbox = await sandboxFor(t)
  for (const store of [new WatchedStore(), new fastifySession.MemoryStore()]) {
    const before = await serviceFor(t, sandbox, { session: { store } })
    const jar = new Jar()
    await logIn(before, sandbox, jar)
    const after = await serviceFor(t, sandbox, { secret: [other, secret], session: { store } })
    const cookie = jar.header
    if (store instanceof WatchedStore) store.operations.length = 0
    t.match((await open(after, jar, '/moi')).json().sub, /v1$/)
    if (store instanceof WatchedStore) t.same(store.operations, ['get', 'get'])
    t.not(jar.header, cookie, 'signed again')
    const last = await serviceFor(t, sandbox, { secret: [other], session: { store } })
    t.equal((await open(last, jar, '/moi')).statusCode, 200)
  }
})

t.test('the secret dropped at last: a login sealed by it is over, without an error', async (t) => {
  const sandbox = await sandboxFor(t)
  const store = new WatchedStore()
  const jar = new Jar()
  await logIn(await serviceFor(t, sandbox, { session: { store } }), sandbox, jar)
  await open(await serviceFor(t, sandbox, { secret: [other, secret], session: { store } }), jar, '/moi')
  const page = await open(await serviceFor(t, sandbox, { secret: other, session: { store } }), jar, '/moi')
  t.equal(page.json().sub, null)
})

for (const fault of ['error', 'silent', 'garbage'] as const) {
  t.test(`a store that answers with ${fault}: 503, never a stranger nor a stale login`, async (t) => {
    const sandbox = await sandboxFor(t)
    const store = new WatchedStore()
    const app = await serviceFor(t, sandbox, { session: { store }, timeout: 1000 })
    const jar = new Jar()
    await logIn(app, sandbox, jar)
    const logout = new Jar()
    for (const [name, value] of jar.cookies) logout.cookies.set(name, value)
    store.fault = fault
    const page = await open(app, jar, '/moi')
    t.equal(page.statusCode, 503)
    t.equal(page.json().code, 'FST_FC_UNAVAILABLE')
    t.equal((await open(app, logout, '/franceconnect/logout')).statusCode, 503)
    store.fault = null
    t.match((await open(app, jar, '/moi')).json().sub, /v1$/)
  })
}

t.test('a login ends at its absolute life, whatever is done meanwhile', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, { sessionMaxAge: 1 })
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  await new Promise((resolve) => setTimeout(resolve, 1050))
  t.equal((await open(app, jar, '/moi')).json().sub, null)
})

t.test('a request in flight does not undo the logout', async (t) => {
  const sandbox = await sandboxFor(t)
  let release = () => {}
  const app = await serviceFor(t, sandbox, {
    pages(app) {
      app.get('/lent', async (request) => {
        await new Promise<void>((resolve) => {
          release = resolve
        })
        Object.assign(request.session, { written: Date.now() })
        return 'fini'
      })
    }
  })
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  const old = new Jar()
  for (const [name, value] of jar.cookies) old.cookies.set(name, value)
  const slow = open(app, old, '/lent')
  await new Promise((resolve) => setTimeout(resolve, 50))
  await open(app, jar, '/franceconnect/logout')
  release()
  t.equal((await slow).body, 'fini')
  t.equal((await open(app, old, '/moi')).json().sub, null)
})

t.test('the host’s own @fastify/session is used, and a session that it would drop is told once', async (t) => {
  const sandbox = await sandboxFor(t)
  const lines: string[] = []
  const stream = { write: (line: string) => void lines.push(line) }
  const host = (secure: boolean) => async (app: ReturnType<typeof Fastify>) => {
    await app.register(fastifyCookie)
    await app.register(fastifySession, {
      secret: other,
      cookieName: 'hote',
      saveUninitialized: false,
      cookie: { secure }
    })
  }
  const app = await serviceFor(t, sandbox, { before: host(false) })
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  t.ok(jar.cookies.has('hote'))
  t.match((await open(app, jar, '/moi')).json().sub, /v1$/)
  await open(app, jar, '/franceconnect/logout')
  t.equal((await open(app, jar, '/moi')).json().sub, null)

  const dropped = await serviceFor(t, sandbox, { before: host(true), server: { logger: { stream } } })
  await logIn(dropped, sandbox, new Jar())
  await logIn(dropped, sandbox, new Jar())
  t.equal(lines.filter((line) => /trustProxy.*secure: ’auto’/.test(line)).length, 1)
})

t.test(
  'a session plugin without a server-side store fails the boot, options for somebody else’s session too',
  async (t) => {
    const sandbox = await sandboxFor(t)
    const options = { ...sandbox.franceConnectOptions, baseUrl, secret }
    const stateless = Fastify().decorateRequest('session', null as never)
    await t.rejects(async () => stateless.register(franceConnect, options), {
      code: 'FST_FC_INVALID_OPTIONS',
      message: /server-side store/
    })
    const hosted = Fastify()
    await hosted.register(fastifyCookie)
    await hosted.register(fastifySession, { secret: other })
    await t.rejects(async () => hosted.register(franceConnect, { ...options, session: { cookieName: 'x' } }), {
      message: /registered @fastify\/session itself/
    })
  }
)

t.test('in production, no store is one warning', async (t) => {
  const sandbox = await sandboxFor(t)
  const lines: string[] = []
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  t.teardown(() => {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  })
  await serviceFor(t, sandbox, { server: { logger: { stream: { write: (line: string) => void lines.push(line) } } } })
  t.equal(lines.filter((line) => line.includes('session.store')).length, 1)
})
