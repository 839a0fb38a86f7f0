import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { createRemembered, type Remembered } from '../../src/session/remembered.ts'

/** Looks a key up, and offers it where it is not there. */
function found(remembered: Remembered<string>, key: string): boolean {
  const known = remembered.get(key)
  if (known === undefined) remembered.offer(key, () => `value of ${key}`)
  return known === `value of ${key}`
}

t.test('a key is found from the second time on', async (t) => {
  const remembered = createRemembered<string>(10)
  t.notOk(found(remembered, 'one'))
  t.ok(found(remembered, 'one'))
  t.notOk(found(remembered, 'two'))
  t.ok(found(remembered, 'two'))
})

t.test('of more keys in turn than fit, as many as fit are found each time', async (t) => {
  const remembered = createRemembered<string>(500)
  const keys = Array.from({ length: 2000 }, (_, i) => `session-${i}`)
  for (const key of keys) found(remembered, key)
  for (let turn = 0; turn < 3; turn++) t.equal(keys.filter((key) => found(remembered, key)).length, 500)
})

t.test('of what finds no room nothing is made', async (t) => {
  const remembered = createRemembered<unknown>(1)
  remembered.offer('one', () => 1)
  remembered.offer('two', () => t.fail('made'))
  t.equal(remembered.get('two'), undefined)
})

t.test('nothing is found beyond its life, however often it was looked up, and room is made', async (t) => {
  const remembered = createRemembered<string>(1, 200)
  const since = performance.now()
  found(remembered, 'one')
  while (found(remembered, 'one')) {
    if (performance.now() - since > 2000) return t.fail('still there')
    await sleep(5)
  }
  t.ok(performance.now() - since >= 90, 'it was there for a while')
  await sleep(400)
  t.notOk(found(remembered, 'two'), 'nobody came for long')
  t.ok(found(remembered, 'two'), 'and there is room')
  t.equal(remembered.get('one'), undefined)
})

t.test('what came late in a turn is not found beyond its life, when nobody came meanwhile', async (t) => {
  const remembered = createRemembered<string>(10, 200)
  found(remembered, 'one')
  await sleep(190)
  remembered.get('another')
  await sleep(40)
  t.equal(remembered.get('one'), undefined)
})

t.test('what is deleted is not there, and others are', async (t) => {
  const remembered = createRemembered<string>(10)
  for (const key of ['one', 'two']) remembered.offer(key, () => key)
  remembered.delete('one')
  t.equal(remembered.get('one'), undefined)
  t.equal(remembered.get('two'), 'two')
})
