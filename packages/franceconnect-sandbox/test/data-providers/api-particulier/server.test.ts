import t from 'tap'
import { ask } from '../ask.ts'
import { type Platform, withDataProviders } from '../checktoken-double.ts'

const path = '/v3/dss/allocation_soutien_familial/france_connect'
const recipient = '13002526500013'

const opened = async (
  t: { teardown(close: () => Promise<void>): void },
  settings?: Parameters<typeof withDataProviders>[0]
) => {
  const sandbox = await withDataProviders(settings)
  t.teardown(() => sandbox.close())
  return sandbox
}

const get = (sandbox: Platform, authorization?: string, query = `?recipient=${recipient}`, at = path) =>
  ask(`${sandbox.options.apiParticulier.baseUrl}${at}${query}`, authorization ? { authorization } : {})

const scope = 'allocation_soutien_familial'

t.test('refusals of the token, in both generations of codes', async (t) => {
  for (const [errorCodes, prefix] of [
    ['5150x', '515'],
    ['5000x', '500']
  ] as const) {
    const sandbox = await opened(t, { errorCodes })
    const meta = errorCodes === '5150x' ? { provider: 'FranceConnect' } : {}
    const refused = async (authorization: string | undefined, code: string) => {
      const { status, body } = await get(sandbox, authorization)
      t.equal(status, 401)
      t.equal(body.errors[0].code, prefix + code)
      t.strictSame(body.errors[0].meta, meta)
      t.equal(body.errors[0].source, null)
    }
    await refused(undefined, '04')
    await refused('Basic abc', '04')
    await refused('Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2ln', '04')
    await refused('Bearer not a token', '01')
    await refused(`Bearer ${'x'.repeat(43)}`, '02')
    const token = sandbox.issue('test', scope)
    t.equal((await get(sandbox, `Bearer ${token}`)).status, 200)
    sandbox.advance(61)
    await refused(`Bearer ${token}`, '02')
  }
})

t.test('recipient must be the SIRET of somebody', async (t) => {
  const sandbox = await opened(t)
  const code = async (query: string) => {
    const { status, body } = await get(sandbox, `Bearer ${sandbox.issue('test', scope)}`, query)
    return status === 200 ? 200 : `${status} ${body.errors[0].code} ${body.errors[0].source.parameter}`
  }
  t.equal(await code(''), '422 00203 recipient')
  t.equal(await code('?recipient='), '422 00203 recipient')
  t.equal(await code('?recipient=13002526500014'), '422 00210 recipient', 'the Luhn key is wrong')
  t.equal(await code('?recipient=1300252650001'), '422 00210 recipient')
  t.equal(await code('?recipient=35600000000048'), 200, 'La Poste')
  t.equal(await code('?recipient=35600000049837'), 200, 'La Poste, without a Luhn key')
  t.equal(await code(`?recipient=${recipient}`), 200)
})

t.test('paths that lead nowhere', async (t) => {
  const sandbox = await opened(t)
  const bearer = `Bearer ${sandbox.issue('test', scope)}`
  const version = await get(sandbox, bearer, '', path.replace('v3', 'v9'))
  t.match(version, { status: 404, body: { errors: [{ code: '00402' }] } })
  const unknown = await get(sandbox, bearer, '', '/v3/dss/nothing/france_connect')
  t.equal(unknown.status, 404)
  t.equal(unknown.body, undefined, 'no envelope')
  const posted = await fetch(`${sandbox.options.apiParticulier.baseUrl}${path}`, { method: 'POST' })
  t.equal(posted.status, 404)
  await posted.text()
  const elsewhere = await fetch(`${sandbox.origin}/elsewhere`)
  t.equal(elsewhere.status, 404, 'none of a data provider')
})

t.test('twenty calls a second and token, then 429 until the next second', async (t) => {
  const sandbox = await opened(t)
  const bearer = `Bearer ${sandbox.issue('test', scope)}`
  sandbox.freeze()
  const first = await get(sandbox, bearer)
  t.equal(first.headers.get('ratelimit-limit'), '20')
  t.equal(first.headers.get('ratelimit-remaining'), '19')
  t.equal(Number(first.headers.get('ratelimit-reset')), Math.floor(sandbox.now() / 1000) + 1)
  const burst = await Promise.all(Array.from({ length: 20 }, () => get(sandbox, bearer)))
  const refused = burst.find(({ status }) => status === 429)
  t.match(refused?.body, { errors: [{ code: '00429', title: 'Trop de requêtes' }] })
  t.equal(refused?.headers.get('retry-after'), '1')
  t.equal(refused?.headers.get('ratelimit-remaining'), '0')
  const other = await get(sandbox, `Bearer ${sandbox.issue('avec_nom_dusage', scope)}`)
  t.equal(other.status, 200, 'the limit is of one token')
  sandbox.advance(1)
  t.equal((await get(sandbox, bearer)).status, 200)
})

t.test('thirty calls a minute by address, where that limit is switched on', async (t) => {
  const sandbox = await opened(t, { limitPerAddress: true })
  sandbox.freeze()
  const calls = await Promise.all(Array.from({ length: 31 }, (_, index) => get(sandbox, `Bearer a.b.${index}`)))
  t.equal(calls.filter(({ status }) => status === 401).length, 30, 'counted before the token is looked at')
  const [refused] = calls.filter(({ status }) => status === 429)
  t.ok(Number(refused?.headers.get('retry-after')) <= 60)
  t.notOk(refused?.headers.has('ratelimit-limit'), 'no such header when several limits count')
})

t.test('the same request under way answers 409, even for another citizen', async (t) => {
  const sandbox = await opened(t)
  sandbox.faults.set('dss/allocation-soutien-familial', { kind: 'slow', delay: 1500, times: 1 })
  let answered = false
  const slow = get(sandbox, `Bearer ${sandbox.issue('test', scope)}`).finally(() => {
    answered = true
  })
  let second = await get(sandbox, `Bearer ${sandbox.issue('avec_nom_dusage', scope)}`)
  while (second.status !== 409 && !answered) {
    second = await get(sandbox, `Bearer ${sandbox.issue('avec_nom_dusage', scope)}`)
  }
  t.match(second, { status: 409, body: { errors: [{ code: '00015', source: null }] } })
  const otherRecipient = await get(sandbox, `Bearer ${sandbox.issue('test', scope)}`, '?recipient=35600000000048')
  t.equal(otherRecipient.status, 200, 'other parameters are another request')
  t.equal((await slow).status, 200)
  t.equal((await get(sandbox, `Bearer ${sandbox.issue('test', scope)}`)).status, 200, 'the lock is released')
})

t.test('a refused request releases its lock', async (t) => {
  const sandbox = await opened(t)
  const twice = [0, 1].map(() => get(sandbox, `Bearer ${sandbox.issue('test', scope)}`, '?recipient=1'))
  for (const { status } of await Promise.all(twice)) t.equal(status, 422)
})
