import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fcData, { defineApi } from 'fastify-fc-data'
import t, { type Test } from 'tap'
import { CookieJar, drive, makeApp } from '../fuzz/service.ts'
import { startProvider } from '../hostile/provider.ts'
import { CountingStore, watchTraffic } from './counters.ts'

async function startData(t: Test, hold: number | false) {
  const server = createServer((_, response) => {
    setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end('{"total":1}'), 5)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.teardown(() => void server.close().closeAllConnections())
  const provider = await startProvider()
  t.teardown(() => provider.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rows`
  const store = new CountingStore()
  const answers = new Map<string, string>()
  const asked: string[] = []
  const rows = defineApi({ name: 'count/rows', url, scopes: [] })
  const app = await makeApp(provider.issuer, { session: { store: store as never } }, async (app) => {
    await app.register(fcData, {
      apis: [rows],
      hold,
      store: {
        get: async (key) => {
          asked.push('get')
          return answers.get(key) ?? null
        },
        set: async (key, value) => {
          asked.push('set')
          answers.set(key, value)
        },
        delete: async (key) => answers.delete(key)
      }
    })
    app.get('/rows', { preHandler: app.fcData.require(rows) }, (request) => request.fcData(rows))
  })
  t.teardown(() => app.close())
  return { service: drive(app, provider), store, held: () => asked.splice(0) }
}

t.test('a data call costs one exchange on a connection that is kept, and two reads of the store', async (t) => {
  const traffic = watchTraffic(t)
  const { service, store } = await startData(t, false)
  const jar = new CookieJar()
  await service.login(jar)
  await service.open('/rows', jar)
  for (let i = 0; i < 3; i++) {
    traffic.reset()
    store.take()
    t.match(await service.open('/rows', jar), { status: 200 })
    t.same(traffic.calls, ['GET /rows'])
    t.equal(traffic.connections, 0)
    t.same(store.take(), { get: 2 })
  }
})

t.test('twenty identical calls of one citizen are one, twenty citizens are twenty', async (t) => {
  const traffic = watchTraffic(t)
  const { service } = await startData(t, false)
  const jars = Array.from({ length: 20 }, () => new CookieJar())
  for (const jar of jars) await service.login(jar)
  traffic.reset()
  await Promise.all(jars.map(() => service.open('/rows', jars[0]!)))
  t.same(traffic.calls, ['GET /rows'])
  traffic.reset()
  await Promise.all(jars.map((jar) => service.open('/rows', jar)))
  t.equal(traffic.calls.length, 20)
})

t.test('an answer that is held costs one read of the store of held answers', async (t) => {
  const traffic = watchTraffic(t)
  const { service, store, held } = await startData(t, 60)
  const jar = new CookieJar()
  await service.login(jar)
  await service.open('/rows', jar)
  traffic.reset()
  store.take()
  held()
  for (let i = 0; i < 3; i++) t.match(await service.open('/rows', jar), { status: 200 })
  t.same(traffic.calls, [])
  t.same(store.take(), { get: 6 })
  t.same(held(), ['get', 'get', 'get'])
})
