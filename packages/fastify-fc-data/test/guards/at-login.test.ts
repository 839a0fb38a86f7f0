import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import franceConnect from 'fastify-franceconnect'
import t from 'tap'
import fcData from '../../src/plugin.ts'
import { Person } from '../person.ts'
import { dataCalls, later, QF, sandboxFor, startService } from '../service.ts'

function pages(app: FastifyInstance): void {
  app.get('/', async () => ({ home: true }))
  app.get('/qf', async (request) => {
    const { data, meta } = await request.fcData('dss/quotient-familial')
    return { sub: request.franceConnect?.sub, data, held: meta.held }
  })
}

t.test('prefetch calls at every login, and never fails it', async (t) => {
  const sandbox = await sandboxFor(t)
  const { app } = await startService(t, sandbox, { prefetch: ['dss/quotient-familial'] }, pages)
  const angela = new Person(app, sandbox)
  await angela.open('/franceconnect/login')
  t.equal(dataCalls(sandbox), 1)
  later(t, 120)
  t.match((await angela.send({ url: '/qf' })).json(), { held: true }, 'two minutes later')
  sandbox.faults.set('dss/quotient-familial', 'down')
  const bruno = new Person(app, sandbox)
  t.match((await bruno.open('/franceconnect/login')).json(), { home: true }, 'the login goes on')
})

t.test('a token that ended says so, with the way to another', async (t) => {
  const sandbox = await sandboxFor(t)
  const { app } = await startService(t, sandbox, {}, (app) => {
    pages(app)
    app.setErrorHandler((error: Error & { loginUrl?: string; code?: string }, _, reply) =>
      reply.code(401).send({ code: error.code, loginUrl: error.loginUrl })
    )
  })
  const angela = new Person(app, sandbox)
  await angela.open('/franceconnect/login')
  later(t, 61)
  t.match((await angela.send({ url: '/qf' })).json(), {
    code: 'FST_FC_DATA_TOKEN_EXPIRED',
    loginUrl: /\/franceconnect\/login\?returnTo=%2Fqf$/
  })
})

t.test('the way to another login comes back to the page, whoever asked', async (t) => {
  const sandbox = await sandboxFor(t)
  const { app } = await startService(t, sandbox, {}, (app) => {
    const tried = async (request: FastifyRequest) => {
      const { error } = await request.fcData.try('dss/quotient-familial')
      return { loginUrl: error?.loginUrl }
    }
    app.route({ method: ['GET', 'POST'], url: '/qf', handler: tried })
    app.post('/api/envoi', tried)
  })
  const page = 'http://localhost:3000/dossier?etape=2'
  const login = 'http://localhost:3000/franceconnect/login'
  const script = { accept: '*/*', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }
  const window = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  const back = `${login}?returnTo=%2Fdossier%3Fetape%3D2`
  const own = `${login}?returnTo=%2Fqf`
  for (const [who, method, url, headers, loginUrl] of [
    ['a script', 'GET', '/qf', { ...script, referer: page }, back],
    ['a script that sends', 'POST', '/api/envoi', { ...script, referer: page }, back],
    ['an older browser’s script', 'GET', '/qf', { accept: 'application/json', referer: page }, back],
    ['a script that tells no page', 'GET', '/qf', script, login],
    [
      'a script whose page tells its origin alone',
      'GET',
      '/qf',
      { ...script, referer: 'http://localhost:3000/' },
      `${login}?returnTo=%2F`
    ],
    ['a script of elsewhere', 'GET', '/qf', { ...script, referer: 'http://localhost:30001/vol' }, login],
    ['a form', 'POST', '/qf', { ...window, referer: page }, back],
    ['a form without its page', 'POST', '/qf', window, login],
    ['a window', 'GET', '/qf', { ...window, referer: page }, own],
    ['a server', 'GET', '/qf', {}, own]
  ] as const) {
    t.equal((await app.inject({ method, url, headers })).json().loginUrl, loginUrl, who)
  }
})

t.test('logout forgets what is held, and what comes back late is not kept', async (t) => {
  const sandbox = await sandboxFor(t)
  const values = new Map<string, string>()
  const store = {
    get: async (key: string) => values.get(key) ?? null,
    set: async (key: string, value: string) => void values.set(key, value),
    delete: async (key: string) => void values.delete(key)
  }
  const { app } = await startService(t, sandbox, { store }, pages)
  const angela = new Person(app, sandbox)
  await angela.open('/franceconnect/login')
  await angela.send({ url: '/qf' })
  t.equal(values.size, 2, 'the answer, and that the login lives')
  t.notMatch([...values].flat().join(), /quotient|fournisseur/, 'sealed')
  sandbox.faults.set('dss/quotient-familial', { kind: 'slow', delay: 300 })
  await angela.open('/franceconnect/login')
  const late = angela.send({ url: '/qf' })
  await new Promise((resolve) => setTimeout(resolve, 100))
  const { cookie } = angela
  await angela.open('/franceconnect/logout')
  await late
  t.notOk(
    [...values.keys()].some((key) => key.startsWith('fc-data:login:')),
    'no login lives'
  )
  t.equal((await app.inject({ url: '/qf', headers: { cookie } })).statusCode, 401, 'the old cookie is nobody')
})

t.test('nothing of one citizen reaches another', async (t) => {
  const sandbox = await sandboxFor(t)
  const { app } = await startService(t, sandbox, {}, pages)
  const [first, second] = sandbox.citizens.filter(({ id }) => id !== undefined)
  const one = new Person(app, sandbox, first!.id)
  const other = new Person(app, sandbox, second!.id)
  await Promise.all([one.open('/franceconnect/login'), other.open('/franceconnect/login')])
  const [a, b] = await Promise.all([one.send({ url: '/qf' }), other.send({ url: '/qf' })])
  t.not(a.json().sub, b.json().sub)
  t.notSame(a.json().data, b.json().data)
  t.same((await one.send({ url: '/qf' })).json(), { ...a.json(), held: true })
  t.same((await other.send({ url: '/qf' })).json(), { ...b.json(), held: true })
})

t.test('an API that FranceConnect+ does not know fails the boot', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = Fastify()
  t.teardown(() => app.close())
  const plus = sandbox.franceConnectPlusOptions!
  await app.register(franceConnect, { ...plus, baseUrl: 'http://localhost:3000' } as Parameters<
    typeof franceConnect
  >[1])
  const registered = async () => app.register(fcData, { apis: [QF], providers: sandbox.fcDataOptions.providers })
  await t.rejects(registered, { code: 'FST_FC_DATA_INVALID_OPTIONS', message: /FranceConnect\+ does not know/ })
})
