import t from 'tap'
import type { Exchange } from '../../src/window/exchange.ts'
import { createJournal, limits } from '../../src/window/journal.ts'
import { authorizeUrl, withService } from './service.ts'
import { snapshotOf } from './stream.ts'

let count = 0
function exchange(route: string, change: Partial<Exchange> = {}): Exchange {
  count += 1
  const place = { from: 'browser', to: 'franceConnect', server: 'franceConnect', method: 'GET' } as const
  const body = { requestBody: '', responseBody: '', responseHeaders: {}, requestHeaders: {}, truncated: false }
  const rest = { at: 0, answeredAt: 0, status: 200, query: new URLSearchParams(), note: {} }
  return { id: count, ...place, ...body, ...rest, path: `/api/v2${route}`, route, ...change }
}

t.test('every request of a login is found under that login, and no other', async (t) => {
  const { sandbox, app, address } = await withService(t)
  await Promise.all([
    sandbox.login(app, 'test', { path: '/quotient' }),
    sandbox.login(app, 'avec_nom_dusage', { path: '/quotient' })
  ])
  const { journeys, alone } = await snapshotOf(address('/window/events'))
  t.equal(journeys.length, 2)
  t.same(
    journeys.map(({ state }) => state),
    ['connected', 'connected']
  )
  t.same(journeys.map(({ citizen }) => citizen).sort(), ['Angela Claire Louise DUBOIS', 'Pierre MERCIER'].sort())
  for (const { steps } of journeys) {
    const titles = steps.map(({ title }) => title)
    t.equal(titles[0], 'Demande de connexion')
    for (const once of ['Échange du code contre les jetons', 'Lecture de l’identité (userinfo)']) {
      t.equal(titles.filter((title) => title === once).length, 1, once)
    }
    const data = steps.slice(-2).map(({ from, to, asker }) => [from, to, asker])
    t.same(data, [
      ['service', 'dataProvider', undefined],
      ['dataProvider', 'franceConnect', 'API Particulier']
    ])
    t.same(
      [...steps].sort((a, b) => a.id - b.id),
      steps,
      'in the order in which they arrived'
    )
  }
  t.ok(
    alone.every(({ title }) => /clés|configuration/.test(title)),
    'discovery and keys belong to nobody'
  )
})

t.test('a session of single sign-on opens a login of its own', async (t) => {
  const { sandbox, address } = await withService(t)
  const browser = sandbox.browser()
  await sandbox.authorize(authorizeUrl(sandbox), 'test', { browser })
  await sandbox.authorize(authorizeUrl(sandbox), 'test', { browser })
  const { journeys } = await snapshotOf(address('/window/events'))
  t.same(
    journeys.map(({ steps }) => steps.some(({ title }) => title === 'Le citoyen s’identifie')),
    [true, false]
  )
  t.same(
    journeys.map(({ citizen, state }) => [citizen, state]),
    [
      ['Angela Claire Louise DUBOIS', 'code'],
      ['Angela Claire Louise DUBOIS', 'code']
    ]
  )
})

t.test('what is kept is bounded: by logins, by exchanges, by bytes', async (t) => {
  const journal = createJournal()
  for (let n = 0; n < limits.journeys + 20; n += 1) journal.add(exchange('/authorize'))
  t.equal(journal.journeys().length, limits.journeys)
  t.equal(journal.journeys()[0]!.id, 21, 'the oldest go')
  for (let n = 0; n < limits.alone + 20; n += 1) journal.add(exchange('/jwks'))
  t.equal(journal.alone().length, limits.alone)

  const cookie = { requestHeaders: { cookie: 'fc_session_id=one' } }
  const login = journal.add(exchange('/authorize', cookie))!
  for (let n = 0; n < limits.exchanges + 20; n += 1) journal.add(exchange('/login', cookie))
  t.equal(login.exchanges.length, limits.exchanges)

  const heavy = { responseBody: 'x'.repeat(500_000) }
  for (let n = 0; n < 60; n += 1) journal.add(exchange('/authorize', heavy))
  const bytes = journal.journeys().flatMap(({ exchanges }) => exchanges.map(({ responseBody }) => responseBody.length))
  t.ok(bytes.reduce((sum, size) => sum + size, 0) <= limits.bytes)
  t.equal(journal.add(exchange('/login', cookie)), undefined, 'a login that is gone leaves no name behind')
  journal.clear()
  t.same([journal.journeys(), journal.alone()], [[], []])
})
