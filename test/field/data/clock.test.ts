import t from 'tap'
import { coded, GOOD, qf, startCitizens } from './citizens.ts'
import { type Answering, json, startHost } from './host.ts'
import { startLogins } from './logins.ts'

const five = ['a', 'b', 'c', 'd', 'e']
const good: Answering = (_, response) => json(response, 200, GOOD)

t.test('ten seconds later one tries, the others wait for nobody; who failed is not the one', async (t) => {
  const host = await startHost(t)
  const { refused, as } = await startCitizens(t, host.url)
  host.answers((_, response) => json(response, 500, {}))
  for (const login of five) await refused(login, qf)
  const real = Date.now
  t.teardown(() => {
    Date.now = real
  })
  Date.now = () => real() + 11_000
  host.answers((_, response) => setTimeout(() => json(response, 200, GOOD), 200))
  t.match(await refused('a', qf), { code: 'FST_FC_DATA_UNAVAILABLE' }, 'failed a moment ago')
  const probe = as('f', qf)
  const started = performance.now()
  t.ok((await refused('g', qf)).retryAfter)
  t.ok(performance.now() - started < 150, 'at once')
  t.match(await probe, { data: GOOD.data })
  t.match(await as('a', qf), { data: GOOD.data }, 'and all is well')
})

t.test('a guard wants five seconds of token, and logs in again under that', async (t) => {
  const host = await startHost(t)
  host.answers(good)
  const { citizen } = await startLogins(t, host.url)
  const real = Date.now
  t.teardown(() => {
    Date.now = real
  })
  const [angela, bruno] = [citizen(), citizen()]
  await angela.open('/franceconnect/login')
  await bruno.open('/franceconnect/login')
  Date.now = () => real() + 53_000
  t.match((await angela.open('/dossier')).json(), { data: GOOD.data, held: false }, 'seven seconds are left')
  t.equal(angela.logins, 1)
  Date.now = () => real() + 56_000
  t.match((await bruno.open('/dossier')).json(), { data: GOOD.data, held: true }, 'four seconds are left')
  t.equal(bruno.logins, 2)
})

t.test('an error that was kept says how long is left to wait, not how long there was', async (t) => {
  const host = await startHost(t)
  host.answers((_, response) => json(response, 429, coded('00429'), { 'retry-after': '50' }))
  const { citizen } = await startLogins(t, host.url, { prefetch: ['dss/quotient-familial'] })
  const real = Date.now
  t.teardown(() => {
    Date.now = real
  })
  const angela = citizen()
  await angela.open('/franceconnect/login')
  Date.now = () => real() + 30_000
  const { code, retryAfter } = (await angela.open('/qf')).json()
  t.equal(code, 'FST_FC_DATA_RATE_LIMITED')
  t.ok(retryAfter > 0 && retryAfter <= 20, `${retryAfter} s`)
  t.equal(host.seen.length, 1)
})
