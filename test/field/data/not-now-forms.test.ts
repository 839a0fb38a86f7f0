import t from 'tap'
import { coded, GOOD, PRIME, QF, qf, startCitizens } from './citizens.ts'
import { type Answering, inTurn, json, startHost } from './host.ts'

const html = '<html><body>Site en maintenance</body></html>'
const page =
  (status: number, headers: Record<string, string> = {}): Answering =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(html)
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString()
const prime = (request: import('fastify').FastifyRequest) => request.fcData('dss/prime-activite')

t.test('a page of maintenance is told as such, with the hour of its end where it says one', async (t) => {
  const host = await startHost(t)
  const waits: [header: string | undefined, least: number | undefined, most: number | undefined][] = [
    [undefined, undefined, undefined],
    ['120', 120, 120],
    [inSeconds(90), 80, 90],
    [inSeconds(-90), 0, 0],
    ['604800', 86_400, 86_400],
    ['1795770000', undefined, undefined],
    [String(Date.now()), undefined, undefined],
    ['2 minutes', undefined, undefined],
    ['PT60S', undefined, undefined],
    ['120, 60', undefined, undefined],
    [new Date(Date.now() + 90_000).toISOString(), undefined, undefined],
    ['Fri, 27 Nov 2026 10:00:00 +0100', undefined, undefined],
    ['', undefined, undefined]
  ]
  for (const [header, least, most] of waits) {
    const { refused } = await startCitizens(t, host.url)
    host.answers(page(503, header === undefined ? {} : { 'retry-after': header }))
    const started = Date.now()
    const error = await refused('a', qf)
    t.match(error, { code: 'FST_FC_DATA_UNAVAILABLE', remedy: 'retry', providerStatusCode: 503 }, `${header}`)
    t.ok(Date.now() - started < 3000, 'the citizen does not wait for it')
    if (least === undefined) t.equal(error.retryAfter, undefined, `${header} is no wait`)
    else t.ok(error.retryAfter! >= least && error.retryAfter! <= most!, `${header}: ${error.retryAfter}`)
    t.notMatch(error.message + JSON.stringify(error), /maintenance<|Site en/)
  }
})

t.test('429 without a word, as a page, or with another header: one pause for all', async (t) => {
  for (const [answer, seconds] of [
    [(_, response) => response.writeHead(429).end(), 1],
    [page(429), 1],
    [page(429, { 'x-ratelimit-reset': '30' }), 30],
    [page(429, { 'ratelimit-reset': String(Math.floor(Date.now() / 1000) + 30) }), 30],
    [page(429, { 'retry-after': inSeconds(30), 'ratelimit-reset': '5' }), 30]
  ] as [Answering, number][]) {
    const host = await startHost(t)
    const { refused } = await startCitizens(t, host.url, { apis: [QF, PRIME] })
    host.answers(answer)
    const error = await refused('a', qf)
    t.match(error, { code: 'FST_FC_DATA_RATE_LIMITED', statusCode: 503, remedy: 'retry' })
    t.ok(Math.abs(error.retryAfter! - seconds) <= 2, `${error.retryAfter} for ${seconds}`)
    if (seconds === 1) continue
    const seen = host.seen.length
    t.match(await refused('b', prime), { code: 'FST_FC_DATA_RATE_LIMITED' }, 'another citizen, another API')
    t.equal(host.seen.length, seen, 'nothing left')
  }
})

t.test('what passes is to be asked again, what stays is to be given by hand', async (t) => {
  const host = await startHost(t)
  for (const [status, remedy] of [
    [408, 'retry'],
    [409, 'retry'],
    [423, 'retry'],
    [425, 'retry'],
    [500, 'retry'],
    [507, 'retry'],
    [509, 'retry'],
    [521, 'retry'],
    [529, 'retry'],
    [400, 'byHand'],
    [406, 'byHand'],
    [418, 'byHand'],
    [451, 'byHand']
  ] as const) {
    for (const answer of [page(status), (_, response) => json(response, status, {})] as Answering[]) {
      const { refused } = await startCitizens(t, host.url)
      host.answers(answer)
      t.match(await refused('a', qf), { code: 'FST_FC_DATA_PROVIDER_ERROR', remedy, providerStatusCode: status })
    }
  }
})

t.test('retry_in beside the errors', async (t) => {
  const host = await startHost(t)
  const { refused } = await startCitizens(t, host.url)
  for (const meta of [{ retry_in: 77 }, { retry_in: '77' }]) {
    host.answers((_, response) => json(response, 503, { ...coded('35020'), meta }))
    t.match(await refused('a', qf), { code: 'FST_FC_DATA_UNAVAILABLE', retryAfter: 77 })
  }
})

t.test('retry_in as a text, a decimal, or nonsense', async (t) => {
  for (const [given, calls] of [
    ['1', 2],
    [0.2, 2],
    [-5, 1],
    ['bientôt', 1],
    [null, 1],
    [1e12, 1]
  ] as const) {
    const host = await startHost(t)
    const { as, refused } = await startCitizens(t, host.url)
    host.answers(
      inTurn(
        (_, response) => json(response, 503, coded('35020', { retry_in: given })),
        (_, response) => json(response, 200, GOOD)
      )
    )
    if (calls === 2) t.match(await as('a', qf), { data: GOOD.data }, `${given}`)
    else t.match(await refused('a', qf), { remedy: 'retry' }, `${given}`)
    t.equal(host.seen.length, calls, `${given}`)
  }
})
