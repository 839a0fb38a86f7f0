import { type FcDataTried, isFcDataError } from 'fastify-fc-data'
import t from 'tap'
import { coded, GOOD, PRIME, QF, startCitizens } from './citizens.ts'
import { inTurn, json, startHost } from './host.ts'
import { startLogins } from './logins.ts'

type Request = import('fastify').FastifyRequest
const tryQf = (request: Request) => request.fcData.try('dss/quotient-familial')
const now = new Date()
const month = (before: number) => {
  const date = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - before))
  return { annee: date.getUTCFullYear(), mois: date.getUTCMonth() + 1 }
}

t.test('data, or the error with what mends it', async (t) => {
  const host = await startHost(t)
  const { as } = await startCitizens(t, host.url)
  host.answers((_, response) => json(response, 200, GOOD))
  const good: FcDataTried<'dss/quotient-familial'> = await as('a', tryQf)
  t.match(good, { data: GOOD.data, meta: { held: false }, error: null })
  host.answers((_, response) => json(response, 404, coded('35003')))
  t.match(await as('a', tryQf), { data: null, meta: { reason: { code: '35003' } }, error: null })
  const rows = [
    [422, coded('36560'), 'byHand'],
    [500, {}, 'retry'],
    [403, coded('00100'), 'configuration'],
    [401, coded('51502'), 'login'],
    [200, '<html>', 'retry']
  ] as const
  for (const [status, body, remedy] of rows) {
    host.answers((_, response) => json(response, status, body))
    const { data, meta, error } = await as('a', tryQf)
    t.strictSame([data, meta, error?.remedy], [null, null, remedy], String(status))
    t.ok(isFcDataError(error))
  }
  t.match((await as('', tryQf)).error, { code: 'FST_FC_DATA_LOGIN_REQUIRED', remedy: 'login' })
})

t.test('nothing is thrown that a citizen or a provider can cause, the developer’s mistakes are', async (t) => {
  const host = await startHost(t)
  const { as } = await startCitizens(t, host.url)
  host.answers(() => undefined)
  const typed = (request: Request) => request.fcData.try('dss/quotient-familial', { mois: 13 })
  t.match((await as('a', typed)).error, { code: 'FST_FC_DATA_INVALID_PARAMS', remedy: 'byHand' })
  const slow = (request: Request) =>
    request.fcData.try('dss/quotient-familial', {}, { signal: AbortSignal.timeout(50) })
  t.match((await as('a', slow)).error, { code: 'FST_FC_DATA_TIMEOUT', remedy: 'retry', api: 'dss/quotient-familial' })
  const gone = (request: Request) => request.fcData.try('dss/quotient-familial', {}, { signal: AbortSignal.abort() })
  t.match((await as('a', gone)).error, { code: 'FST_FC_DATA_TIMEOUT' })
  await t.rejects(
    as('a', (request) => request.fcData.try('nowhere' as never)),
    { code: 'FST_FC_DATA_UNKNOWN_API' }
  )
  const disabled = (request: Request) => request.fcData.try('dss/prime-activite')
  await t.rejects(as('a', disabled), { code: 'FST_FC_DATA_API_NOT_ENABLED' })
  const thrown = await startCitizens(t, host.url, { getAccessToken: () => Promise.reject(new Error('database')) })
  await t.rejects(thrown.as('a', tryQf), { message: 'database' })
})

t.test('alternatives are asked one after the other until one has data', async (t) => {
  const host = await startHost(t)
  const { as, refused } = await startCitizens(t, host.url, { apis: [QF, PRIME] })
  const ask = (request: Request) => request.fcData('dss/quotient-familial', [month(0), month(1), month(2)])
  const nothing = (_: unknown, response: Parameters<typeof json>[0]) => json(response, 404, coded('35003'))
  host.answers(inTurn(nothing, (_, response) => json(response, 200, GOOD)))
  t.match(await as('a', ask), { data: GOOD.data })
  t.equal(host.seen.length, 2)
  host.answers(nothing)
  t.match(await as('b', ask), { data: null, meta: { reason: { code: '35003' } } }, 'or the last one’s nothing')
  t.equal(host.seen.length, 5)
  host.answers((_, response) => json(response, 500, {}))
  t.match(await refused('c', ask), { code: 'FST_FC_DATA_PROVIDER_ERROR' }, 'an error is not nothing')
  t.equal(host.seen.length, 6)
  for (const none of [[], Array.from({ length: 6 }, (_, i) => month(i))])
    t.match(await refused('d', (request) => request.fcData('dss/quotient-familial', none)), {
      code: 'FST_FC_DATA_INVALID_PARAMS'
    })
  t.equal(host.seen.length, 6)
})

t.test('a guard takes alternatives: one login, each call made at its callback', async (t) => {
  const host = await startHost(t)
  const { citizen } = await startLogins(t, host.url, {}, (app) => {
    const months = [month(0), month(1)]
    app.get('/cantine', { preHandler: app.fcData.require('dss/quotient-familial', months) }, async (request) => {
      const { data, meta } = await request.fcData('dss/quotient-familial', months)
      return { valeur: data?.quotient_familial?.valeur ?? null, held: meta.held }
    })
  })
  host.answers(
    inTurn(
      (_, response) => json(response, 404, coded('35003')),
      (_, response) => json(response, 200, GOOD)
    )
  )
  const angela = citizen()
  for (let i = 0; i < 2; i++) t.match((await angela.open('/cantine')).json(), { valeur: 464, held: true })
  host.answers((_, response) => json(response, 404, coded('35003')))
  const bruno = citizen()
  for (let i = 0; i < 2; i++) t.match((await bruno.open('/cantine')).json(), { valeur: null, held: true })
  t.strictSame([angela.logins, bruno.logins, host.seen.length], [1, 1, 4])
})
