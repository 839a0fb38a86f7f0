import Fastify from 'fastify'
import t from 'tap'
import { createHold, type Hold, type HoldOptions } from '../../src/held/hold.ts'
import { type FcDataStore, memoryStore } from '../../src/held/memory-store.ts'
import { sealerOf } from '../../src/held/seal.ts'
import type { Answer } from '../../src/reading/answer.ts'

const SECRET = 'a secret of thirty-two characters!'
const sealer = sealerOf([SECRET])
const { log } = Fastify()
const answer = (text: string): { answer: Answer } => ({
  answer: { status: 200, text, receivedAt: 1, correlationId: 'c' }
})
const error = (retryAfter?: number) => ({
  error: { code: 'FST_FC_DATA_TIMEOUT', message: 'm', remedy: 'retry', retryAfter } as const
})

/** A store whose content can be looked at. */
function openStore(): FcDataStore & { values: Map<string, string>; lives: Map<string, number> } {
  const values = new Map<string, string>()
  const lives = new Map<string, number>()
  return {
    values,
    lives,
    get: async (key) => values.get(key) ?? null,
    set: async (key, value, life) => {
      lives.set(key, life)
      values.set(key, value)
    },
    delete: async (key) => values.delete(key)
  }
}

function holdOn(store: FcDataStore, options: Partial<HoldOptions> = {}): Hold {
  return createHold({ store, sealer, seconds: 1800, opened: true, log, ...options })
}

t.test('each answer is sealed under a key of its own, and read back', async (t) => {
  const store = openStore()
  const hold = holdOn(store)
  await hold.open('login-1', 'sub-1', null, {})
  await Promise.all(['a', 'b', 'c'].map((key) => hold.write('login-1', key, answer(`"citizen ${key}"`))))
  t.equal(store.values.size, 4, 'and one says that the login lives')
  for (const key of ['a', 'b', 'c'])
    t.match(await hold.read('login-1', key), { answer: { text: `"citizen ${key}"` } }, key)
  t.equal(await hold.read('login-1', 'd'), null)
  t.notMatch([...store.values].flat().join(), /citizen|login-1|sub-1/)
  t.same([...store.lives.values()].sort(), [1800, 1800, 1800, 2100])
})

t.test('two processes never lose one another’s answers', async (t) => {
  const store = openStore()
  const [here, there] = [holdOn(store), holdOn(store)]
  await here.open('l', 's', null, {})
  const keys = Array.from({ length: 20 }, (_, i) => `k${i}`)
  await Promise.all(keys.map((key, i) => (i % 2 ? here : there).write('l', key, answer(key))))
  for (const key of keys) t.ok(await here.read('l', key), key)
})

t.test('a store whose functions are not asynchronous is one', async (t) => {
  const values = new Map<string, string>()
  const store = {
    get: (key: string) => values.get(key),
    set: (key: string, value: string) => void values.set(key, value),
    delete: (key: string) => values.delete(key)
  }
  const hold = holdOn(store as unknown as FcDataStore)
  await hold.open('l', 's', null, {})
  t.equal(await hold.write('l', 'k', answer('"a"')), true)
  t.match(await hold.read('l', 'k'), { answer: { text: '"a"' } })
  await hold.forget('l')
  t.equal(await hold.read('l', 'k'), null)
})

t.test('a value moved to another key does not open', async (t) => {
  const store = openStore()
  const hold = holdOn(store)
  for (const login of ['login-1', 'login-2']) await hold.open(login, 'sub', null, {})
  await hold.write('login-1', 'a', answer('1'))
  const [, , sealed] = store.values.values()
  await hold.write('login-2', 'a', answer('2'))
  await hold.write('login-1', 'b', answer('3'))
  for (const key of store.values.keys()) if (key.includes('answer')) store.values.set(key, sealed!)
  t.match(await hold.read('login-1', 'a'), { answer: { text: '1' } })
  t.equal(await hold.read('login-2', 'a'), null, 'of another login')
  t.equal(await hold.read('login-1', 'b'), null, 'of another call')
})

t.test('after the end nothing is found, what comes late included', async (t) => {
  const store = openStore()
  const [here, there, elsewhere] = [holdOn(store), holdOn(store), holdOn(store)]
  await here.open('login-1', 'sub', null, {})
  await here.write('login-1', 'a', answer('1'))
  await there.forget('login-1')
  for (const hold of [there, elsewhere])
    t.equal(await hold.read('login-1', 'a'), null, 'though its sealed bytes leave with their life')
  t.notOk(await here.write('login-1', 'b', answer('late')))
  for (const hold of [here, there, elsewhere]) t.equal(await hold.read('login-1', 'b'), null)
  await here.open('login-1', 'sub', null, {})
  for (const hold of [here, there, elsewhere])
    t.equal(await hold.read('login-1', 'a'), null, 'nor by a place of the same name')
})

t.test('what is held costs one read where the login began, and one trip of two elsewhere at first', async (t) => {
  const store = openStore()
  const read: string[] = []
  const counted = {
    ...store,
    get: (key: string) => {
      read.push(key.split(':')[1]!)
      return store.get(key)
    }
  }
  const [here, there] = [holdOn(counted), holdOn(counted)]
  await here.open('l', 's', null, {})
  await here.write('l', 'a', answer('1'))
  const real = Date.now
  t.teardown(() => {
    Date.now = real
  })
  async function reads(hold: Hold): Promise<string[]> {
    read.length = 0
    t.ok(await hold.read('l', 'a'))
    return [...read].sort()
  }
  t.same(await reads(here), ['answer'])
  t.same(await reads(there), ['answer', 'login'])
  t.same(await reads(there), ['answer'])
  Date.now = () => real() + 61_000
  t.same(await reads(here), ['answer', 'login'], 'asked again after a minute')
})

t.test('without logins that are announced, forget ends one for good', async (t) => {
  const store = openStore()
  const [here, there] = [holdOn(store, { opened: false }), holdOn(store, { opened: false })]
  t.ok(await here.write('l', 'a', answer('1')))
  t.ok(await there.read('l', 'a'))
  await there.forget('l')
  t.equal(await here.read('l', 'a'), null)
  t.notOk(await here.write('l', 'a', answer('late')))
  t.equal(await there.read('l', 'a'), null)
})

t.test('a new login goes on with the one that it replaces, of the same citizen', async (t) => {
  const store = openStore()
  const hold = holdOn(store)
  await hold.open('one', 'angela', null, {})
  await hold.write('one', 'a', answer('1'))
  const callback = {}
  await hold.forget('one', callback)
  await hold.open('two', 'angela', null, callback)
  t.match(await hold.read('two', 'a'), { answer: { text: '1' } }, 'which ended during the same request')
  await hold.open('three', 'angela', 'two', {})
  t.match(await hold.read('three', 'a'), { answer: { text: '1' } }, 'or lives, beside it')
  const elsewhere = holdOn(store)
  const later = {}
  await elsewhere.forget('three', later)
  await elsewhere.open('five', 'angela', null, later)
  t.match(await elsewhere.read('five', 'a'), { answer: { text: '1' } }, 'in another process too')
  await hold.open('three', 'angela', 'five', {})
  await hold.open('four', 'bruno', 'three', {})
  t.equal(await hold.read('four', 'a'), null, 'never another citizen’s')
  await hold.forget('three')
  t.equal(await hold.read('three', 'a'), null)
})

t.test('one that was left is not gone on with', async (t) => {
  const store = openStore()
  const hold = holdOn(store)
  await hold.open('one', 'angela', null, {})
  await hold.write('one', 'a', answer('1'))
  await hold.forget('one', {})
  for (const there of [hold, holdOn(store)]) {
    await there.open('two', 'angela', 'one', {})
    t.equal(await there.read('two', 'a'), null)
  }
})

t.test('every secret finds and forgets', async (t) => {
  const store = openStore()
  const before = holdOn(store)
  await before.open('l', 's', null, {})
  await before.write('l', 'a', answer('1'))
  const after = holdOn(store, { sealer: sealerOf(['another secret of 32 characters!!', SECRET]) })
  t.match(await after.read('l', 'a'), { answer: { text: '1' } })
  await after.forget('l')
  t.equal(await holdOn(store).read('l', 'a'), null)
})

t.test('an answer lives as long as the option says, an outcome kept for a page a minute at most', async (t) => {
  const hold = holdOn(openStore(), { seconds: 1 })
  await hold.open('l', 's', null, {})
  await hold.write('l', 'short', answer('1'))
  await hold.write('l', 'page', answer('2'), 60)
  await hold.write('l', 'error', error())
  await hold.write('l', 'soon', error(5))
  await hold.write('l', 'maintenance', error(600))
  const real = Date.now
  t.teardown(() => {
    Date.now = real
  })
  Date.now = () => real() + 1500
  t.equal(await hold.read('l', 'short'), null)
  for (const key of ['page', 'error', 'soon', 'maintenance']) t.ok(await hold.read('l', key), key)
  Date.now = () => real() + 6000
  t.equal(await hold.read('l', 'soon'), null, 'no longer than the provider asks to wait')
  Date.now = () => real() + 61_000
  for (const key of ['page', 'error', 'maintenance']) t.equal(await hold.read('l', key), null, key)
})

t.test('that a call is under way is never written over its outcome', async (t) => {
  const hold = holdOn(openStore())
  await hold.open('l', 's', null, {})
  await hold.write('l', 'a', { pending: true }, 30)
  t.match(await hold.read('l', 'a'), { pending: true })
  await Promise.all([hold.write('l', 'a', answer('1')), hold.write('l', 'a', { pending: true }, 30)])
  t.match(await hold.read('l', 'a'), { answer: { text: '1' } })
})

t.test('an answer too long to be held is not', async (t) => {
  const hold = holdOn(openStore())
  await hold.open('l', 's', null, {})
  t.notOk(await hold.write('l', 'big', answer('x'.repeat(600 * 1024))))
  t.ok(await hold.write('l', 'a', answer('x'.repeat(500 * 1024))))
})

t.test('a store that fails or hangs costs the answer, not the page', async (t) => {
  const broken = async () => {
    throw new Error('ECONNREFUSED redis://user:password@cache')
  }
  const hold = holdOn({ get: broken, set: broken, delete: broken })
  await hold.open('l', 's', null, {})
  t.notOk(await hold.write('l', 'a', answer('1')))
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
  await hold.open('l', 's', null, {})
  await hold.write('l', 'a', answer('1'))
  for (const key of store.values.keys())
    for (const value of ['', 'x', '{"a":1}', 'A'.repeat(200)]) {
      const good = store.values.get(key)!
      store.values.set(key, value)
      t.equal(await holdOn(store).read('l', 'a'), null, value.slice(0, 10))
      store.values.set(key, good)
    }
  t.ok(await hold.read('l', 'a'))
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
