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
  t.match(await host({ sameSite: 'none', secure: false }), [/'none' without Secure/])
  const http = { environment: undefined, issuer: 'http://localhost:4000/api/v2', baseUrl: 'http://localhost:3000' }
  t.match(await host({ secure: true }, http), [/secure: true.*auto/])
  t.same(await host({ sameSite: 'lax', maxAge: 3_600_000 }), [])
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
