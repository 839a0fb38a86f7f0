import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { type Fault, startHostile } from './server.ts'
import { cantine, startDataService } from './service.ts'

const slow: Fault = (response) =>
  void setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end('{"total":1}'), 150)

t.jobs = 3
const beside = () => ({ buffered: true })

t.test('D6, D7: what is held for a login is seen by no other, and is gone when forgotten', beside(), async (t) => {
  const server = await startHostile(t)
  const service = await startDataService(t, server.url, { hold: 4 })
  let count = 0
  server.fault((response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(`{"sub":"citizen-${++count}"}`)
  )
  const subs = await Promise.all(
    ['a', 'b', 'a', 'b'].map(
      async (login) => ((await service.open('/cantine', login)).body['data'] as { sub: string }).sub
    )
  )
  t.equal(new Set(subs).size, 2)
  t.same([subs[0], subs[1]], [subs[2], subs[3]])
  await service.app.fcData.forget('a')
  t.match(await service.open('/cantine', 'a'), { body: { data: { sub: 'citizen-3' } } })
  t.match(await service.open('/cantine', 'b'), { body: { meta: { held: true } } })
  await sleep(4100)
  t.match(await service.open('/cantine', 'b'), { body: { meta: { held: false } } }, 'when its time is over')
})

t.test('D8, D10: twenty at once are one exchange; each has a copy and an abort of their own', beside(), async (t) => {
  const server = await startHostile(t)
  const service = await startDataService(t, server.url)
  const api = cantine(server.url)
  server.fault(slow)
  const results = await service.inside((request) => {
    const calls = Array.from({ length: 20 }, (_, i) =>
      request.fcData(api, { rue: 'x' }, i === 3 ? { signal: AbortSignal.timeout(30) } : {})
    )
    return Promise.allSettled(calls)
  })
  t.equal(server.calls.length, 1)
  t.equal(results.filter(({ status }) => status === 'fulfilled').length, 19)
  const [first, second] = results as PromiseFulfilledResult<{ data: { total?: number } }>[]
  first!.value.data.total = 99
  t.equal(second!.value.data.total, 1)
  t.match(await service.inside((request) => request.fcData(api, { rue: 'x' })), { data: { total: 1 } })
})

t.test('D8: a failed flight is not kept', beside(), async (t) => {
  const server = await startHostile(t)
  const service = await startDataService(t, server.url)
  server.fault((response) => response.writeHead(500).end())
  await Promise.all([service.open('/cantine'), service.open('/cantine')])
  server.fault(slow)
  t.match(await service.open('/cantine'), { status: 200 })
})

t.test('D21: while one API hangs the application goes on, and the API is soon left alone', beside(), async (t) => {
  const server = await startHostile(t)
  const service = await startDataService(t, server.url)
  server.fault(() => undefined)
  const hanging = Array.from({ length: 50 }, (_, i) => service.open('/cantine', `login-${i}`))
  const started = Date.now()
  t.match(await service.open('/alive'), { status: 200 })
  t.ok(Date.now() - started < 2000)
  for (const page of await Promise.all(hanging)) t.match(page.status, /50[34]/)
  const calls = server.calls.length
  t.match(await service.open('/cantine'), { status: 503, body: { code: 'FST_FC_DATA_UNAVAILABLE' } })
  t.equal(server.calls.length, calls)
})

t.test('D22: a browser that leaves breaks nothing', beside(), async (t) => {
  const server = await startHostile(t)
  const service = await startDataService(t, server.url)
  server.fault(slow)
  const url = await service.app.listen({ port: 0, host: '127.0.0.1' })
  const browser = new AbortController()
  const left = t.rejects(fetch(`${url}/cantine`, { headers: { 'x-login': 'gone' }, signal: browser.signal }))
  while (server.calls.length === 0) await sleep(10)
  browser.abort()
  await left
  await sleep(400)
  t.equal(server.calls.length, 1, 'finished once')
  t.match(await service.open('/cantine', 'gone'), { status: 200, body: { meta: { held: true } } })
})

t.test('a flood of calls loses nothing', async (t) => {
  const server = await startHostile(t)
  const service = await startDataService(t, server.url, { timeout: 20_000, hold: false })
  const pages = await Promise.all(Array.from({ length: 512 }, (_, i) => service.open('/cantine', `login-${i}`)))
  t.equal(pages.filter(({ status }) => status === 200).length, 512)
})
