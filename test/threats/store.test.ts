import t from 'tap'
import { secretsOf, shownIn } from '../hostile/leaks.ts'
import { baseUrl, me, paths, serve, walk, walkToCallback } from '../hostile/relying-party.ts'

t.test('S7 a dump of the store shows no token, no claim, nothing of the attempt', async (t) => {
  const party = await serve(t)
  await walk(party.browser())
  t.ok(party.store.entries.size > 0)
  const dump = party.store.dump()
  const decoded = [...dump.matchAll(/[A-Za-z0-9_-]{24,}/g)]
    .map(([text]) => Buffer.from(text, 'base64url').toString('latin1'))
    .join()
  t.same(shownIn('store', dump + decoded, secretsOf(party.provider)), [])
})

t.test('S7 a stolen dump of the store gives no cookie: the ids in it open nothing', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  await walk(browser)
  const [cookie] = [...browser.jar(baseUrl).cookies.values()]
  for (const key of party.store.entries.keys()) {
    const thief = party.browser()
    thief.jar(baseUrl).cookies.set(cookie!.name, { ...cookie!, value: encodeURIComponent(key) })
    t.equal((await me(thief)).connected, false)
  }
})

t.test('S9 a flood of starts without cookies stores nothing', async (t) => {
  const party = await serve(t)
  for (let i = 0; i < 300; i += 1) await party.browser().open(paths.login)
  t.equal(party.store.entries.size, 0)
  t.same(party.store.operations, [], 'the store was not even read')
})

t.test('S13 a store that fails gives 503, never an anonymous or stale page', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  await walk(browser)
  party.store.failure = { get: new Error('ECONNREFUSED redis.interne:6379') }
  const page = await browser.open(`${baseUrl}/moi`)
  t.equal(page.status, 503)
  t.notMatch(page.body, /redis\.interne/)
  party.store.failure = { set: new Error('READONLY') }
  const { page: callback } = await walk(party.browser())
  t.equal(callback.status, 503)
  party.store.failure = { destroy: new Error('READONLY'), set: new Error('READONLY') }
  t.equal((await browser.open(paths.logout)).status, 503, 'the logout says that it failed')
  party.store.failure = {}
  t.match((await browser.open(paths.logout)).status, /30[23]/)
  t.equal((await me(browser)).connected, false)
})

t.test('S13 a store that never answers gives 503 in bounded time', async (t) => {
  const party = await serve(t, { timeout: 500 })
  const browser = party.browser()
  await walk(browser)
  const { callbackUrl } = await walkToCallback(browser)
  party.store.silent = true
  for (const address of [paths.me, callbackUrl, paths.logout]) {
    t.equal((await browser.open(address)).status, 503, new URL(address).pathname)
  }
  t.match((await party.browser().open(paths.login)).status, /30[23]/, 'a login still starts')
})

t.test('S13 a store that returns garbage logs nobody in', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  await walk(browser)
  const keys = [...party.store.entries.keys()]
  for (const garbage of ['{}', '{"a":1}', '[]', '"texte"', '3', '{"__proto__":{"a":1}}', '{"cookie":{}}']) {
    for (const key of keys) {
      const before = party.store.entries.get(key)!
      party.store.entries.set(key, garbage)
      const page = await browser.open(`${baseUrl}/moi`)
      t.ok(
        page.status === 503 || page.body.includes('"connected":false'),
        `${garbage} ${page.status} ${page.body.slice(0, 80)}`
      )
      party.store.entries.set(key, before)
    }
  }
  const records = keys.map((key) => party.store.entries.get(key)!)
  if (keys.length === 2) {
    party.store.entries.set(keys[0]!, records[1]!)
    party.store.entries.set(keys[1]!, records[0]!)
    const page = await browser.open(`${baseUrl}/moi`)
    t.ok(page.status === 503 || page.body.includes('"connected":false'), 'records swapped')
  }
})
