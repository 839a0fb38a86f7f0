import t from 'tap'
import { sandboxFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import { handlerTimeoutFor } from './handler-timeout.ts'
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
  sessionOf,
  startService,
  until
} from './services.ts'

// whole logins, many of them, on a machine that may be busy
t.setTimeout(240_000)
const sandbox = await sandboxFor(t)

for (const kind of kinds) {
  t.test(`${kind}: handlerTimeout answers 503 while onLogin takes its time`, async (t) => {
    for (const end of ['late', 'throws', 'never'] as const) {
      const store = new Rows()
      const timeout = handlerTimeoutFor(t)
      const service = await startService(t, sandbox, kind, { store, server: timeout.server })
      const held: { go?: () => void } = {}
      let ended = false
      service.onLogin(async (request) => {
        sessionOf(request)['compte'] = 'Angela'
        await new Promise<void>((resolve) => {
          held.go = resolve
        })
        ended = true
        if (end === 'throws') throw new Error('banned')
      })
      const jar = new Jar()
      const url = await callbackFor(service, sandbox, jar)
      const opening = open(service.app, jar, url)
      await until(() => held.go !== undefined)
      timeout.isUp()
      t.equal((await opening).statusCode, 503)
      t.same(await espace(service, jar), { sub: null, id: null, compte: null, brouillon: null }, 'during onLogin')
      if (end === 'never') continue
      held.go?.()
      await until(() => ended && ![...store.rows.values()].some((row) => row.includes('pending')))
      t.match(await espace(service, jar), { sub: null, compte: null }, `${end}: and after it`)
      const again = await open(service.app, jar, url)
      t.not(again.statusCode, 503, 'the callback again waits for nobody')
      t.match(await espace(service, jar), { sub: null, compte: null })
      t.notOk(
        [...store.rows.values()].some((row) => /Angela|pending|"login"/.test(row)),
        `${end}: nothing is left`
      )
    }
  })

  for (const [what, thrown, status] of [
    ['undefined', undefined, 403],
    ['null', null, 403],
    ['a string', 'banni', 403],
    ['an object without message', {}, 403],
    ['an object with a status', { statusCode: 403 }, 403],
    ['an error', new Error('compte fermé'), 403],
    ['an error with a status', Object.assign(new Error('compte fermé'), { statusCode: 410 }), 410],
    ['an error with a status of success', Object.assign(new Error('compte fermé'), { statusCode: 200 }), 403],
    ['a number', 7, 403]
  ] as const) {
    t.test(`${kind}: onLogin throws ${what}: an ordinary refusal, its cause in the log`, async (t) => {
      const store = new Rows()
      const service = await startService(t, sandbox, kind, { store })
      const jar = new Jar()
      await open(service.app, jar, '/brouillon')
      service.onLogin((request) => {
        const session = sessionOf(request)
        session['compte'] = 'Angela'
        ;(session['brouillon'] as { lignes: string[] }).lignes.push('Angela')
        throw thrown
      })
      const url = await callbackFor(service, sandbox, jar)
      const page = await open(service.app, jar, url)
      t.equal(page.statusCode, status)
      t.not(page.body, '')
      const log = service.lines.join('')
      t.notMatch(log, '"undefined"')
      if (status === 403) t.match(log, /onLogin refused the login by something/)
      const seen = { sub: null, compte: null, brouillon: { lignes: ['une ligne'] } }
      t.match(await espace(service, jar), seen, 'nobody is in, the draft is as it was')
      t.notMatch([...store.rows.values()].join(''), /Angela|"login"|franceconnect/)
      const calls = sandbox.requests.length
      t.equal((await open(service.app, jar, url)).statusCode, status, 'reloaded: the same refusal')
      t.equal(sandbox.requests.length, calls)
    })
  }

  t.test(`${kind}: of a refusal nothing is in the session of a browser that came without one`, async (t) => {
    const store = new Rows()
    let after: unknown = null
    const service = await startService(t, sandbox, kind, {
      store,
      pages(app) {
        app.addHook('onSend', async (request) => {
          const { compte, cookie } = sessionOf(request) as { compte?: unknown; cookie?: { httpOnly?: boolean } }
          after = { compte: compte ?? null, httpOnly: cookie?.httpOnly }
        })
      }
    })
    service.onLogin((request) => {
      const session = sessionOf(request)
      session['compte'] = 'Angela'
      session['options'] instanceof Function && session['options']({ httpOnly: false })
      throw Object.assign(new Error('compte fermé'), { statusCode: 410 })
    })
    const jar = new Jar()
    const url = await callbackFor(service, sandbox, jar)
    // a browser that lost its session’s cookie, not its attempt’s
    for (const name of jar.cookies.keys()) if (/session/i.test(name)) jar.cookies.delete(name)
    const page = await open(service.app, jar, url)
    t.equal(page.statusCode, 410)
    t.same(after, { compte: null, httpOnly: true })
    t.notMatch([...store.rows.values()].join(''), 'Angela')
    if (kind === 'own') t.notMatch(String(page.headers['set-cookie']), 'fc-session')
  })

  t.test(`${kind}: a refusal depends on no undo: each operation of the store fails in turn`, async (t) => {
    for (const how of ['before', 'after'] as const) {
      for (let nth = 1; nth < 12; nth += 1) {
        const store = new Rows()
        const service = await startService(t, sandbox, kind, { store })
        const jar = new Jar()
        const url = await callbackFor(service, sandbox, jar)
        service.onLogin((request) => {
          sessionOf(request)['compte'] = 'Angela'
          throw Object.assign(new Error('banni'), { statusCode: 403 })
        })
        store.operations = 0
        store.fails = (operation) => (operation >= nth ? how : null)
        await open(service.app, jar, url)
        const all = store.operations < nth
        store.fails = () => null
        t.match(await espace(service, jar), { sub: null, compte: null }, `from operation ${nth}, ${how}`)
        await open(service.app, jar, url)
        t.match(await espace(service, jar), { sub: null, compte: null })
        if (all) break
      }
    }
  })

  t.test(
    `${kind}: refused with a landing: refusal(returnTo), through FranceConnect’s end of session or not`,
    async (t) => {
      const service = await startService(t, sandbox, kind)
      const jar = new Jar()
      service.onLogin((request) => {
        sessionOf(request)['compte'] = 'Angela'
        throw service.app.franceConnect.refusal('/compte-ferme')
      })
      const url = await callbackFor(service, sandbox, jar)
      t.equal((await open(service.app, jar, url)).headers.location, `${baseUrl}/compte-ferme`)
      t.match(await espace(service, jar), { sub: null, compte: null })
      t.equal((await open(service.app, jar, url)).headers.location, `${baseUrl}/compte-ferme`, 'reloaded')
      service.onLogin(() => {
        throw service.app.franceConnect.refusal(undefined, { logout: true })
      })
      const out = await logIn(service, sandbox, jar)
      t.match(out.headers.location, `${sandbox.issuer}/session/end`)
      t.match(await espace(service, jar), { sub: null, compte: null })
    }
  )

  t.test(`${kind}: replying without refusing keeps the login, whatever the reply`, async (t) => {
    const { Readable } = await import('node:stream')
    for (const [what, work, text] of [
      ['redirects', (_request, reply) => reply.redirect('/bienvenue'), ''],
      ['sends a stream', (_request, reply) => reply.type('text/plain').send(Readable.from(['bon', 'jour'])), 'bonjour'],
      [
        'replies, then throws',
        (_request, reply) => {
          reply.send('bonjour')
          throw new Error('après')
        },
        'bonjour'
      ],
      ['replies 403', (_request, reply) => reply.code(403).send('bonjour'), 'bonjour'],
      [
        'replies, then never settles',
        (_request, reply) => {
          reply.send('bonjour')
          return new Promise(() => {})
        },
        'bonjour'
      ]
    ] satisfies [string, Parameters<Awaited<ReturnType<typeof startService>>['onLogin']>[0], string][]) {
      const service = await startService(t, sandbox, kind)
      service.onLogin(work)
      const jar = new Jar()
      t.equal((await logIn(service, sandbox, jar)).body, text, what)
      t.match((await espace(service, jar)).sub, /v1$/, what)
    }
  })

  t.test(`${kind}: hijack, or an answer past Fastify, logs nobody in`, async (t) => {
    for (const raw of [true, false]) {
      const store = new Rows()
      const service = await startService(t, sandbox, kind, { store })
      service.onLogin((request, reply) => {
        sessionOf(request)['compte'] = 'Angela'
        if (!raw) reply.hijack()
        reply.raw.end('ailleurs')
      })
      const jar = new Jar()
      t.equal((await logIn(service, sandbox, jar)).body, 'ailleurs')
      t.match(await espace(service, jar), { sub: null, compte: null })
      await until(() => ![...store.rows.values()].join('').includes('pending'))
      t.notMatch([...store.rows.values()].join(''), /Angela|"login"|pending/)
    }
  })

  t.test(`${kind}: logout() called by onLogin refuses, and reaches FranceConnect`, async (t) => {
    const store = new Rows()
    const service = await startService(t, sandbox, kind, { store })
    const jar = new Jar()
    await logIn(service, sandbox, jar)
    const first = copyOf(jar)
    service.onLogin((request, reply) => service.app.franceConnect.logout(request, reply))
    const out = await logIn(service, sandbox, jar, 1)
    t.match(out.headers.location, `${sandbox.issuer}/session/end`)
    t.match(await espace(service, jar), { sub: null, compte: null })
    t.match(await espace(service, first), { sub: null, compte: null }, 'nor who was there before')
    t.notMatch([...store.rows.values()].join(''), '"login"')
  })

  t.test(`${kind}: the login of before stands when the next one is refused, its session too`, async (t) => {
    const service = await startService(t, sandbox, kind)
    const jar = new Jar()
    service.onLogin((request) => void Object.assign(request.session, { compte: 'Angela' }))
    await logIn(service, sandbox, jar)
    const before = await espace(service, jar)
    service.onLogin((request) => {
      sessionOf(request)['compte'] = 'Pierre'
      throw new Error('non')
    })
    await logIn(service, sandbox, jar, 1)
    t.same(await espace(service, jar), before)
  })
}
