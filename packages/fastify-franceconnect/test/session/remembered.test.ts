import t from 'tap'
import { createRemembered } from '../../src/session/remembered.ts'

t.test('a key enters when it is met again, and leaves when others came', async (t) => {
  const remembered = createRemembered<number>(10)
  const read = (key: string) => {
    const known = remembered.get(key)
    if (known === undefined) remembered.offer(key, () => Number(key.slice(3)))
    return known
  }
  t.equal(read('key1'), undefined)
  t.equal(read('key1'), undefined)
  t.equal(read('key1'), 1, 'after two meetings')
  for (let i = 2; i <= 7; i++) for (let times = 0; times < 2; times++) read(`key${i}`)
  t.equal(read('key1'), 1, 'still there among few')
  for (let i = 100; i < 130; i++) for (let times = 0; times < 2; times++) read(`key${i}`)
  t.equal(read('key1'), undefined, 'gone among many')
})

t.test('of more keys in turn than fit, nearly none is kept', async (t) => {
  const remembered = createRemembered<object>(500)
  let made = 0
  for (let turn = 0; turn < 3; turn++) {
    for (let i = 0; i < 20_000; i++) {
      const key = `session-${(i * 2654435761) % 4294967296}`
      if (remembered.get(key) === undefined) {
        remembered.offer(key, () => {
          made += 1
          return {}
        })
      }
    }
  }
  t.ok(made < 6000, `${made} of 60,000`)
})

t.test('what is deleted is not there, and others are', async (t) => {
  const remembered = createRemembered<string>(10)
  for (const key of ['one', 'one', 'two', 'two']) remembered.offer(key, () => key)
  remembered.delete('one')
  t.equal(remembered.get('one'), undefined)
  t.equal(remembered.get('two'), 'two')
})
