import t from 'tap'
import { CookieJar, redirected, startService } from '../fuzz/service.ts'
import { CountingStore, watchTraffic } from './counters.ts'

const base = '/api/v2'
const token = `POST ${base}/token`
const userinfo = `GET ${base}/userinfo`

t.test('a login costs two calls, and no connection once the server is warm', async (t) => {
  const traffic = watchTraffic(t)
  const service = await startService(t)
  t.same(traffic.calls, [], 'nothing is asked at boot')

  t.ok(redirected(await service.login(new CookieJar())))
  t.same(
    [...traffic.calls].sort(),
    [`GET ${base}/.well-known/openid-configuration`, `GET ${base}/jwks`, userinfo, token].sort(),
    'the first login fetches discovery and keys, once each'
  )

  for (let i = 0; i < 5; i++) {
    traffic.reset()
    t.ok(redirected(await service.login(new CookieJar())))
    t.same(traffic.calls, [token, userinfo])
    t.equal(traffic.connections, 0)
  }
})

t.test('logins at once share discovery and keys, and a connection serves many', async (t) => {
  const traffic = watchTraffic(t)
  const service = await startService(t)
  const logins = (count: number) => Promise.all(Array.from({ length: count }, () => service.login(new CookieJar())))
  t.ok((await logins(20)).every(redirected))
  t.equal(traffic.calls.filter((call) => call.endsWith('openid-configuration')).length, 1)
  t.equal(traffic.calls.filter((call) => call.endsWith('/jwks')).length, 1)
  t.equal(traffic.calls.length, 42)
  t.ok(traffic.connections <= 22, `${traffic.connections} connections for 42 calls`)
})

t.test(
  'the store is asked for nothing before the callback, twice by a page, and holds nothing after a logout',
  async (t) => {
    const store = new CountingStore()
    const service = await startService(t, { session: { store: store as never } })
    const jar = new CookieJar()

    await service.open('/me', jar)
    t.same(store.take(), {}, 'a page of a stranger')
    const back = await service.start(jar)
    t.same(store.take(), {}, 'the start of a login')
    await service.open(`${back}x`, new CookieJar())
    t.same(store.take(), {}, 'a callback of another browser')
    t.equal(store.records.size, 0)

    t.ok(redirected(await service.open(back, jar)))
    t.ok(store.trips <= 6, `the callback waits for the store ${store.trips} times`)
    const callback = store.take()
    t.ok((callback['set'] ?? 0) <= 3 && (callback['get'] ?? 0) <= 3, `the callback: ${JSON.stringify(callback)}`)
    t.equal(store.records.size, 2, 'the session and the login')

    for (let i = 0; i < 3; i++) {
      t.ok(await service.whoIs(jar))
      t.equal(store.trips, 1, 'both rows at once')
      t.same(store.take(), { get: 2 }, 'a page of somebody logged in')
    }
    await service.open(back, jar)
    t.notOk('set' in store.take(), 'the same callback again writes nothing')

    await service.open('/franceconnect/logout', jar)
    const logout = store.take()
    t.ok((logout['get'] ?? 0) <= 3 && logout['set'] === 1, `the logout: ${JSON.stringify(logout)}`)
    t.match([...store.records.keys()], [/^franceconnect-end-/], 'what tells a callback under way, for half an hour')
  }
)

t.test('a hundred logins that never return store nothing', async (t) => {
  const store = new CountingStore()
  const service = await startService(t, { session: { store: store as never } })
  for (let i = 0; i < 100; i++) await service.open('/franceconnect/login', new CookieJar())
  t.same(store.take(), {})
  t.equal(service.provider.calls.token, 0)
})

t.test('sessions and cookies are small', async (t) => {
  const store = new CountingStore()
  const service = await startService(t, { session: { store: store as never } })
  const jar = new CookieJar()
  const size = () => [...jar.cookies.values()].reduce((sum, { name, value }) => sum + name.length + value.length, 0)

  await service.start(jar, `?returnTo=/${'a'.repeat(200)}`)
  const [attempt] = jar.cookies.values()
  t.ok(size() < 900, `one attempt: ${size()} bytes`)
  t.ok(attempt?.httpOnly && attempt.sameSite.toLowerCase() === 'lax')
  for (let i = 0; i < 10; i++) await service.start(jar, `?returnTo=/${'b'.repeat(900)}`)
  t.ok(size() <= 4096, `eleven attempts: ${size()} bytes`)
  t.ok(jar.cookies.size <= 5, `${jar.cookies.size} attempts at once`)

  const other = new CookieJar()
  await service.login(other)
  const session = [...other.cookies.values()].map(({ name, value }) => name.length + value.length)
  t.ok(
    session.length === 2 && session[0]! + session[1]! < 300,
    `the session's and the login's cookies: ${session} bytes`
  )
  const sizes = [...store.records.values()].map((text) => text.length).sort((a, b) => a - b)
  t.ok(sizes[0]! < 200, `the session: ${sizes[0]} bytes`)
  t.ok(sizes[1]! < 1750, `the login: ${sizes[1]} bytes`)
  const keys = [...store.records.keys()].reduce((sum, key) => sum + key.length, 0)
  t.ok(keys + sizes[0]! + sizes[1]! < 2000, `a citizen in the store: ${keys + sizes[0]! + sizes[1]!} bytes`)
})
