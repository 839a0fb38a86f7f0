import cookie from '@fastify/cookie'
import session from '@fastify/session'
import Fastify, { type FastifyInstance } from 'fastify'
import franceConnect from 'fastify-franceconnect'
import t from 'tap'
import {
  Jar,
  logIn,
  open,
  sandboxFor,
  secret,
  serviceFor
} from '../../../packages/fastify-franceconnect/test/service.ts'

const options = {
  environment: 'integration',
  clientId: 'client',
  clientSecret: 'a client secret',
  baseUrl: 'https://demarche.example.fr',
  secret
} as const

async function boot(register: (app: FastifyInstance) => Promise<unknown>): Promise<string[]> {
  const lines: string[] = []
  const stream = { write: (line: string) => void lines.push(JSON.parse(line).msg) }
  const app = Fastify({ logger: { level: 'warn', stream } })
  try {
    await register(app)
    await app.ready()
  } finally {
    await app.close()
  }
  return lines
}

t.test(
  'the host’s @fastify/cookie with parseOptions: a citizen logs in, and our cookies are as they are elsewhere',
  async (t) => {
    const sandbox = await sandboxFor(t)
    for (const parseOptions of [
      {},
      { domain: 'example.fr' },
      { signed: true },
      { maxAge: 86_400 },
      { expires: new Date(Date.now() + 86_400_000) },
      { path: '/app', sameSite: 'strict', httpOnly: false },
      { secure: true, partitioned: true, priority: 'low' }
    ] as const) {
      const app = await serviceFor(t, sandbox, {
        before: async (app) => void (await app.register(cookie, { secret: 'a'.repeat(32), parseOptions }))
      })
      const jar = new Jar()
      const lines: string[] = []
      const keep = (answer: { headers: Record<string, unknown> }) =>
        void lines.push(...([answer.headers['set-cookie'] ?? []].flat() as string[]))
      const login = await open(app, jar, '/franceconnect/login')
      keep(login)
      keep(await open(app, jar, await sandbox.authorize(String(login.headers.location))))
      const what = JSON.stringify(parseOptions)
      t.match((await open(app, jar, '/moi')).json().sub, /v1$/, what)
      t.ok(lines.length >= 2)
      for (const line of lines) {
        t.match(line, /; Path=\/(;|$)/, what)
        t.match(line, /HttpOnly/, what)
        t.match(line, /SameSite=Lax/, what)
        t.notMatch(line, /Domain|Partitioned|Priority|; Secure/, what)
      }
      t.notMatch(
        lines.filter((line) => line.startsWith('fc-session')).join(),
        /Max-Age|Expires=(?!Thu, 01 Jan 1970)/,
        `${what}: the session ends with the browser`
      )
    }
  }
)

t.test('a cookie hook that cannot work fails the boot by name', async (t) => {
  for (const hook of ['preParsing', 'preValidation', 'preHandler', false] as const) {
    for (const own of [true, false]) {
      const failing = boot(async (app) => {
        await app.register(cookie, { hook })
        if (!own) await app.register(session, { secret })
        await app.register(franceConnect, options)
      })
      await t.rejects(failing, {
        code: 'FST_FC_INVALID_OPTIONS',
        message: new RegExp(`@fastify/cookie with hook: '?${hook}'?.*onRequest`)
      })
    }
  }
  t.ok(
    await boot(async (app) => {
      await app.register(cookie, { hook: 'onRequest' })
      await app.register(franceConnect, options)
    })
  )
})

t.test(
  '@fastify/cookie or @fastify/session registered after the plugin: the sentence names both, and the order',
  async (t) => {
    const late = (register: (app: FastifyInstance) => unknown) =>
      boot(async (app) => {
        await app.register(franceConnect, options)
        await register(app)
      })
    const says = (plugin: string) => ({
      code: 'FST_FC_INVALID_OPTIONS',
      message: new RegExp(`${plugin} is registered after fastify-franceconnect.*before`)
    })
    await t.rejects(
      late((app) => app.register(cookie)),
      says('@fastify/cookie')
    )
    await t.rejects(
      late((app) => void app.register(cookie)),
      says('@fastify/cookie')
    )
    await t.rejects(
      late((app) => app.register(session, { secret })),
      says('@fastify/session')
    )
    const halfLate = boot(async (app) => {
      await app.register(cookie)
      await app.register(franceConnect, options)
      await app.register(session, { secret })
    })
    await t.rejects(halfLate, says('@fastify/session'))
    const autoloaded = late((app) => app.register(async (scope) => void (await scope.register(cookie))))
    await t.rejects(autoloaded, says('@fastify/cookie'))
    t.ok(await late((app) => app.register(async () => {})), 'another plugin is nobody’s business')
    for (const [how, register, plugin] of [
      ['imported', (app) => app.register(import('@fastify/cookie')), '@fastify/cookie'],
      ['imported, not awaited', (app) => void app.register(import('@fastify/session'), { secret }), '@fastify/session'],
      [
        'imported in another context',
        (app) => app.register(async (scope) => void (await scope.register(import('@fastify/cookie')))),
        '@fastify/cookie'
      ],
      ['after()', (app) => void app.after(() => void app.register(cookie)), '@fastify/cookie']
    ] as [string, (app: FastifyInstance) => unknown, string][])
      await t.rejects(late(register), says(plugin), how)
    const queued = (...plugins: [plugin: unknown, given: object][]) =>
      boot(async (app) => {
        for (const [plugin, given] of [[franceConnect, options], ...plugins])
          void app.register(plugin as typeof cookie, given as object)
      })
    await t.rejects(queued([cookie, {}]), says('@fastify/cookie'), 'nothing awaited')
    await t.rejects(queued([cookie, {}], [session, { secret }]), says('@fastify/cookie'), 'both, nothing awaited')
    await t.rejects(
      late((app) => void app.decorateRequest('session', null as never)),
      { code: 'FST_FC_INVALID_OPTIONS', message: /"session" is registered after fastify-franceconnect.*before/ },
      'the session of another plugin'
    )
    await t.rejects(
      late((app) => void app.decorate('franceConnect', null as never)),
      { code: 'FST_ERR_DEC_ALREADY_PRESENT' },
      'what is not of these plugins is said by Fastify'
    )
  }
)

t.test('the host’s own session: what cannot work is said at boot', async (t) => {
  const host = (given: object, more: object = {}) =>
    boot(async (app) => {
      await app.register(cookie)
      await app.register(session, { secret, cookie: given })
      await app.register(franceConnect, { ...options, ...more })
    })
  t.match(await host({ sameSite: 'strict' }), [/sameSite: 'strict'.*another site/])
  t.match(await host({ sameSite: true }), [/sameSite: 'strict'/])
  t.match(await host({ path: '/app' }), [/path: '\/app'.*\/franceconnect\/callback/])
  t.match(await host({ maxAge: 3600 }), [/maxAge: 3600.*milliseconds/])
  t.match(await host({ sameSite: 'none', secure: false }), [/sameSite: 'none'.*Secure/])
  const http = { environment: undefined, issuer: 'http://localhost:4000/api/v2', baseUrl: 'http://localhost:3000' }
  t.match(await host({ secure: true }, http), [/secure: true.*auto/])
  t.same(await host({ sameSite: 'lax', maxAge: 3_600_000 }), [])
  t.match(await host({ sameSite: 'Strict' }), [/sameSite: 'strict'/], 'as @fastify/cookie reads it')
  t.match(await host({ sameSite: 'None', secure: false }), [/sameSite: 'none'.*Secure/])
  t.match(await host({ domain: 'ville.example' }), [/domain: 'ville\.example'.*baseUrl/])
  t.match(await host({ domain: 'gouv.fr' }, { baseUrl: 'https://demarche.gouv.fr' }), [/domain: 'gouv\.fr'/])
  t.match(await host({ maxAge: '1h' }), [/maxAge: '1h'.*milliseconds/])
  t.match(await host({ maxAge: 86_400 }), [/maxAge: 86400.*milliseconds/], 'a day in seconds')
  t.match(await host({ expires: new Date(0) }), [/expires: .*1970/])
  t.match(await host({ secure: 'yes' }), [/secure: 'yes'/])
  t.match(await host({ partitioned: true, secure: false }), [/partitioned: true.*Secure/])
  const behind = { baseUrl: 'https://ville.example.fr/portail' }
  t.match(await host({ path: '/franceconnect' }, behind), [
    /path: '\/franceconnect'.*\/portail\/franceconnect\/callback/
  ])
  t.same(await host({ secure: 'auto' }, http), [])
  t.same(await host({ domain: 'example.fr', secure: 'auto', sameSite: false }), [])
})

t.test('the host’s own session: a store of promises, or a client, is said at boot', async (t) => {
  const given = (store: unknown) =>
    boot(async (app) => {
      await app.register(cookie)
      await app.register(session, { secret, store: store as never })
      await app.register(franceConnect, options)
    })
  const promises = { get: async (_id: string) => null, set: async (_id: string, _row: object) => {}, destroy() {} }
  t.match(await given(promises), [/@fastify\/session has a store.*takes no callback.*RedisStore/])
  t.match(await given(new Map()), [/@fastify\/session has a store.*no function destroy|takes no callback/])
  t.same(await given(new session.MemoryStore()), [])
})

t.test('register(plugin, { prefix, logLevel, logSerializers })', async (t) => {
  const sandbox = await sandboxFor(t, { baseUrl: 'http://localhost:3000' })
  const registered = { prefix: '/demarche', logLevel: 'warn', logSerializers: { res: () => 'réponse' } } as const
  const app = await serviceFor(t, sandbox, registered as object)
  t.equal((await app.inject('/franceconnect/login')).statusCode, 404)
  const login = await app.inject('/demarche/franceconnect/login')
  t.match(login.headers.location, encodeURIComponent('http://localhost:3000/demarche/franceconnect/callback'))
  const plain = await serviceFor(t, sandbox, { logLevel: 'debug' } as object)
  t.ok(await logIn(plain, sandbox, new Jar()))
})

t.test('two services on one machine have other cookie names', async (t) => {
  const sandbox = await sandboxFor(t)
  const names = await Promise.all(
    ['http://localhost:3000', 'http://localhost:3001'].map(async (baseUrl) => {
      const app = await serviceFor(t, sandbox, { baseUrl })
      const jar = new Jar()
      jar.take(await app.inject('/franceconnect/login'))
      return [...jar.cookies.keys()].map((name) => name.slice(0, 'fc-12345678'.length))
    })
  )
  t.notSame(names[0], names[1])
})
