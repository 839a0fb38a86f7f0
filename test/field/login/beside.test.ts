import t from 'tap'
import { sandboxFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import { HeldRows } from './held-rows.ts'
import { callbackFor, copyOf, espace, Jar, kinds, logIn, open, Rows, startService, until } from './services.ts'

// whole logins, many of them, on a machine that may be busy
t.setTimeout(240_000)
const sandbox = await sandboxFor(t)
const nobody = { sub: null, compte: null, brouillon: null }
const orphans = /-(login|beside)-/

/** Callbacks of one browser, each answered to a tab of its own. */
async function atOnce(service: Awaited<ReturnType<typeof startService>>, jar: Jar, count: number) {
  const urls: string[] = []
  for (let tab = 0; tab < count; tab += 1) urls.push(await callbackFor(service, sandbox, jar, tab % 2))
  const tabs = urls.map(() => copyOf(jar))
  await Promise.all(urls.map((url, tab) => open(service.app, tabs[tab]!, url)))
  return tabs
}

/** `onLogin` waits, each time, until it is let go on. */
function slowLogins(service: Awaited<ReturnType<typeof startService>>) {
  const waiting: (() => void)[] = []
  let asked = 0
  service.onLogin(async () => {
    asked += 1
    await new Promise<void>((resolve) => waiting.push(resolve))
  })
  return {
    asked: (count: number) => until(() => asked >= count),
    go: (at: number) => waiting[at]!(),
    atOnce: () => service.onLogin(() => {})
  }
}

for (const kind of kinds) {
  t.test(`${kind}: callbacks in parallel, one replaced by a later login, which logs out: none is left`, async (t) => {
    for (const count of [2, 3]) {
      const store = new Rows()
      const service = await startService(t, sandbox, kind, { store })
      const tabs = await atOnce(service, new Jar(), count)
      const browser = copyOf(tabs[count - 1]!)
      for (let turn = 0; turn < 2; turn += 1) await logIn(service, sandbox, browser, 1)
      await open(service.app, browser, '/franceconnect/logout')
      for (const tab of [...tabs, browser]) t.match(await espace(service, tab), nobody)
      t.notMatch([...store.rows.keys()].join(), orphans)
    }
  })

  t.test(`${kind}: the same, where one callback was sent before the other login began`, async (t) => {
    for (const last of ['first', 'second']) {
      const store = new Rows()
      const service = await startService(t, sandbox, kind, { store })
      const logins = slowLogins(service)
      const jar = new Jar()
      const first = copyOf(jar)
      const firstUrl = await callbackFor(service, sandbox, first)
      const sent = open(service.app, copyOf(first), firstUrl)
      await logins.asked(1)
      const second = copyOf(first)
      const secondUrl = await callbackFor(service, sandbox, second, 1)
      const replied = open(service.app, second, secondUrl)
      await logins.asked(2)
      logins.go(1)
      await replied
      logins.go(0)
      first.take(await sent)
      logins.atOnce()
      const browser = last === 'first' ? first : second
      t.match((await espace(service, browser)).sub, /v1$/)
      await open(service.app, browser, '/franceconnect/logout')
      for (const tab of [first, second]) t.match(await espace(service, tab), nobody, `the cookie of the ${last} login`)
      t.notMatch([...store.rows.keys()].join(), orphans)
    }
  })

  t.test(`${kind}: callbacks in parallel, then nothing for as long as idleTimeout: none is left`, async (t) => {
    const store = new Rows()
    const service = await startService(t, sandbox, kind, { store, idleTimeout: 1 })
    const tabs = await atOnce(service, new Jar(), 2)
    await new Promise((resolve) => setTimeout(resolve, 1200))
    t.match(await espace(service, copyOf(tabs[1]!)), nobody)
    t.notMatch([...store.rows.values()].join(), /"login"/)
  })

  t.test(
    `${kind}: callbacks in parallel, one ended by the server: a logout, or the next login’s, ends the other`,
    async (t) => {
      for (const next of [false, true]) {
        const store = new Rows()
        const service = await startService(t, sandbox, kind, { store })
        const tabs = await atOnce(service, new Jar(), 2)
        const browser = copyOf(tabs[1]!)
        t.ok(await service.app.franceConnect.end((await espace(service, browser)).id!))
        t.match((await espace(service, tabs[0]!)).sub, /v1$/, 'the other one stands')
        // its own attempts are over by now
        for (const name of browser.cookies.keys()) if (/^fc-\w+-[\w-]{22}$/.test(name)) browser.cookies.delete(name)
        if (next) await logIn(service, sandbox, browser)
        await open(service.app, browser, '/franceconnect/logout')
        for (const tab of [...tabs, browser]) t.match(await espace(service, tab), nobody, `a login between: ${next}`)
        t.notMatch([...store.rows.keys()].join(), orphans)
      }
    }
  )

  t.test(
    `${kind}: a logout stopped half-way by the store, then a login: it stands, and has nothing of before`,
    async (t) => {
      for (const how of ['before', 'after'] as const) {
        const store = new Rows()
        const service = await startService(t, sandbox, kind, { store })
        const jar = new Jar()
        await open(service.app, jar, '/brouillon')
        await logIn(service, sandbox, jar)
        store.fails = (_operation, name, key) => (name === 'destroy' && key.includes('login') ? how : null)
        t.equal((await open(service.app, jar, '/franceconnect/logout')).statusCode, 503)
        store.fails = () => null
        const old = copyOf(jar)
        await logIn(service, sandbox, jar)
        t.match(await espace(service, jar), { sub: /v1$/, brouillon: null })
        t.match(await espace(service, old), nobody)
      }
    }
  )

  t.test(`${kind}: a login that replaces one, at the very moment when that one logs out, does not stand`, async (t) => {
    const store = new HeldRows()
    const service = await startService(t, sandbox, kind, { store })
    const jar = new Jar()
    await logIn(service, sandbox, jar)
    const url = await callbackFor(service, sandbox, jar, 1)
    const tab = copyOf(jar)
    // it has looked for a logout, and found none
    store.hold(/^set franceconnect-(over|end)-/)
    const callback = open(service.app, jar, url)
    await store.held()
    await open(service.app, tab, '/franceconnect/logout')
    store.release()
    await callback
    for (const browser of [jar, tab]) t.match(await espace(service, browser), nobody)
    t.notMatch([...store.rows.values()].join(), /"login"/)
  })

  t.test(`${kind}: of two callbacks over one login the second is no logout`, async (t) => {
    const service = await startService(t, sandbox, kind, { store: new Rows() })
    const jar = new Jar()
    await logIn(service, sandbox, jar)
    const urls = [await callbackFor(service, sandbox, jar), await callbackFor(service, sandbox, jar, 1)] as const
    const logins = slowLogins(service)
    const tabs = [copyOf(jar), copyOf(jar)] as const
    const first = open(service.app, tabs[0], urls[0])
    await logins.asked(1)
    const second = open(service.app, tabs[1], urls[1])
    await logins.asked(2)
    logins.go(0)
    await first
    logins.go(1)
    await second
    for (const tab of tabs) t.match((await espace(service, tab)).sub, /v1$/)
    await open(service.app, tabs[1], '/franceconnect/logout')
    for (const tab of [...tabs, jar]) t.match(await espace(service, tab), nobody)
  })

  t.test(`${kind}: a marker that another process writes late is not written over the login`, async (t) => {
    const store = new Rows()
    const held = new HeldRows()
    // the same rows, through a connection that stalls
    Object.defineProperty(held, 'rows', { value: store.rows })
    const one = await startService(t, sandbox, kind, { store })
    const two = await startService(t, sandbox, kind, { store: held })
    const jar = new Jar()
    const url = await callbackFor(one, sandbox, jar)
    const tab = copyOf(jar)
    held.hold(/^set .*"pending"/)
    const late = open(two.app, tab, url)
    await held.held()
    await open(one.app, jar, url)
    held.release()
    await late
    for (const browser of [jar, tab]) t.match((await espace(one, browser)).sub, /v1$/)
  })
}

t.test('who knows the id of a login cannot end it by the name of a cookie', async (t) => {
  const service = await startService(t, sandbox, 'own', { store: new Rows() })
  const victim = new Jar()
  await logIn(service, sandbox, victim)
  const { id } = await espace(service, victim)
  for (const value of ['x', 'own'] as const) {
    const stranger = new Jar()
    await open(service.app, stranger, '/franceconnect/login')
    const [name, text] = [...stranger.cookies][0]!
    const planted = name.slice(0, -22) + id!.slice(0, 22)
    stranger.cookies.set(planted, value === 'own' ? text : value)
    await logIn(service, sandbox, stranger, 1)
    stranger.cookies.set(planted, value === 'own' ? text : value)
    await open(service.app, stranger, '/franceconnect/logout')
    t.equal((await espace(service, victim)).id, id, `with the value ${value}`)
  }
})
