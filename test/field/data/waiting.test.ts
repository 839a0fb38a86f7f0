import { defineApi } from 'fastify-fc-data'
import t from 'tap'
import { coded, freshQf, GOOD, PRIME, QF, qf, startCitizens } from './citizens.ts'
import { inTurn, json, startHost } from './host.ts'

const good = (_: unknown, response: Parameters<typeof json>[0]) => json(response, 200, GOOD)
// most of these wait rather than work
t.jobs = 6
const beside = () => ({ buffered: true })

for (const [status, code, wait] of [
  [502, '00501', 10],
  [502, '31502', 40],
  [502, '35000', 600],
  [503, '51020', 600],
  [502, '00502', 10],
  [500, '37000', 30],
  [504, '37002', 12],
  [422, '99999', 7]
] as const) {
  t.test(`meta.retry_in is read whatever the code: ${status} ${code}, ${wait} s`, beside(), async (t) => {
    const host = await startHost(t)
    const { refused } = await startCitizens(t, host.url)
    host.answers((_, response) => json(response, status, coded(code, { retry_in: wait })))
    const error = await refused('a', qf)
    t.equal(error.retryAfter, wait, 'exposed')
    t.equal(error.headers?.['retry-after'], String(wait))
    t.equal(host.seen.length, 1, 'refused at once')
  })
}

t.test('a short meta.retry_in is waited for, as a text too', beside(), async (t) => {
  for (const [status, code, wait] of [
    [502, '35000', 1],
    [503, '51020', '1']
  ] as const) {
    const host = await startHost(t)
    const { as } = await startCitizens(t, host.url)
    host.answers(inTurn((_, response) => json(response, status, coded(code, { retry_in: wait })), good))
    t.match(await as('a', qf), { data: GOOD.data })
    t.ok(host.at[1]! - host.at[0]! >= 1000, code)
  }
})

t.test(
  '502 XX008 is a limit: not tried again at once, its API paused for everybody, the others not',
  beside,
  async (t) => {
    for (const code of ['23008', '51008', '37008']) {
      const host = await startHost(t)
      const { as, refused } = await startCitizens(t, host.url, { apis: [QF, PRIME] })
      host.answers(({ url }, response) =>
        url?.includes('quotient') ? json(response, 502, coded(code, { retry_in: 30 })) : good(null, response)
      )
      t.match(await refused('a', qf), {
        code: 'FST_FC_DATA_RATE_LIMITED',
        statusCode: 503,
        retryAfter: 30,
        remedy: 'retry'
      })
      t.equal(host.seen.length, 1, code)
      const other = await refused('b', qf)
      t.match(other, { code: 'FST_FC_DATA_RATE_LIMITED' })
      t.ok(other.retryAfter! > 25 && other.retryAfter! <= 34)
      t.equal(host.seen.length, 1, 'nobody asks meanwhile')
      await as('c', (request) => request.fcData('dss/prime-activite')).catch(() => undefined)
      t.equal(host.seen.length, 2, 'another API of the hub is asked')
    }
  }
)

for (const value of ['1.5', '-1', '+5', 'soon', '1e3', '0x10', '5 s', 'Infinity', '2030', '']) {
  t.test(`Retry-After: ${value} says nothing that can be read as a date`, beside(), async (t) => {
    const host = await startHost(t)
    const { refused } = await startCitizens(t, host.url)
    host.answers((_, response) => json(response, 429, {}, { 'retry-after': value }))
    const error = await refused('a', qf)
    t.match(error, { code: 'FST_FC_DATA_RATE_LIMITED' })
    const apart = host.at.slice(1).every((at, index) => at - host.at[index]! >= 500)
    t.ok(apart, `${host.at.length} requests, none at once after another`)
    if (value !== '2030') t.ok((error.retryAfter ?? 0) <= 2, 'our own back-off')
  })
}

t.test('Retry-After in the three forms of an HTTP date', beside(), async (t) => {
  const at = new Date(Date.now() + 30_000)
  const [day, date, month, year, time] = at.toUTCString().replace(',', '').split(' ') as [
    string,
    string,
    string,
    string,
    string
  ]
  const long = {
    Mon: 'Monday',
    Tue: 'Tuesday',
    Wed: 'Wednesday',
    Thu: 'Thursday',
    Fri: 'Friday',
    Sat: 'Saturday',
    Sun: 'Sunday'
  }[day]
  for (const value of [
    at.toUTCString(),
    `${long}, ${date}-${month}-${year.slice(2)} ${time} GMT`,
    `${day} ${month} ${String(Number(date)).padStart(2)} ${time} ${year}`
  ]) {
    const host = await startHost(t)
    const { refused } = await startCitizens(t, host.url)
    host.answers((_, response) => json(response, 503, {}, { 'retry-after': value }))
    const { retryAfter = 0 } = await refused('a', qf)
    t.ok(retryAfter > 25 && retryAfter <= 30, `${value}: ${retryAfter}`)
    t.ok(Number.isInteger(retryAfter), 'whole seconds, which a page may show')
  }
})

t.test('RateLimit-Reset is a delta or an hour', beside(), async (t) => {
  for (const value of ['30', String(Math.ceil(Date.now() / 1000) + 30), String(Date.now() + 30_000)]) {
    const host = await startHost(t)
    const { refused } = await startCitizens(t, host.url)
    host.answers((_, response) => json(response, 429, {}, { 'ratelimit-reset': value }))
    const { retryAfter = 0 } = await refused('a', qf)
    t.ok(Number.isInteger(retryAfter) && retryAfter > 28 && retryAfter <= 31, `${value}: ${retryAfter}`)
  }
})

t.test('429 with Retry-After: 40, thirty citizens: one request, one pause, each told how long', beside(), async (t) => {
  const host = await startHost(t)
  const { refused } = await startCitizens(t, host.url, { apis: [QF, PRIME] })
  host.answers((_, response) => json(response, 429, coded('00429'), { 'retry-after': '40' }))
  t.match(await refused('first', qf), { code: 'FST_FC_DATA_RATE_LIMITED', retryAfter: 40 })
  const errors = await Promise.all(Array.from({ length: 30 }, (_, i) => refused(`citizen-${i}`, qf)))
  t.ok(errors.every(({ code, retryAfter = 0 }) => code === 'FST_FC_DATA_RATE_LIMITED' && retryAfter >= 38))
  t.ok(new Set(errors.map(({ retryAfter }) => retryAfter)).size > 1, 'they do not all come back at one instant')
  await refused('other', (request) => request.fcData('dss/prime-activite'))
  t.equal(host.seen.length, 1, 'the whole provider is left alone')
})

t.test('API of one’s own on one server are one provider: a 429 of one spares the other', beside(), async (t) => {
  const [host, elsewhere] = [await startHost(t), await startHost(t)]
  const at = (name: string, url: string) => defineApi({ name: `ville/${name}`, url: `${url}/${name}`, scopes: [] })
  const [solde, carte] = [at('solde', host.url), at('carte', host.url)]
  const musee = at('musee', elsewhere.url)
  const { as, refused } = await startCitizens(t, host.url, { apis: [solde, carte, musee] })
  host.answers((_, response) => json(response, 429, {}, { 'retry-after': '40' }))
  elsewhere.answers((_, response) => json(response, 200, {}))
  t.match(await refused('a', (request) => request.fcData(solde)), { retryAfter: 40 })
  t.match(await refused('b', (request) => request.fcData(carte)), {
    code: 'FST_FC_DATA_RATE_LIMITED',
    provider: 'ville'
  })
  t.equal(host.seen.length, 1)
  t.match(await as('c', (request) => request.fcData(musee)), { data: {} }, 'another server is another matter')
})

t.test('a pause that is short is waited for by everybody', beside(), async (t) => {
  const host = await startHost(t)
  const { as } = await startCitizens(t, host.url)
  host.answers(inTurn((_, response) => json(response, 429, {}, { 'retry-after': '1' }), good))
  const first = as('a', qf)
  await new Promise((resolve) => setTimeout(resolve, 100))
  await Promise.all([first, ...Array.from({ length: 10 }, (_, i) => as(`b${i}`, qf))])
  t.equal(host.seen.length, 12)
  t.ok(host.at.slice(1).every((at) => at - host.at[0]! >= 1000))
})

t.test('a wait of tomorrow pauses nobody for more than a minute', beside(), async (t) => {
  const host = await startHost(t)
  const { refused } = await startCitizens(t, host.url)
  host.answers((_, response) => json(response, 429, {}, { 'retry-after': '86400' }))
  t.equal((await refused('a', qf)).retryAfter, 86_400)
  t.ok((await refused('b', qf)).retryAfter! <= 66)
})

t.test('409 00015: the same citizen on another process, for as long as that call lasts', beside(), async (t) => {
  const host = await startHost(t)
  const { as } = await startCitizens(t, host.url)
  const until = Date.now() + 5000
  host.answers((_, response) => (Date.now() < until ? json(response, 409, coded('00015')) : good(null, response)))
  t.match(await as('a', qf), { data: GOOD.data })
  t.ok(host.seen.length < 16, `${host.seen.length} tries`)
})

t.test('fresh: true asks for no copy of the provider’s', beside(), async (t) => {
  const host = await startHost(t)
  const { as } = await startCitizens(t, host.url)
  host.answers(good)
  await as('a', qf)
  await as('a', freshQf)
  t.strictSame(
    host.seen.map(({ headers }) => headers['cache-control']),
    [undefined, 'no-cache']
  )
})

t.test('a wait that the token does not outlive is refused at once', beside(), async (t) => {
  const host = await startHost(t)
  const { refused } = await startCitizens(t, host.url, {}, 5000)
  host.answers((_, response) => json(response, 429, {}, { 'retry-after': '4' }))
  const started = Date.now()
  t.match(await refused('a', qf), { code: 'FST_FC_DATA_RATE_LIMITED', retryAfter: 4 })
  t.ok(Date.now() - started < 1500)
})
