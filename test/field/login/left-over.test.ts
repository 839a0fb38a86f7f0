import t from 'tap'
import { sandboxFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import { copyOf, espace, Jar, kinds, logIn, open, Rows, sessionOf, slowPage, startService } from './services.ts'

// whole logins, many of them, on a machine that may be busy
t.setTimeout(240_000)
const sandbox = await sandboxFor(t)
const nobody = { sub: null, compte: null, brouillon: null }
const account = (name: string) => (request: Parameters<typeof sessionOf>[0]) => {
  sessionOf(request)['compte'] = name
}

for (const kind of kinds) {
  for (const what of ['altered in the store', 'sealed under another secret'] as const) {
    t.test(`${kind}: a record ${what} does not open: its session is emptied, with a new id`, async (t) => {
      const store = new Rows()
      const service = await startService(t, sandbox, kind, { store })
      service.onLogin(account('Angela'))
      const jar = new Jar()
      await logIn(service, sandbox, jar)
      const { id } = await espace(service, jar)
      const old = copyOf(jar)
      const elsewhere = { store, secret: 'a secret that nobody listed, of thirty-two characters' }
      const other = what.startsWith('sealed') ? await startService(t, sandbox, kind, elsewhere) : service
      if (other === service)
        for (const [key, text] of store.rows) store.rows.set(key, text.replace(/"sealed":"v1\.../, '"sealed":"v1.AA'))
      t.match(await espace(other, jar), nobody)
      t.match(await espace(other, copyOf(old)), nobody, 'by a copy of its cookies')
      const name = kind === 'host' ? 'sessionId' : [...old.cookies.keys()].find((one) => one.includes('session'))!
      t.not(jar.cookies.get(name), old.cookies.get(name))
      if (other !== service) t.match(await espace(service, old), { id, compte: 'Angela' }, 'where it opens, it stands')
    })
  }

  t.test(`${kind}: the session of a dead login, written late, goes as soon as it is met`, async (t) => {
    const store = new Rows()
    const service = await startService(t, sandbox, kind, { store })
    service.onLogin(account('Angela'))
    const jar = new Jar()
    await logIn(service, sandbox, jar)
    const slow = await slowPage(service, jar, '?ecrit=oui')
    service.onLogin(account('Pierre'))
    await logIn(service, sandbox, jar, 1)
    await service.release(slow.answer)
    t.match(await espace(service, jar), { compte: 'Pierre' })
    t.notMatch([...store.rows.values()].join(), /Angela/)
  })

  t.test(`${kind}: a draft in the session that a login’s own takes the place of is kept by nobody`, async (t) => {
    const store = new Rows()
    const service = await startService(t, sandbox, kind, { store })
    const jar = new Jar()
    const login = await open(service.app, jar, '/franceconnect/login')
    const url = await sandbox.authorize(String(login.headers.location), sandbox.citizens[0]!)
    const tab = copyOf(jar)
    const callback = await open(service.app, tab, url)
    await open(service.app, jar, '/brouillon')
    const draft = copyOf(jar)
    for (const [name, value] of tab.cookies) if (name.startsWith('fc-login-')) jar.cookies.set(name, value)
    t.equal(callback.statusCode, 303)
    t.match(await espace(service, jar), { sub: /v1$/, brouillon: null })
    t.match(await espace(service, draft), nobody)
  })

  for (const query of ['', '?ecrit=oui'])
    for (const after of ['nobody', 'Pierre'] as const)
      t.test(`${kind}: a draft in flight${query} across a login and its logout: gone, then ${after}`, async (t) => {
        const store = new Rows()
        const service = await startService(t, sandbox, kind, { store })
        const jar = new Jar()
        await open(service.app, jar, '/brouillon')
        const slow = await slowPage(service, jar, query)
        await logIn(service, sandbox, jar)
        t.match(await espace(service, jar), { brouillon: { lignes: ['une ligne'] } })
        await open(service.app, jar, '/franceconnect/logout')
        if (after === 'Pierre') await logIn(service, sandbox, jar, 1)
        await service.release(slow.answer)
        t.match(await espace(service, jar), { brouillon: null })
        t.notMatch([...store.rows.values()].join(), /une ligne|oui/)
      })
}
