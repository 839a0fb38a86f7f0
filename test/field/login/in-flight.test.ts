import t from 'tap'
import { sandboxFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import {
  callbackFor,
  copyOf,
  espace,
  Jar,
  kinds,
  logIn,
  open,
  Rows,
  sessionOf,
  slowPage,
  startService,
  until
} from './services.ts'

// whole logins, many of them, on a machine that may be busy
t.setTimeout(240_000)
const sandbox = await sandboxFor(t)
const nobody = { sub: null, compte: null, brouillon: null }
const account = (name: string) => (request: Parameters<typeof sessionOf>[0]) => {
  sessionOf(request)['compte'] = name
}

for (const kind of kinds) {
  for (const query of ['', '?ecrit=oui']) {
    const how = query === '' ? 'only reads' : 'writes'

    t.test(`${kind}: a slow page that ${how} ends after a callback: the login and its session survive`, async (t) => {
      for (const first of ['', '/brouillon', '/espace']) {
        const service = await startService(t, sandbox, kind)
        service.onLogin(account('Angela'))
        const jar = new Jar()
        if (first !== '') await open(service.app, jar, first)
        const url = await callbackFor(service, sandbox, jar)
        const slow = await slowPage(service, jar, query)
        await open(service.app, jar, url)
        const other = await slowPage(service, copyOf(jar), query)
        await service.release(slow.answer, other.answer)
        for (let turn = 0; turn < 3; turn += 1) {
          const seen = await espace(service, jar)
          t.match(seen, { sub: /v1$/, compte: 'Angela' })
          t.same(seen.brouillon, first === '/brouillon' ? { lignes: ['une ligne'] } : null)
        }
      }
    })

    t.test(`${kind}: a slow page that ${how} ends after its citizen logged out: nothing lives again`, async (t) => {
      for (const after of ['nobody', 'Pierre', 'the same'] as const) {
        const service = await startService(t, sandbox, kind)
        service.onLogin(account('Angela'))
        const jar = new Jar()
        await logIn(service, sandbox, jar)
        const old = copyOf(jar)
        const slow = await slowPage(service, jar, query)
        await open(service.app, jar, '/franceconnect/logout')
        if (after !== 'nobody') {
          service.onLogin(after === 'Pierre' ? account('Pierre') : () => {})
          await logIn(service, sandbox, jar, after === 'Pierre' ? 1 : 0)
        }
        await service.release(slow.answer)
        const compte = after === 'Pierre' ? 'Pierre' : null
        for (let turn = 0; turn < 2; turn += 1) t.match(await espace(service, jar), { compte, brouillon: null }, after)
        t.match(await espace(service, old), nobody, 'by a copy of its cookies')
        t.match(await espace(service, jar), { compte })
      }
    })

    t.test(`${kind}: a slow page that ${how} ends after another citizen logged in over it`, async (t) => {
      const service = await startService(t, sandbox, kind)
      service.onLogin(account('Angela'))
      const jar = new Jar()
      await logIn(service, sandbox, jar)
      const angela = (await espace(service, jar)).sub
      const old = copyOf(jar)
      const slow = await slowPage(service, jar, query)
      service.onLogin(account('Pierre'))
      await logIn(service, sandbox, jar, 1)
      await service.release(slow.answer)
      const seen = await espace(service, jar)
      t.match(seen, { sub: /v1$/, compte: 'Pierre' })
      t.not(seen.sub, angela)
      t.match(await espace(service, old), nobody)
    })

    t.test(`${kind}: a slow page that ${how} ends after sessionMaxAge: over is over`, async (t) => {
      const service = await startService(t, sandbox, kind, { sessionMaxAge: 1 })
      service.onLogin(account('Angela'))
      const jar = new Jar()
      await logIn(service, sandbox, jar)
      const slow = await slowPage(service, jar, query)
      await new Promise((resolve) => setTimeout(resolve, 1100))
      t.match(await espace(service, jar), nobody)
      await service.release(slow.answer)
      t.match(await espace(service, jar), nobody)
    })
  }

  t.test(`${kind}: a login over one that was logged out meanwhile does not stand; of nobody neither`, async (t) => {
    for (const before of [true, false]) {
      const store = new Rows()
      const service = await startService(t, sandbox, kind, { store })
      const jar = new Jar()
      if (before) await logIn(service, sandbox, jar)
      const url = await callbackFor(service, sandbox, jar, 1)
      let go = () => {}
      let asked = false
      service.onLogin(async () => {
        asked = true
        await new Promise<void>((resolve) => {
          go = resolve
        })
      })
      const tab = copyOf(jar)
      const callback = open(service.app, jar, url)
      await until(() => asked)
      await open(service.app, tab, '/franceconnect/logout')
      go()
      await callback
      t.match(await espace(service, jar), nobody, `before: ${before}`)
      t.match(await espace(service, tab), nobody)
      t.notMatch([...store.rows.values()].join(''), /"login"|pending/)
      service.onLogin(() => {})
      await logIn(service, sandbox, jar)
      t.match((await espace(service, jar)).sub, /v1$/, 'a new login is one')
    }
  })

  t.test(`${kind}: two and three callbacks in parallel, then a logout: no cookie of theirs opens`, async (t) => {
    for (const count of [2, 3]) {
      const store = new Rows()
      const service = await startService(t, sandbox, kind, { store })
      service.onLogin(account('Angela'))
      const jar = new Jar()
      const urls: string[] = []
      for (let tab = 0; tab < count; tab += 1) urls.push(await callbackFor(service, sandbox, jar))
      const tabs = urls.map(() => copyOf(jar))
      await Promise.all(urls.map((url, tab) => open(service.app, tabs[tab]!, url)))
      for (const tab of tabs) t.match((await espace(service, tab)).sub, /v1$/)
      const browser = copyOf(tabs[count - 1]!)
      await open(service.app, browser, '/franceconnect/logout')
      for (const tab of tabs) t.match(await espace(service, tab), nobody)
      t.notMatch([...store.rows.keys()].join(), /-(login|beside)-/, 'nothing orphaned')
    }
  })

  t.test(
    `${kind}: a session destroyed in the store by an administrator, or expired there, ends its login`,
    async (t) => {
      const store = new Rows()
      const service = await startService(t, sandbox, kind, { store })
      service.onLogin(account('Angela'))
      const jar = new Jar()
      await logIn(service, sandbox, jar)
      for (const key of store.rows.keys()) if (!key.startsWith('franceconnect-')) store.rows.delete(key)
      t.match(await espace(service, jar), nobody)
      t.notMatch([...store.rows.values()].join(''), /"login"/)
    }
  )

  t.test(
    `${kind}: a slow page that ends after regenerate() brings back nothing of the session of before`,
    async (t) => {
      for (const query of ['', '?ecrit=oui']) {
        const service = await startService(t, sandbox, kind, {
          pages: (app) =>
            void app.get('/quitter', async (request) => {
              await sessionOf(request).regenerate()
              return 'quitté'
            })
        })
        service.onLogin(account('Angela'))
        const jar = new Jar()
        await logIn(service, sandbox, jar)
        const old = copyOf(jar)
        const slow = await slowPage(service, jar, query)
        await open(service.app, jar, '/quitter')
        await service.release(slow.answer)
        for (const browser of [jar, old, jar]) t.match(await espace(service, browser), { sub: /v1$/, compte: null })
      }
    }
  )

  t.test(
    `${kind}: the session’s cookie lost, or another one in its place: found again, and once for all`,
    async (t) => {
      const store = new Rows()
      const service = await startService(t, sandbox, kind, { store })
      service.onLogin(account('Angela'))
      const jar = new Jar()
      await logIn(service, sandbox, jar)
      const name = kind === 'host' ? 'sessionId' : [...jar.cookies.keys()].find((one) => one.includes('session'))!
      for (const value of [undefined, 'n’importe quoi', 'faux.signature']) {
        if (value === undefined) jar.cookies.delete(name)
        else jar.cookies.set(name, encodeURIComponent(value))
        t.match(await espace(service, jar), { sub: /v1$/, compte: 'Angela' })
        store.operations = 0
        t.match(await espace(service, jar), { sub: /v1$/, compte: 'Angela' })
        t.ok(store.operations <= (kind === 'host' ? 3 : 2), `${store.operations} operations`)
      }
    }
  )
}

t.test('a host session shorter than sessionMaxAge ends the login with it', async (t) => {
  const service = await startService(t, sandbox, 'host', {
    store: new Rows(),
    session: { cookie: { secure: false, maxAge: 700 }, rolling: false }
  })
  service.onLogin(account('Angela'))
  const jar = new Jar()
  await logIn(service, sandbox, jar)
  const copy = copyOf(jar)
  t.match(await espace(service, jar), { compte: 'Angela' })
  await new Promise((resolve) => setTimeout(resolve, 800))
  t.match(await espace(service, copy), nobody)
})
