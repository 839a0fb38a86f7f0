import { fileURLToPath } from 'node:url'
import autoload from '@fastify/autoload'
import csrf from '@fastify/csrf-protection'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import underPressure from '@fastify/under-pressure'
import Fastify from 'fastify'
import franceConnect from 'fastify-franceconnect'
import t from 'tap'
import { browser, navigation, options, serviceWith } from './service.ts'

t.test('swagger documents the service’s routes and none of the plugins’', async (t) => {
  for (const version of ['openapi', 'swagger'] as const) {
    const app = await serviceWith(t, (app) =>
      app.register(swagger, { [version]: { info: { title: 'Ma démarche', version: '1.0.0' } } })
    )
    t.strictSame(Object.keys(app.swagger().paths ?? {}), ['/dossier'], version)
    t.match(await browser(app).logIn(), { statusCode: 200 })
  }
})

t.test('rate-limit counts the plugin’s routes too, and may count by login', async (t) => {
  const app = await serviceWith(
    t,
    (app) => app.register(rateLimit, { global: true, max: 4 }),
    (app) => {
      const perLogin = app.rateLimit({ max: 2, keyGenerator: (request) => request.franceConnect?.id ?? request.ip })
      app.get('/compte', { preHandler: [app.franceConnect.requireLogin(), perLogin] }, async () => 'compte')
    }
  )
  t.match(await browser(app).logIn(), { statusCode: 200 }, 'a login is three requests')
  t.match(await browser(app).open('/franceconnect/login'), { statusCode: 302 })
  const limited = await browser(app).open('/franceconnect/login')
  t.match(limited, { statusCode: 429, headers: { 'retry-after': /^\d+$/ } }, 'past the limit nobody starts a login')
  t.match((await browser(app).open('/dossier')).statusCode, 429)
})

t.test('rate-limit by login tells two citizens of one address apart', async (t) => {
  const app = await serviceWith(
    t,
    (app) => app.register(rateLimit, { global: false }),
    (app) => {
      const keyGenerator = (request: { franceConnect: { id: string } | null; ip: string }) =>
        request.franceConnect?.id ?? request.ip
      const config = { rateLimit: { max: 2, hook: 'preHandler' as const, keyGenerator } }
      app.get('/compte', { config, preHandler: app.franceConnect.requireLogin() }, async () => 'compte')
    }
  )
  const [one, other] = [browser(app), browser(app)]
  for (const who of [one, other]) t.match(await who.logIn('/compte'), { statusCode: 200 })
  t.match(await one.open('/compte'), { statusCode: 200 })
  t.match(await one.open('/compte'), { statusCode: 429 })
  t.match(await other.open('/compte'), { statusCode: 200 })
})

t.test('csrf-protection keeps its secret in the session of the plugin', async (t) => {
  const app = await serviceWith(
    t,
    (app) => app.register(formbody),
    async (app) => {
      await app.register(csrf, { sessionPlugin: '@fastify/session' })
      const connected = app.franceConnect.requireLogin()
      app.get('/avis', { preHandler: connected }, async (_request, reply) => reply.generateCsrf())
      app.post('/avis', { preHandler: [connected, app.csrfProtection] }, async () => 'merci')
    }
  )
  const citizen = browser(app)
  await citizen.logIn()
  const token = (await citizen.open('/avis')).body
  t.match(await citizen.post('/avis', { _csrf: token }), { statusCode: 200, body: 'merci' })
  t.match(await citizen.post('/avis', { _csrf: 'x' }), { statusCode: 403 })
  t.match(await citizen.post('/franceconnect/logout', {}), { statusCode: 200 }, 'a logout by form needs no token')
  await citizen.logIn()
  t.match(await citizen.post('/avis', { _csrf: token }), { statusCode: 403 }, 'nor does a token outlive it')
})

t.test(
  'helmet’s defaults let a login and a logout through, and the pages of the plugin keep their policy',
  async (t) => {
    const app = await serviceWith(t, (app) => app.register(helmet))
    const citizen = browser(app)
    const page = await citizen.logIn()
    t.match(page.headers['content-security-policy'], "form-action 'self'")
    const lost = await browser(app).open('/franceconnect/callback?code=x&state=y')
    t.match(lost.headers, { 'x-content-type-options': 'nosniff', 'content-security-policy': /default-src 'none'/ })
    t.equal(lost.headers['referrer-policy'], 'no-referrer')
    const out = await citizen.post('/franceconnect/logout', {})
    t.match(out, { statusCode: 200, body: /http-equiv="refresh"/ })
  }
)

t.test('under-pressure: what asks the plugin comes after it; a callback refused meanwhile serves again', async (t) => {
  let well = true
  const healthCheck = async () => well
  const early = Fastify()
  t.teardown(() => early.close())
  await early.register(underPressure, {
    healthCheck: async () => (await early.franceConnect.ready()).ready,
    healthCheckInterval: 60_000
  })
  await early.register(franceConnect, options.login)
  const refused = await early.inject({ url: '/franceconnect/login', headers: navigation })
  t.equal(refused.statusCode, 503, 'its first check found no plugin, and the next is far')

  const app = await serviceWith(
    t,
    () => {},
    (app) => app.register(underPressure, { healthCheck, healthCheckInterval: 20, retryAfter: 7 })
  )
  const citizen = browser(app)
  const callback = await citizen.upToCallback()
  const answering = async (status: number) => {
    while ((await citizen.open('/nulle-part')).statusCode !== status)
      await new Promise((resolve) => setTimeout(resolve, 20))
  }
  well = false
  await answering(503)
  t.match(await citizen.open(callback), { statusCode: 503, headers: { 'retry-after': '7' } })
  well = true
  await answering(404)
  t.match(await citizen.open(callback), { statusCode: 303 }, 'the same address, reloaded')
  t.match(await citizen.open('/dossier'), { statusCode: 200 })
})

t.test('autoload hands its options to each file: the plugin in a file of its own does not get them', async (t) => {
  // the tests' own loader takes the types away
  process.env['FASTIFY_AUTOLOAD_TYPESCRIPT'] = '1'
  const dir = fileURLToPath(new URL('autoloaded', import.meta.url))
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(autoload, { dir, options: { port: 3000, prefix: undefined } })
  app.get('/dossier', { preHandler: app.fcData.require('dss/quotient-familial') }, async () => 'dossier')
  t.match(await browser(app).logIn(), { statusCode: 200, body: 'dossier' })

  const direct = Fastify()
  t.teardown(() => direct.close())
  const register = async () => direct.register(franceConnect, { ...options.login, port: 3000 } as never)
  await t.rejects(register(), {
    code: 'FST_FC_INVALID_OPTIONS',
    message: /port/
  })
})
