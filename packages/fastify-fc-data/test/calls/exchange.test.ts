import t, { type Test } from 'tap'
import type { FcDataOptions } from '../../src/options/options.ts'
import { type Caller, type DataApp, dataApp, providersAt } from '../data-app.ts'
import { type Answering, type DataServer, json, startDataServer } from '../data-server.ts'

const GOOD = { data: { quotient_familial: { valeur: 464 } }, links: {}, meta: {} }
const qf: Caller = (request) => request.fcData('dss/quotient-familial', {}, { fresh: true })
const good: Answering = (_, response) => json(response, 200, GOOD)
const coded = (code: string, meta = {}) => ({ errors: [{ code, title: 'Titre', detail: 'Détail', meta }] })

interface Bench {
  server: DataServer
  built: DataApp
}

async function bench(t: Test, options: Partial<FcDataOptions> = {}, life?: number): Promise<Bench> {
  const server = await startDataServer(t)
  const apis = [{ name: 'dss/quotient-familial' as const, scopes: ['cnaf_quotient_familial'] as const }]
  const built = await dataApp(t, { apis, providers: providersAt(server.url), hold: false, ...options }, { life })
  return { server, built }
}

/** Answers these in turn, then well. */
function inTurn(server: DataServer, ...answers: Answering[]): void {
  server.answer((request, response, call) => (answers.shift() ?? good)(request, response, call))
}

// Most of these wait rather than work.
t.jobs = 4

t.test('what heals is tried again', { buffered: true }, async (t) => {
  const cases: [string, Answering[], calls: number][] = [
    ['409 00015, twice', Array(2).fill((_: never, response: never) => json(response, 409, coded('00015'))), 3],
    ['429 with Retry-After', [(_, response) => json(response, 429, coded('00429'), { 'retry-after': '0' })], 2],
    [
      '429 with a date',
      [(_, response) => json(response, 429, {}, { 'retry-after': new Date(Date.now() + 1500).toUTCString() })],
      2
    ],
    ['503 with meta.retry_in', [(_, response) => json(response, 503, coded('35020', { retry_in: 0.1 }))], 2],
    ['502', [(_, response) => json(response, 502, coded('37999'))], 2],
    ['504', [(_, response) => json(response, 504, coded('37002'))], 2],
    ['a lost connection', [(request) => request.socket.resetAndDestroy()], 2]
  ]
  for (const [name, answers, calls] of cases) {
    const { server, built } = await bench(t)
    inTurn(server, ...answers)
    t.match(await built.inside(qf), { data: GOOD.data }, name)
    t.equal(server.calls.length, calls, name)
  }
})

t.test('what does not heal is not', { buffered: true }, async (t) => {
  const cases: [string, Answering, string, calls: number][] = [
    ['401', (_, response) => json(response, 401, coded('51502')), 'FST_FC_DATA_TOKEN_EXPIRED', 1],
    ['502 for ever', (_, response) => json(response, 502, coded('37999')), 'FST_FC_DATA_PROVIDER_ERROR', 2],
    [
      '429 with a long wait',
      (_, response) => json(response, 429, {}, { 'retry-after': '3600' }),
      'FST_FC_DATA_RATE_LIMITED',
      1
    ],
    [
      '429 with a wait that says nothing',
      (_, response) => json(response, 429, {}, { 'retry-after': 'soon' }),
      'FST_FC_DATA_RATE_LIMITED',
      1
    ],
    ['503 without a wait', (_, response) => json(response, 503, coded('35020')), 'FST_FC_DATA_UNAVAILABLE', 1],
    ['500', (_, response) => json(response, 500, {}), 'FST_FC_DATA_PROVIDER_ERROR', 1]
  ]
  for (const [name, answer, code, calls] of cases) {
    const { server, built } = await bench(t)
    server.answer(answer)
    t.match(await built.refused(qf), { code }, name)
    t.equal(server.calls.length, calls, name)
  }
})

t.test('the wait asked is told to who calls', { buffered: true }, async (t) => {
  const { server, built } = await bench(t)
  server.answer((_, response) => json(response, 429, {}, { 'retry-after': '3600' }))
  t.match(await built.refused(qf), { retryAfter: 3600, headers: { 'retry-after': '3600' } })
  const reset = Math.ceil(Date.now() / 1000) + 600
  const other = await bench(t)
  other.server.answer((_, response) => json(response, 429, {}, { 'ratelimit-reset': String(reset) }))
  const { retryAfter = 0 } = await other.built.refused(qf)
  t.ok(retryAfter > 590 && retryAfter <= 601, 'from RateLimit-Reset')
})

t.test('the start of a try is bounded by the token, not its answer', { buffered: true }, async (t) => {
  const { server, built } = await bench(t, {}, 6500)
  server.answer((_, response) => json(response, 503, {}, { 'retry-after': '5' }))
  t.match(await built.refused(qf), { code: 'FST_FC_DATA_UNAVAILABLE', retryAfter: 5 })
  t.equal(server.calls.length, 1, 'a wait beyond its end is not begun')
  server.answer((_, response) => setTimeout(() => json(response, 200, GOOD), 7000))
  t.match(await built.inside(qf), { data: GOOD.data }, 'an answer that comes after its end counts')
})

t.test('409 00015 is tried until the deadline', { buffered: true }, async (t) => {
  const { server, built } = await bench(t, { timeout: 2000 })
  server.answer((_, response) => json(response, 409, coded('00015')))
  const started = Date.now()
  t.match(await built.refused(qf), { code: 'FST_FC_DATA_PROVIDER_ERROR', remedy: 'retry' })
  t.ok(server.calls.length >= 4 && server.calls.length <= 12, `${server.calls.length} tries`)
  t.ok(Date.now() - started >= 3400, `the last one once half a second is left: ${Date.now() - started} ms`)
})

t.test('tries and waits end within twice the time limit', { buffered: true }, async (t) => {
  const { server, built } = await bench(t, { timeout: 1500 })
  server.answer((_, response) => setTimeout(() => json(response, 503, {}, { 'retry-after': '1' }), 300))
  const started = Date.now()
  t.match(await built.refused(qf), { code: 'FST_FC_DATA_UNAVAILABLE' })
  t.ok(Date.now() - started < 4000)
})

t.test('an API that is down is left alone', { buffered: true }, async (t) => {
  const { server, built } = await bench(t)
  server.answer((_, response) => json(response, 500, {}))
  for (let i = 0; i < 5; i++)
    t.match(await built.refused(qf, `login-${i}`), { code: 'FST_FC_DATA_PROVIDER_ERROR', remedy: 'retry' })
  t.match(await built.refused(qf, 'login-5'), {
    code: 'FST_FC_DATA_UNAVAILABLE',
    statusCode: 503,
    message: /down/,
    retryAfter: 10
  })
  t.equal(server.calls.length, 5, 'nothing leaves while the circuit is open')
})

t.test('refusals that are the citizen’s or the service’s open no circuit', { buffered: true }, async (t) => {
  const { server, built } = await bench(t)
  server.answer((_, response) => json(response, 403, coded('00100')))
  for (let i = 0; i < 8; i++) t.match(await built.refused(qf), { code: 'FST_FC_DATA_FORBIDDEN' })
  t.equal(server.calls.length, 8)
})

t.test('Content-Type must say JSON', { buffered: true }, async (t) => {
  const { server, built } = await bench(t)
  server.answer((_, response) => json(response, 200, GOOD, { 'content-type': 'text/html' }))
  t.match(await built.refused(qf), { code: 'FST_FC_DATA_INVALID_RESPONSE', message: /Content-Type/ })
  server.answer((_, response) => response.end(JSON.stringify(GOOD)))
  t.match(await built.inside(qf), { data: GOOD.data }, 'or be absent')
})
