import { randomUUID } from 'node:crypto'
import t from 'tap'
import { sandboxFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import { callbackFor, copyOf, espace, Jar, kinds, logIn, open, Rows, startService } from './services.ts'

const sandbox = await sandboxFor(t)
const nobody = { sub: null, compte: null, brouillon: null }
const compte = (name: string) => (request: { session: object }) => void Object.assign(request.session, { compte: name })

t.setTimeout(240_000)

for (const kind of kinds) {
  t.test(
    `${kind}: each operation of a logout fails in turn: FranceConnect is reached at the second try`,
    { timeout: 120_000 },
    async (t) => {
      for (const how of ['before', 'after'] as const) {
        for (const down of ['once', 'from then on'] as const) {
          for (let nth = 1; nth < 20; nth += 1) {
            const store = new Rows()
            const service = await startService(t, sandbox, kind, { store })
            service.onLogin(compte('Angela'))
            const jar = new Jar()
            await logIn(service, sandbox, jar)
            const old = copyOf(jar)
            store.operations = 0
            store.fails = (operation) => (operation === nth || (down !== 'once' && operation > nth) ? how : null)
            const first = await open(service.app, jar, '/franceconnect/logout')
            const all = store.operations < nth
            store.fails = () => null
            const reached = (answer: typeof first) =>
              String(answer.headers.location).startsWith(`${sandbox.issuer}/session/end`)
            if (!reached(first)) {
              t.equal(first.statusCode >= 500, true, `operation ${nth}`)
              t.ok(reached(await open(service.app, jar, '/franceconnect/logout')), `operation ${nth}, ${how}, ${down}`)
            }
            t.match(await espace(service, jar), nobody)
            t.match(await espace(service, old), nobody)
            if (all) break
          }
        }
      }
    }
  )

  t.test(
    `${kind}: each operation of a login fails in turn: a login is whole, or nothing; a confirmed one stands`,
    async (t) => {
      for (const how of ['before', 'after'] as const) {
        for (const before of [false, true]) {
          for (let nth = 1; nth < 20; nth += 1) {
            const store = new Rows()
            const service = await startService(t, sandbox, kind, { store })
            const jar = new Jar()
            await open(service.app, jar, '/brouillon')
            service.onLogin(compte('Angela'))
            if (before) await logIn(service, sandbox, jar, 0)
            const angela = before ? (await espace(service, jar)).sub : null
            const url = await callbackFor(service, sandbox, jar, 1)
            service.onLogin(compte('Pierre'))
            store.operations = 0
            store.fails = (operation) => (operation === nth ? how : null)
            const answer = await open(service.app, jar, url)
            const all = store.operations < nth
            store.fails = () => null
            const seen = await espace(service, jar)
            const label = `operation ${nth}, ${how}, before: ${before}`
            // on the host's, @fastify/session writes the session once more with the answer
            const kept = answer.statusCode === 303 || (kind === 'host' && seen.compte === 'Pierre')
            if (kept) t.match(seen, { sub: /v1$/, compte: 'Pierre' }, label)
            else {
              t.ok(answer.statusCode >= 500, label)
              t.not(seen.compte, 'Pierre', label)
              if (seen.sub !== null) t.match(seen, { sub: angela, compte: 'Angela' }, label)
              else t.equal(seen.compte, null, label)
              if (!before) t.same(seen.brouillon, { lignes: ['une ligne'] }, `${label}: the draft is still there`)
              // where the end of the former login stopped half-way, the next one only finishes it
              for (let turn = 0; turn < 2 && (await espace(service, jar)).compte !== 'Pierre'; turn += 1)
                await logIn(service, sandbox, jar, 1)
              t.match(await espace(service, jar), { sub: /v1$/, compte: 'Pierre' }, label)
            }
            if (all) break
          }
        }
      }
    }
  )

  t.test(`${kind}: what a store fails by is in the log, in its own words, without data`, async (t) => {
    for (const target of ['franceconnect-login', 'session'] as const) {
      const store = new Rows()
      const service = await startService(t, sandbox, kind, { store })
      const jar = new Jar()
      const url = await callbackFor(service, sandbox, jar)
      store.fails = (_operation, name, key) =>
        name === 'set' && key.startsWith('franceconnect-') === (target !== 'session') ? 'before' : null
      t.equal((await open(service.app, jar, url)).statusCode, 503)
      t.match(service.lines.join(''), /READONLY You can’t write against a replica/, target)
      t.notMatch(service.lines.join(''), /eyJ|DUBOIS|Angela/)
    }
  })

  t.test(`${kind}: a logout leaves a mark of 35 minutes in the store, and nothing else of the login`, async (t) => {
    const store = new Rows()
    const service = await startService(t, sandbox, kind, { store, session: { saveUninitialized: false } })
    const jar = new Jar()
    await open(service.app, jar, '/franceconnect/login')
    await logIn(service, sandbox, jar)
    await open(service.app, jar, '/franceconnect/logout')
    for (const [key, row] of store.rows) {
      t.match(key, /^franceconnect-(end|beside)-/)
      t.notMatch(row, /sealed/)
      if (key.includes('-end-')) t.ok(JSON.parse(row).cookie.maxAge === 35 * 60_000)
    }
  })

  t.test(`${kind}: a stranger who logs out with invented attempts writes nothing`, async (t) => {
    const store = new Rows()
    const service = await startService(t, sandbox, kind, { store, session: { saveUninitialized: false } })
    const jar = new Jar()
    await open(service.app, jar, '/franceconnect/login')
    const [name = ''] = jar.cookies.keys()
    for (let i = 0; i < 10; i += 1)
      jar.cookies.set(name.slice(0, -22) + randomUUID().replaceAll('-', '').slice(0, 22), 'x')
    await open(service.app, jar, '/franceconnect/logout')
    t.equal(store.rows.size, 0)
    t.ok(store.operations <= 5, `${store.operations} reads`)
  })

  t.test(
    `${kind}: end(loginId), from another instance and before any request: nobody, an emptied session`,
    async (t) => {
      const store = new Rows()
      const one = await startService(t, sandbox, kind, { store })
      one.onLogin(compte('Angela'))
      for (const where of ['here', 'elsewhere'] as const) {
        const jar = new Jar()
        await logIn(one, sandbox, jar)
        const { id } = await espace(one, jar)
        const { app } = where === 'here' ? one : await startService(t, sandbox, kind, { store })
        for (const wrong of [
          '',
          'x'.repeat(38),
          id!.slice(0, 37),
          `${id!.slice(0, 37)}${id!.endsWith('A') ? 'B' : 'A'}`
        ])
          t.equal(await app.franceConnect.end(wrong), false)
        t.match(await espace(one, jar), { compte: 'Angela' })
        const copy = copyOf(jar)
        t.equal(await app.franceConnect.end(id!), true)
        t.equal(await app.franceConnect.end(id!), false)
        t.match(await espace(one, jar), nobody)
        t.match(await espace(one, copy), nobody)
      }
    }
  )

  t.test(`${kind}: end(loginId) while a slow page of that login is in flight`, async (t) => {
    const store = new Rows()
    const service = await startService(t, sandbox, kind, { store })
    service.onLogin(compte('Angela'))
    const jar = new Jar()
    await logIn(service, sandbox, jar)
    const { id } = await espace(service, jar)
    const slow = service.app.inject({ url: '/lent?ecrit=oui', headers: { cookie: jar.header } })
    await new Promise((resolve) => setTimeout(resolve, 50))
    await service.app.franceConnect.end(id!)
    await service.release(slow)
    t.match(await espace(service, jar), nobody)
  })

  t.test(
    `${kind}: idleTimeout: two tabs and a late answer; idle is over, and writes nothing to the store`,
    async (t) => {
      const store = new Rows()
      const service = await startService(t, sandbox, kind, {
        store,
        idleTimeout: 2,
        session: kind === 'host' ? { rolling: false } : {}
      })
      service.onLogin(compte('Angela'))
      const jar = new Jar()
      await logIn(service, sandbox, jar)
      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
      await pause(300)
      const late = service.app
        .inject({ url: '/lent', headers: { cookie: jar.header } })
        .then((answer) => jar.take(answer))
      await pause(1400)
      store.operations = 0
      t.match((await espace(service, jar)).sub, /v1$/)
      t.equal(store.operations, 2, 'two reads')
      await service.release(late)
      await pause(1400)
      t.match((await espace(service, jar)).sub, /v1$/, 'the late answer told no earlier time')
      const stolen = copyOf(jar)
      await pause(2100)
      t.match(await espace(service, jar), nobody)
      t.match(await espace(service, stolen), nobody)
      t.notMatch([...store.rows.keys()].join(), '-login-')
    }
  )
}
