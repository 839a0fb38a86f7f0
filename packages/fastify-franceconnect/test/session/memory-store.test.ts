import { mock } from 'node:test'
import t from 'tap'
import { createMemoryStore } from '../../src/session/memory-store.ts'

type Store = ReturnType<typeof createMemoryStore>
const put = (store: Store, key: string, row: unknown) =>
  new Promise<void>((resolve) => store.set(key, row as never, () => resolve()))
const get = (store: Store, key: string) =>
  new Promise<unknown>((resolve) => store.get(key, (_error, row) => resolve(row)))

t.test('rows are copies, expire, and are swept', async (t) => {
  mock.timers.enable({ apis: ['setInterval', 'Date'], now: Date.now() })
  t.teardown(() => mock.timers.reset())
  const store = createMemoryStore()
  t.teardown(() => store.close())
  const row = { cookie: { expires: new Date(Date.now() + 90_000) }, draft: { a: 1 } }
  await put(store, 'short', row)
  await put(store, 'long', { cookie: { expires: null } })
  row.draft.a = 2
  t.match(await get(store, 'short'), { draft: { a: 1 } })
  mock.timers.tick(91_000)
  t.equal(await get(store, 'short'), null)
  mock.timers.tick(60_000)
  t.equal(store.size(), 1)
  mock.timers.tick(86_400_000)
  t.equal(store.size(), 0)
})
