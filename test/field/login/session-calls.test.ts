import t from 'tap'
import { sandboxFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import { copyOf, espace, Jar, kinds, logIn, open, Rows, sessionOf, startService } from './services.ts'

// whole logins, many of them, on a machine that may be busy
t.setTimeout(240_000)
const sandbox = await sandboxFor(t)
const nobody = { sub: null, compte: null, brouillon: null }
const account = (name: string) => (request: Parameters<typeof sessionOf>[0]) => {
  sessionOf(request)['compte'] = name
}

for (const kind of kinds) {
  for (const style of ['promise', 'callback'] as const) {
    const call = (request: Parameters<typeof sessionOf>[0], name: 'regenerate' | 'destroy' | 'save' | 'reload') => {
      const session = sessionOf(request)
      if (style === 'promise') return session[name]()
      return new Promise<void>((resolve, reject) => session[name]((error) => (error ? reject(error) : resolve())))
    }

    t.test(`${kind}, ${style}: what onLogin does with the session leaves the login where it should be`, async (t) => {
      for (const name of ['regenerate', 'destroy', 'save', 'reload'] as const) {
        for (const refused of [false, true]) {
          const store = new Rows()
          const service = await startService(t, sandbox, kind, { store })
          const jar = new Jar()
          await open(service.app, jar, '/brouillon')
          service.onLogin(async (request) => {
            sessionOf(request)['compte'] = 'avant'
            await call(request, name)
            if (name !== 'destroy') sessionOf(request)['compte'] = 'Angela'
            if (refused) throw new Error('non')
          })
          await logIn(service, sandbox, jar)
          const seen = await espace(service, jar)
          const compte = name === 'destroy' ? null : 'Angela'
          if (refused)
            t.match(seen, { sub: null, compte: null, brouillon: { lignes: ['une ligne'] } }, `${name} refused`)
          else t.match(seen, { sub: /v1$/, compte }, name)
          if (name === 'save' || name === 'reload') t.match(seen, { brouillon: { lignes: ['une ligne'] } }, name)
          if (refused) t.notMatch([...store.rows.values()].join(''), /Angela|"login"/)
        }
      }
    })

    t.test(`${kind}, ${style}: the application’s own calls on the session of a login`, async (t) => {
      const store = new Rows()
      const service = await startService(t, sandbox, kind, {
        store,
        pages(app) {
          for (const name of ['regenerate', 'destroy', 'save', 'reload'] as const)
            app.get(`/${name}`, async (request) => {
              await call(request, name)
              return name
            })
          app.get('/reload-destroy', async (request) => {
            await call(request, 'reload')
            await call(request, 'destroy')
            return 'deux'
          })
          app.get('/reload-regenerate', async (request) => {
            await call(request, 'reload')
            await call(request, 'regenerate')
            return 'deux'
          })
        }
      })
      service.onLogin(account('Angela'))
      for (const name of ['regenerate', 'save', 'reload', 'reload-regenerate']) {
        const jar = new Jar()
        await logIn(service, sandbox, jar)
        const before = copyOf(jar)
        t.equal((await open(service.app, jar, `/${name}`)).statusCode, 200)
        const compte = name.endsWith('regenerate') ? null : 'Angela'
        t.match(await espace(service, jar), { sub: /v1$/, compte }, name)
        if (name.endsWith('regenerate')) t.match(await espace(service, before), { sub: /v1$/, compte: null }, name)
        await open(service.app, jar, '/franceconnect/logout')
        t.match(await espace(service, jar), nobody)
      }
      t.equal(service.lines.filter((line) => line.includes('session.regenerate()')).length, 1, 'one warning')
      for (const name of ['destroy', 'reload-destroy']) {
        const jar = new Jar()
        await logIn(service, sandbox, jar)
        const before = copyOf(jar)
        await open(service.app, jar, `/${name}`)
        t.notMatch([...store.rows.values()].join(''), /"login"/, `${name}: the record goes with it`)
        t.match(await espace(service, jar), nobody, name)
        t.match(await espace(service, before), nobody, name)
      }
    })
  }
}
