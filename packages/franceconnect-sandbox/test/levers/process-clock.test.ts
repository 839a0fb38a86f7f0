import { types } from 'node:util'
import Fastify, { type FastifyInstance } from 'fastify'
import fcData from 'fastify-fc-data'
import franceConnect from 'fastify-franceconnect'
import t from 'tap'
import { startSandbox } from '../../src/index.ts'

const RealDate = Date
const near = (a: number, b: number) => Math.abs(a - b) < 2000

t.test('one call ages the sandbox and the plugins of this process', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: 'process' })
  const app: FastifyInstance = Fastify()
  t.teardown(() => Promise.all([app.close(), sandbox.close()]))
  await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl: 'http://localhost:3000' })
  await app.register(fcData, { ...sandbox.fcDataOptions, apis: ['dss/quotient-familial'], hold: 100 })
  app.get('/token', async (request) => ({ alive: request.franceConnect?.accessToken != null }))
  app.get('/quotient', async (request) => (await request.fcData('dss/quotient-familial')).meta.held)
  const headers = await sandbox.login(app, 'test')
  const alive = async () => (await app.inject({ url: '/token', headers })).json().alive
  t.equal(await alive(), true)
  sandbox.advance(61)
  t.equal(await alive(), false, 'the token is over for the plugin')
  const held = () => app.inject({ url: '/quotient', headers: again })
  const again = await sandbox.login(app, 'test')
  t.equal((await app.inject({ url: '/token', headers: again })).json().alive, true, 'and a login still passes')
  await held()
  sandbox.advance(61)
  t.equal((await held()).json(), true, 'the answer outlives the token')
  sandbox.advance(40)
  t.match((await held()).json(), { code: 'FST_FC_DATA_TOKEN_EXPIRED' }, 'and expires in turn')
})

t.test('Date is moved as a whole and put back', async (t) => {
  const before = Date.now()
  const first = await startSandbox({ port: 0, clock: 'process' })
  const second = await startSandbox({ port: 0, clock: 'process' })
  first.advance(1000)
  second.advance(500)
  t.ok(near(Date.now() - before, 1_500_000))
  t.ok(near(Date.parse(new Date().toISOString()) - before, 1_500_000))
  t.ok(near(Date.parse(Date()) - before, 1_500_000))
  t.equal(new Date(5).getTime(), 5)
  t.equal(new Date(2026, 0, 2).getDate(), 2)
  t.equal(Date.UTC(2026, 0), RealDate.UTC(2026, 0))
  t.ok(new Date() instanceof Date && new RealDate() instanceof Date && types.isDate(new Date()))
  t.equal(new Date().constructor, Date)
  class Day extends Date {
    readonly kind = 'day'
  }
  t.ok(new Day() instanceof Day)
  t.ok(near(new Day().getTime() - before, 1_500_000))
  await first.close()
  t.ok(near(Date.now() - before, 500_000), 'one left')
  await first.close()
  await second.close()
  t.equal(Date, RealDate)
  t.equal(new Date().constructor, RealDate)
  t.ok(near(Date.now() - before, 0))
})

t.test('left out, the time of the process is its own', async (t) => {
  const sandbox = await startSandbox({ port: 0 })
  t.teardown(() => sandbox.close())
  sandbox.advance(1000)
  t.equal(Date, RealDate)
  await t.rejects(startSandbox({ port: 0, clock: 'world' as 'process' }), { code: 'FST_FC_SANDBOX_INVALID_OPTIONS' })
  t.equal(Date, RealDate, 'nothing is kept of a sandbox that did not start')
})
