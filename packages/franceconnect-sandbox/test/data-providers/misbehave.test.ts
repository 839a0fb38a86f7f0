import { randomUUID } from 'node:crypto'
import t from 'tap'
import type { Fault } from '../../src/levers/faults.ts'
import { ask } from './ask.ts'
import { withDataProviders } from './checktoken-double.ts'

const sandbox = await withDataProviders()
t.teardown(() => sandbox.close())
const { apiParticulier, dgfip, cnam, franceTravail } = sandbox.options
t.beforeEach(() => sandbox.faults.clear())

const api = 'dss/prime-activite'
const path = '/v3/dss/prime_activite/france_connect?recipient=13002526500013'

const get = () =>
  ask(apiParticulier.baseUrl + path, { authorization: `Bearer ${sandbox.issue('test', 'prime_activite')}` })

const under = (fault: Fault | Fault['kind'], target = api) => {
  sandbox.faults.set(target, fault)
  return get()
}

t.test('failures in the words of API Particulier', async (t) => {
  const limited = await under({ kind: 'rate-limit', retryAfter: 7 })
  t.match(limited, { status: 429, body: { errors: [{ code: '00429' }] } })
  t.equal(limited.headers.get('retry-after'), '7')
  t.equal(limited.headers.get('ratelimit-remaining'), '0')
  const meta = { provider: 'Sécurité sociale', retry_in: 90 }
  t.match(await under({ kind: 'maintenance', retryAfter: 90 }), {
    status: 503,
    body: { errors: [{ code: '36020', meta }] }
  })
  t.match(await under('gateway-timeout'), { status: 504, body: { errors: [{ code: '36002' }] } })
  t.match(await under('error'), { status: 502, body: { errors: [{ code: '36000' }] } })
  t.match(await under({ kind: 'error', status: 500 }), { status: 500, body: { errors: [{ code: '36000' }] } })
  for (const kind of ['error', 'gateway-timeout'] as const) {
    t.match(await under({ kind, retryAfter: 40 }), { body: { errors: [{ meta: { retry_in: 40 } }] } })
  }
})

t.test('answers that must not be believed', async (t) => {
  const broken = await under('html')
  t.equal(broken.status, 200)
  t.match(broken.headers.get('content-type'), /text\/html/)
  sandbox.faults.set(api, 'broken-json')
  await t.rejects(get(), SyntaxError)
  const empty = await under('empty')
  t.match(empty, { status: 200, text: '' })
  const redirected = await under('redirect')
  t.equal(redirected.status, 302)
  t.match(redirected.headers.get('location'), /^https:\/\/elsewhere\.invalid\//)
})

t.test('a provider that is down cuts the connection', async (t) => {
  await t.rejects(under('down', 'apiParticulier'), TypeError)
  t.equal(sandbox.records.at(-1)?.status, 0)
  t.equal(sandbox.records.at(-1)?.api, api)
})

t.test('one that hangs says nothing until the caller leaves', async (t) => {
  sandbox.faults.set(api, 'hang')
  const signal = AbortSignal.timeout(200)
  await t.rejects(fetch(apiParticulier.baseUrl + path, { signal }), { name: 'TimeoutError' })
})

t.test('one that is slow answers as usual, and stops waiting for a caller who left', async (t) => {
  const before = Date.now()
  const { status } = await under({ kind: 'slow', delay: 300 })
  t.equal(status, 200)
  t.ok(Date.now() - before >= 300)
  sandbox.faults.set(api, { kind: 'slow', delay: 60_000 })
  const authorization = `Bearer ${sandbox.issue('test', 'prime_activite')}`
  const signal = AbortSignal.timeout(300)
  await t.rejects(fetch(apiParticulier.baseUrl + path, { signal, headers: { authorization } }), {
    name: 'TimeoutError'
  })
  sandbox.faults.clear()
  let again = await get()
  for (let tries = 0; again.status === 409 && tries < 50; tries += 1) again = await get()
  t.equal(again.status, 200, 'its request is no longer under way')
})

t.test('a fault of one API leaves the others alone, and lasts as many calls as said', async (t) => {
  sandbox.faults.set('dss/quotient-familial', 'error')
  t.equal((await get()).status, 200)
  t.equal((await under({ kind: 'error', times: 1 })).status, 502)
  t.equal((await get()).status, 200)
})

t.test('the other providers fail with the status and their own member', async (t) => {
  const calls: [target: string, url: string, member: string][] = [
    ['dgfip', dgfip.tokenUrl, 'erreur'],
    ['cnam', `${cnam.baseUrl}/v1/droits/beneficiaires/me`, 'message'],
    ['franceTravail', `${franceTravail.baseUrl}/partenaire/fc-liste-paiements/v1/`, 'message']
  ]
  for (const [target, url, member] of calls) {
    sandbox.faults.set(target, { kind: 'maintenance', retryAfter: 30 })
    const down = await ask(url, { 'x-correlation-id': randomUUID() })
    t.equal(down.status, 503, target)
    t.equal(down.headers.get('retry-after'), '30')
    t.type(down.body[member], 'string')
    sandbox.faults.set(target, 'rate-limit')
    t.equal((await ask(url)).status, 429)
    sandbox.faults.set(target, 'gateway-timeout')
    t.equal((await ask(url)).status, 504)
    sandbox.faults.set(target, 'error')
    t.equal((await ask(url)).status, 500)
  }
})

t.test('a path of API Particulier that is no data set fails in the name of the platform', async (t) => {
  sandbox.faults.set('apiParticulier', 'error')
  const { status, body } = await ask(`${apiParticulier.baseUrl}/v3/nothing`)
  t.equal(status, 502)
  t.match(body, { errors: [{ code: '00501', meta: { retry_in: 10 } }] })
})

t.test('an error of API Particulier by its code', async (t) => {
  const expected: [code: string, status: number, meta: Record<string, unknown>][] = [
    ['36560', 422, { provider: 'Sécurité sociale' }],
    ['23008', 502, { provider: 'CNAF' }],
    ['51008', 502, { provider: 'FranceConnect' }],
    ['51020', 503, { provider: 'FranceConnect' }],
    ['36002', 504, {}],
    ['00501', 502, { retry_in: 10 }],
    ['51501', 401, {}],
    ['00105', 401, {}],
    ['00107', 403, {}],
    ['00213', 403, {}]
  ]
  for (const [code, status, meta] of expected) {
    t.match(await under({ kind: 'error', code }), { status, body: { errors: [{ code, meta }] } }, code)
  }
  const waiting = await under({ kind: 'error', code: '31503', status: 503, retryAfter: 40 })
  t.match(waiting, { status: 503, body: { errors: [{ code: '31503', meta: { retry_in: 40 } }] } })
})

t.test('a part of an answer', async (t) => {
  const whole = (await get()).body
  const part = await under('partial')
  t.equal(part.status, 206)
  t.match(part.body, { links: {}, errors: [{ code: '36010', meta: { provider: 'Sécurité sociale' } }] })
  t.ok(Object.keys(part.body.data).length < Object.keys(whole.data).length || Object.keys(whole.data).length === 1)
  t.match(whole.data, part.body.data)
})

t.test('the id of a request comes back, or one is given', async (t) => {
  const ask = async (headers: Record<string, string>, url = apiParticulier.baseUrl + path) =>
    (await fetch(url, { headers })).headers.get('x-request-id')
  t.equal(await ask({ 'x-request-id': 'a-b_1' }), 'a-b_1')
  t.equal(await ask({ 'x-request-id': 'a b<c>' }), 'abc')
  t.match(await ask({}), /^[0-9a-f-]{36}$/)
  t.equal(await ask({ 'x-request-id': 'x' }, `${apiParticulier.baseUrl}/v3/nothing`), 'x')
  sandbox.faults.set(api, 'error')
  t.equal(await ask({ 'x-request-id': 'y' }), 'y')
})
