import t from 'tap'
import { startCanary } from '../hostile/canary.ts'
import { faults } from './faults.ts'
import { honest, startHostile } from './server.ts'
import { RUE, startDataService, TOKEN } from './service.ts'

const canary = await startCanary()
t.teardown(() => canary.close())

t.jobs = 6
for (const [name, [fault, { status, code, calls, pauses }]] of Object.entries(faults(canary.url))) {
  t.test(name, { buffered: true }, async (t) => {
    const server = await startHostile(t)
    const service = await startDataService(t, server.url)
    server.fault(fault())
    const started = Date.now()
    const page = await service.open('/cantine')
    t.equal(page.status, status, JSON.stringify(page.body))
    if (code) t.equal(page.body['code'], code)
    t.ok(Date.now() - started < 12_000, 'in bounded time')
    if (calls !== undefined) t.equal(server.calls.length, calls, 'calls that left')
    t.notOk('set-cookie' in page.headers, 'nothing of the other side’s headers')
    t.equal(({} as { polluted?: unknown }).polluted, undefined)
    t.notMatch(service.written(), new RegExp(`${TOKEN}|${RUE}|victim`), 'nothing secret in the page nor in the log')

    server.fault(honest)
    if (pauses) {
      t.match(await service.open('/fresh', 'login-2'), { status: 503, headers: { 'retry-after': /^[56]\d$/ } })
      t.equal(server.calls.length, 1, 'everybody waits')
      return
    }
    const next = await service.open('/fresh', 'login-2')
    t.match(next, { status: 200, body: { data: { sub: 'honest', total: 464 } } }, 'the next citizen is served')
    if (status !== 200)
      t.match(await service.open('/cantine'), { status: 200, body: { meta: { held: false } } }, 'nothing bad was kept')
  })
}

t.test('no other host was ever contacted', async (t) => {
  t.strictSame(canary.visits, [])
})
