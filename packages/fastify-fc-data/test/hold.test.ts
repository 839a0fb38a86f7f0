import Fastify from 'fastify'
import t from 'tap'
import type { Answer } from '../src/answer.ts'
import { Hold, type HoldOptions } from '../src/hold.ts'
import { type FcDataStore, memoryStore } from '../src/memory-store.ts'
import { sealerOf } from '../src/seal.ts'

const sealer = sealerOf(['a secret of thirty-two characters!'])
const { log } = Fastify()
const answer = (text: string): Answer => ({ status: 200, text, receivedAt: 1, correlationId: 'c' })

/** A store whose content can be looked at. */
function openStore(): FcDataStore & { values: Map<string, string>; seconds: number[] } {
  const values = new Map<string, string>()
  const seconds: number[] = []
  return {
    values,
    seconds,
    get: async (key) => values.get(key) ?? null,
    set: async (key, value, life) => {
      seconds.push(life)
      values.set(key, value)
    },
    delete: async (key) => values.delete(key)
  }
}

function holdOn(store: FcDataStore, options: Partial<HoldOptions> = {}): Hold {
  return new Hold({ store, sealer, seconds: 1800, opened: true, log, ...options })
}

t.test('what is held is sealed under one key per login, and read back', async (t) => {
  const store = openStore()
  const hold = holdOn(store)
  await hold.open('login-1')
  await Promise.all(
    ['a', 'b', 'c'].map((key) => hold.write('login-1', key, { answer: answer(`"citizen ${key}"`) }, false))
  )
  t.equal(store.values.size, 1)
  for (const key of ['a', 'b', 'c'])
    t.match(await hold.read('login-1', key), { answer: { text: `"citizen ${key}"` } }, key)
  t.equal(await hold.read('login-1', 'd'), null)
  const dump = [...store.values].flat().join()
  t.notMatch(dump, /citizen|login-1/)
  t.same(store.seconds.at(-1), 1800)
})

t.test('a value copied to another login’s key does not open', async (t) => {
  const store = openStore()
  const hold = holdOn(store)
  await hold.open('login-1')
  await hold.write('login-1', 'a', { answer: answer('1') }, false)
  const [value] = store.values.values()
  await hold.open('login-2')
  for (const key of store.values.keys()) store.values.set(key, value!)
  t.match(await hold.read('login-1', 'a'), { answer: { text: '1' } })
  t.equal(await hold.read('login-2', 'a'), null)
})

t.test('after the logout nothing is there, and a late answer is not stored', async (t) => {
  const store = openStore()
  const here = holdOn(store)
  const there = holdOn(store)
  await here.open('login-1')
  await here.write('login-1', 'a', { answer: answer('1') }, false)
  await there.forget('login-1')
  t.equal(store.values.size, 0)
  await here.write('login-1', 'a', { answer: answer('late') }, false)
  t.equal(store.values.size, 0, 'though the logout was in another process')
  t.equal(await here.read('login-1', 'a'), null)
})

t.test('an answer lives as long as the option says, an outcome kept for a page at least a minute', async (t) => {
  const hold = holdOn(openStore(), { seconds: 1 })
  await hold.open('l')
  await hold.write('l', 'short', { answer: answer('1') }, false)
  await hold.write('l', 'page', { answer: answer('2') }, true)
  await hold.write('l', 'error', { error: { code: 'FST_FC_DATA_TIMEOUT', message: 'm' } }, true)
  const real = Date.now
  t.teardown(() => {
    Date.now = real
  })
  Date.now = () => real() + 1500
  t.equal(await hold.read('l', 'short'), null)
  t.ok(await hold.read('l', 'page'))
  t.match(await hold.read('l', 'error'), { error: { code: 'FST_FC_DATA_TIMEOUT' } })
  Date.now = () => real() + 61_000
  t.equal(await hold.read('l', 'page'), null)
  t.equal(await hold.read('l', 'error'), null)
})

t.test('hold: false stores nothing', async (t) => {
  const store = openStore()
  const hold = holdOn(store, { seconds: false })
  await hold.open('l')
  await hold.write('l', 'a', { answer: answer('1') }, true)
  t.equal(await hold.read('l', 'a'), null)
  t.equal(store.values.size, 0)
})

t.test('the oldest leave when one login holds too much', async (t) => {
  const hold = holdOn(openStore())
  await hold.open('l')
  for (let i = 0; i < 40; i++) await hold.write('l', `k${i}`, { answer: answer('1') }, false)
  t.equal(await hold.read('l', 'k7'), null)
  t.ok(await hold.read('l', 'k8'))
  await hold.write('l', 'big', { answer: answer('x'.repeat(400_000)) }, false)
  await hold.write('l', 'bigger', { answer: answer('x'.repeat(400_000)) }, false)
  t.equal(await hold.read('l', 'big'), null)
  t.ok(await hold.read('l', 'bigger'))
})

t.test('a store that fails or hangs costs the answer, not the page', async (t) => {
  const broken = async () => {
    throw new Error('ECONNREFUSED redis://user:password@cache')
  }
  const hold = holdOn({ get: broken, set: broken, delete: broken })
  await hold.open('l')
  await hold.write('l', 'a', { answer: answer('1') }, false)
  t.equal(await hold.read('l', 'a'), null)
  const never = () => new Promise<never>(() => undefined)
  const hung = holdOn({ get: never, set: never, delete: never })
  const started = Date.now()
  t.equal(await hung.read('l', 'a'), null)
  t.ok(Date.now() - started < 8000)
  const again = Date.now()
  for (let i = 0; i < 5; i++) t.equal(await hung.read('l', 'a'), null)
  t.ok(Date.now() - again < 1000, 'a store that hung is left alone for a while')
})

t.test('what was not sealed by us is not read', async (t) => {
  const store = openStore()
  const hold = holdOn(store)
  await hold.open('l')
  const [key] = store.values.keys()
  for (const value of ['', 'x', '{"a":1}', 'A'.repeat(200)]) {
    store.values.set(key!, value)
    t.equal(await hold.read('l', 'a'), null, value.slice(0, 10))
  }
})

t.test('the store in memory forgets in time and within its bound', async (t) => {
  const store = memoryStore()
  await store.set('a', 'x', 60)
  t.equal(await store.get('a'), 'x')
  await store.delete('a')
  t.equal(await store.get('a'), null)
  await store.set('short', 'x', 0.02)
  await new Promise((resolve) => setTimeout(resolve, 40))
  t.equal(await store.get('short'), null)
  const big = 'x'.repeat(8 * 1024 * 1024)
  for (let i = 0; i < 10; i++) await store.set(`k${i}`, big, 60)
  t.equal(await store.get('k0'), null, 'the oldest left')
  t.ok(await store.get('k9'))
})
