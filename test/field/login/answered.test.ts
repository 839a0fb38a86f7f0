import { PassThrough } from 'node:stream'
import t from 'tap'
import { sandboxFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import { handlerTimeoutFor } from './handler-timeout.ts'
import { HeldRows } from './held-rows.ts'
import { baseUrl, callbackFor, copyOf, espace, Jar, kinds, logIn, open, Rows, startService, until } from './services.ts'

// whole logins, many of them, on a machine that may be busy
t.setTimeout(240_000)
const sandbox = await sandboxFor(t)
const start = '/franceconnect/login?returnTo=/dossier'

for (const kind of kinds) {
  for (const what of [/^set franceconnect-login-/, /^get franceconnect-end-/, 'an extension'] as const)
    t.test(`${kind}: handlerTimeout answers while a login is kept (${what}): opened again, it is found`, async (t) => {
      const store = new HeldRows()
      const timeout = handlerTimeoutFor(t)
      const extension: { go?: () => void } = {}
      const service = await startService(t, sandbox, kind, {
        store,
        server: timeout.server,
        pages: (app) =>
          app.franceConnect.extend({
            onLogin: () =>
              typeof what === 'string'
                ? new Promise<void>((resolve) => {
                    extension.go = resolve
                  })
                : undefined
          })
      })
      const jar = new Jar()
      const url = await callbackFor(service, sandbox, jar, 0, start)
      if (typeof what !== 'string') store.hold(what)
      const opening = open(service.app, jar, url)
      await (typeof what === 'string' ? until(() => extension.go !== undefined) : store.held())
      timeout.isUp()
      const answer = await opening
      t.equal(answer.statusCode, 503)
      t.notMatch(String(answer.headers['set-cookie']), /fc-login/)
      t.match(await espace(service, copyOf(jar)), { sub: null, compte: null })
      store.release()
      extension.go?.()
      await until(() => service.lines.some((line) => line.includes('FranceConnect login succeeded')))
      t.match(await espace(service, copyOf(jar)), { sub: null, compte: null })
      const calls = sandbox.requests.length
      t.match(await open(service.app, jar, url), { statusCode: 303, headers: { location: `${baseUrl}/dossier` } })
      t.match((await espace(service, jar)).sub, /v1$/)
      t.equal(sandbox.requests.length, calls)
      await open(service.app, jar, '/franceconnect/logout')
      t.notMatch([...store.rows.values()].join(), /"login"/)
    })

  t.test(`${kind}: a stream that onLogin replied with fails before it is sent: the citizen’s page`, async (t) => {
    const service = await startService(t, sandbox, kind, { store: new Rows() })
    service.onLogin((_request, reply) => {
      const stream = new PassThrough()
      reply.code(201).type('application/pdf').send(stream)
      process.nextTick(() => stream.destroy(new Error('the file is gone')))
    })
    const jar = new Jar()
    const answer = await open(service.app, jar, await callbackFor(service, sandbox, jar, 0, start))
    t.match(answer, { statusCode: 303, headers: { location: `${baseUrl}/dossier`, 'content-type': undefined } })
    t.match((await espace(service, jar)).sub, /v1$/)
    t.match(service.lines.join(''), /what onLogin replied failed/)
  })

  t.test(`${kind}: such a stream fails once it is being sent: no refusal, the login stands`, async (t) => {
    const service = await startService(t, sandbox, kind)
    const stream = new PassThrough()
    service.onLogin((_request, reply) => void reply.send(stream))
    const jar = new Jar()
    const login = logIn(service, sandbox, jar)
    await until(() => stream.listenerCount('error') > 1)
    stream.destroy(new Error('the file is gone'))
    t.equal((await login).statusCode, 500)
    t.match((await espace(service, jar)).sub, /v1$/)
    t.match(service.lines.join(''), /the answer of onLogin failed; the FranceConnect login stands/)
    t.notMatch(service.lines.join(''), /refused by the application/)
  })

  for (const [what, send] of [
    ['a web stream', (body: ReadableStream) => body],
    ['a Response', (body: ReadableStream) => new Response(body, { status: 201 })]
  ] as const)
    t.test(`${kind}: onLogin replies with ${what}: sent once the login is kept, let go when it is not`, async (t) => {
      const store = new Rows()
      const service = await startService(t, sandbox, kind, { store })
      let cancelled = 0
      service.onLogin((_request, reply) => {
        const start = (source: ReadableStreamDefaultController) => {
          source.enqueue(new TextEncoder().encode('bonjour'))
          source.close()
        }
        const body = new ReadableStream({
          ...(store.fails(0, '', '') ? {} : { start }),
          cancel: () => void cancelled++
        })
        reply.type('text/plain').send(send(body))
      })
      const jar = new Jar()
      t.equal((await logIn(service, sandbox, jar)).body, 'bonjour')
      t.match((await espace(service, jar)).sub, /v1$/)
      t.equal(cancelled, 0)
      const other = new Jar()
      const url = await callbackFor(service, sandbox, other)
      store.fails = (_operation, name, key) =>
        name === '' || (name === 'set' && key.startsWith('franceconnect-login-')) ? 'before' : null
      t.equal((await open(service.app, other, url)).statusCode, 503)
      await until(() => cancelled === 1)
      store.fails = () => null
      t.match(await espace(service, other), { sub: null })
    })

  t.test(`${kind}: a refusal without a landing, its answer lost: the same on another process`, async (t) => {
    const store = new Rows()
    const one = await startService(t, sandbox, kind, { store })
    const two = await startService(t, sandbox, kind, { store })
    for (const thrown of [new Error('fermé'), undefined, one.app.franceConnect.refusal()]) {
      one.onLogin(() => {
        throw thrown
      })
      const jar = new Jar()
      const url = await callbackFor(one, sandbox, jar)
      const first = await open(one.app, copyOf(jar), url)
      const calls = sandbox.requests.length
      for (let turn = 0; turn < 2; turn += 1) {
        const again = await open(two.app, jar, url)
        t.same([again.statusCode, again.body], [first.statusCode, first.body])
      }
      t.equal(sandbox.requests.length, calls)
    }
    t.notMatch([...store.rows.values()].join(), /fermé|"login"|pending/)
  })

  t.test(`${kind}: the browser logged out meanwhile, the answer lost: the same on another process`, async (t) => {
    const store = new Rows()
    const [one, two] = [
      await startService(t, sandbox, kind, { store }),
      await startService(t, sandbox, kind, { store })
    ]
    const jar = new Jar()
    await logIn(one, sandbox, jar)
    const url = await callbackFor(one, sandbox, jar, 1)
    const stream = new PassThrough()
    one.onLogin(async (_request, reply) => {
      await open(two.app, copyOf(jar), '/franceconnect/logout')
      reply.send(stream)
    })
    const first = await open(one.app, copyOf(jar), url)
    t.ok(stream.destroyed, 'what was replied is let go')
    t.equal(first.headers.location, `${baseUrl}/`)
    t.equal((await open(two.app, jar, url)).headers.location, first.headers.location)
    t.match(await espace(two, jar), { sub: null })
  })
}
