import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { Type } from 'typebox'
import { defineApi } from '../../src/apis/api.ts'
import { isFcDataError } from '../../src/errors.ts'
import { annrev } from '../annrev.ts'
import { Person } from '../person.ts'
import { dataCalls, IR, later, QF, sandboxFor, startService } from '../service.ts'

/** The page of a démarche: the data, or the form to fill by hand. */
function dossier(app: FastifyInstance): void {
  app.get('/dossier', { preHandler: app.fcData.require('dss/quotient-familial') }, async (request) => {
    try {
      const { data, meta } = await request.fcData('dss/quotient-familial')
      return { quotient: data?.quotient_familial?.valeur, held: meta.held }
    } catch (error) {
      if (isFcDataError(error)) return { form: error.code }
      throw error
    }
  })
  app.post('/dossier', { preHandler: app.fcData.require('dss/quotient-familial') }, async () => ({ saved: true }))
}

t.test('a page that needs data sends to FranceConnect once, and shows it', async (t) => {
  const sandbox = await sandboxFor(t)
  const { app } = await startService(t, sandbox, {}, dossier)
  const angela = new Person(app, sandbox)
  const first = await angela.send({ url: '/dossier?a=1', headers: { accept: 'text/html' } })
  t.equal(first.statusCode, 302)
  const authorize = new URL(String(first.headers.location))
  t.match(authorize.searchParams.get('scope'), /openid.*cnaf_quotient_familial/)
  const page = await angela.open('/dossier')
  t.match(page.json(), { quotient: Number, held: true }, 'fetched at the callback')
  t.equal(angela.logins, 1)
  t.equal(page.headers['cache-control'], 'no-store')
  t.match((await angela.open('/dossier')).json(), { held: true })
  t.equal(angela.logins, 1, 'nor again')
  t.equal(dataCalls(sandbox), 1)
})

t.test('once nothing is held any more the round trip is made again', async (t) => {
  const sandbox = await sandboxFor(t)
  const { app } = await startService(t, sandbox, { hold: 100 }, dossier)
  const angela = new Person(app, sandbox)
  await angela.open('/dossier')
  later(t, 90)
  t.match((await angela.open('/dossier')).json(), { held: true }, 'the token is over, the answer held')
  t.equal(angela.logins, 1)
  later(t, 20)
  t.match((await angela.open('/dossier')).json(), { quotient: Number })
  t.equal(angela.logins, 2)
})

t.test('other clients are told where to log in', async (t) => {
  const sandbox = await sandboxFor(t)
  const { app } = await startService(t, sandbox, { hold: 70 }, dossier)
  const json = { accept: 'application/json' }
  const anonymous = await app.inject({ url: '/dossier', headers: json })
  const loginUrl = 'http://localhost:3000/franceconnect/login'
  t.match(anonymous.json(), { statusCode: 401, code: 'FST_FC_DATA_LOGIN_REQUIRED', loginUrl })
  const angela = new Person(app, sandbox)
  await angela.open('/dossier')
  later(t, 75)
  const expired = await angela.send({ url: '/dossier', headers: json })
  t.match(expired.json(), { statusCode: 401, code: 'FST_FC_DATA_TOKEN_EXPIRED', loginUrl, userMessage: /autorisation/ })
})

t.test('a form that was sent is never redirected', async (t) => {
  const sandbox = await sandboxFor(t)
  const { app } = await startService(t, sandbox, {}, dossier)
  const browser = await app.inject({
    method: 'POST',
    url: '/dossier',
    headers: { accept: 'text/html', 'sec-fetch-mode': 'navigate' }
  })
  t.equal(browser.statusCode, 401)
  t.match(browser.headers['content-type'], /text\/html/)
  t.match(browser.body, /nouvel onglet/)
  const api = await app.inject({ method: 'POST', url: '/dossier', headers: { accept: 'application/json' } })
  t.match(api.json(), { statusCode: 401, code: 'FST_FC_DATA_LOGIN_REQUIRED' })
  const angela = new Person(app, sandbox)
  await angela.open('/dossier')
  t.match((await angela.send({ method: 'POST', url: '/dossier' })).json(), { saved: true })
})

t.test('a provider that is down lets the page show its form, without a second login', async (t) => {
  for (const kind of ['down', 'maintenance', 'html', 'redirect', 'rate-limit'] as const) {
    const sandbox = await sandboxFor(t)
    const { app, logs } = await startService(t, sandbox, {}, dossier)
    sandbox.faults.set('dss/quotient-familial', { kind, retryAfter: 600 })
    const angela = new Person(app, sandbox)
    t.match((await angela.open('/dossier')).json(), { form: /^FST_FC_DATA_/ }, kind)
    const calls = dataCalls(sandbox)
    sandbox.faults.clear()
    t.match((await angela.open('/dossier')).json(), { form: /^FST_FC_DATA_/ }, 'kept for a minute, not called again')
    t.equal(dataCalls(sandbox), calls)
    t.equal(angela.logins, 1, kind)
    later(t, 61)
    t.match((await angela.open('/dossier')).json(), { quotient: Number }, 'a minute later all is well')
    t.equal(angela.logins, 2)
    t.notMatch(logs(), /"level":50/, 'nothing crashed')
  }
})

t.test('a token that is refused never goes round in circles', async (t) => {
  const sandbox = await sandboxFor(t)
  const { app } = await startService(t, sandbox, { hold: false }, dossier)
  sandbox.faults.set('dss/quotient-familial', { kind: 'error', status: 401 })
  const angela = new Person(app, sandbox)
  t.match((await angela.open('/dossier')).json(), { form: 'FST_FC_DATA_TOKEN_REFUSED' })
  t.equal(angela.logins, 1)
})

t.test('somebody who logs out and opens the page again logs in again', async (t) => {
  const sandbox = await sandboxFor(t)
  const { app } = await startService(t, sandbox, {}, dossier)
  const angela = new Person(app, sandbox)
  t.match((await angela.open('/dossier')).json(), { held: true })
  await angela.send({ url: '/franceconnect/logout' })
  t.match((await angela.open('/dossier')).json(), { held: true })
  t.equal(angela.logins, 2)
})

t.test('several guards of a page need one login, each call made at its callback', async (t) => {
  const sandbox = await sandboxFor(t)
  const { app } = await startService(t, sandbox, { apis: [QF, IR] }, (app) => {
    const preHandler = [
      app.fcData.require('dss/quotient-familial'),
      app.fcData.require('dgfip/situation-ir', () => ({ annrev }))
    ]
    app.get('/impots', { preHandler }, async (request) => {
      const [qf, ir] = await Promise.all([
        request.fcData('dss/quotient-familial'),
        request.fcData('dgfip/situation-ir', { annrev })
      ])
      return { quotient: qf.data?.quotient_familial?.valeur, rfr: ir.data?.rfr, held: [qf.meta.held, ir.meta.held] }
    })
  })
  const angela = new Person(app, sandbox)
  t.match((await angela.open('/impots')).json(), { quotient: Number, rfr: Number, held: [true, true] })
  t.equal(angela.logins, 1)
})

t.test('a need too long for the attempt is left out of it, and the page is served', async (t) => {
  const sandbox = await sandboxFor(t)
  const canteen = defineApi({
    name: 'ville/cantine',
    url: 'https://ville.example/cantine',
    scopes: [],
    params: Type.Object({ note: Type.String() })
  })
  const { app } = await startService(t, sandbox, { apis: [QF, canteen] }, (app) => {
    const page = async () => ({ served: true })
    for (const [url, length] of [
      ['/court', 1400],
      ['/long', 1600],
      ['/tres-long', 2100]
    ] as const)
      app.get(url, { preHandler: app.fcData.require(canteen, { note: 'x'.repeat(length) }) }, page)
  })
  for (const url of ['/court', '/long', '/tres-long']) {
    const angela = new Person(app, sandbox)
    t.match((await angela.open(url)).json(), { served: true }, url)
    t.equal(angela.logins, 1, url)
  }
})

t.test('atLogin: false keeps an API’s scopes out of other logins', async (t) => {
  const sandbox = await sandboxFor(t)
  const { app } = await startService(t, sandbox, { apis: [QF, { ...IR, atLogin: false }] }, (app) => {
    dossier(app)
    app.get(
      '/impots',
      { preHandler: app.fcData.require('dgfip/situation-ir', { annrev }) },
      async (request) => (await request.fcData('dgfip/situation-ir', { annrev })).data
    )
  })
  const angela = new Person(app, sandbox)
  const plain = await angela.send({ url: '/dossier', headers: { accept: 'text/html' } })
  t.notMatch(String(plain.headers.location), /dgfip/)
  await angela.open('/dossier')
  t.equal(angela.logins, 1)
  t.match((await angela.open('/impots')).json(), { rfr: Number }, 'a login with the scopes, though the token lives')
  t.equal(angela.logins, 2)
})

t.test('guards are checked when they are made', async (t) => {
  const sandbox = await sandboxFor(t)
  const { app } = await startService(t, sandbox, { apis: [QF, IR] }, dossier)
  t.throws(() => app.fcData.require('dss/prime-activite'), { code: 'FST_FC_DATA_API_NOT_ENABLED' })
  t.throws(() => app.fcData.require('dgfip/situation-ir', { annrev: 99 }), { code: 'FST_FC_DATA_INVALID_PARAMS' })
  // @ts-expect-error its parameters are required
  t.throws(() => app.fcData.require('dgfip/situation-ir'), { code: 'FST_FC_DATA_INVALID_PARAMS' })
})
