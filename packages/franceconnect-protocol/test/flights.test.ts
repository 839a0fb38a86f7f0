import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { createFlights } from '../src/flights.ts'

t.test('identical work is done once, and again once it is over', async (t) => {
  const flights = createFlights<number>()
  let starts = 0
  const start = async () => {
    await sleep(10)
    return ++starts
  }
  t.strictSame(await Promise.all([flights.run('a', undefined, start), flights.run('a', undefined, start)]), [1, 1])
  t.equal(await flights.run('a', undefined, start), 2)
})

t.test('a failure reaches everybody and is not kept', async (t) => {
  const flights = createFlights<number>()
  const fail = async () => {
    await sleep(5)
    throw new Error('down')
  }
  const both = await Promise.allSettled([
    flights.run('a', undefined, fail),
    flights.run('a', new AbortController().signal, fail)
  ])
  t.strictSame(
    both.map(({ status }) => status),
    ['rejected', 'rejected']
  )
  t.equal(await flights.run('a', undefined, async () => 7), 7)
})

t.test('one caller’s abort leaves the others alone', async (t) => {
  const flights = createFlights<string>()
  const first = new AbortController()
  let aborted = false
  const start = async (signal?: AbortSignal) => {
    signal?.addEventListener('abort', () => {
      aborted = true
    })
    await sleep(30)
    return 'done'
  }
  const one = flights.run('a', first.signal, start)
  const two = flights.run('a', new AbortController().signal, start)
  first.abort(new Error('gone'))
  await t.rejects(one, { message: 'gone' })
  t.equal(await two, 'done')
  t.notOk(aborted)
})

t.test('the work is aborted once nobody waits', async (t) => {
  const flights = createFlights<string>()
  const callers = [new AbortController(), new AbortController()]
  let aborted = 0
  const start = (signal?: AbortSignal) =>
    new Promise<string>((_, reject) => {
      signal?.addEventListener('abort', () => {
        aborted++
        reject(new Error('stopped'))
      })
    })
  const waits = callers.map(({ signal }) => flights.run('a', signal, start))
  for (const caller of callers) caller.abort()
  await Promise.allSettled(waits)
  t.equal(aborted, 1)
  t.equal(await flights.run('a', undefined, async () => 'again'), 'again')
})

t.test('who comes later takes a place in it, or learns that there is none', async (t) => {
  const flights = createFlights<number>()
  t.equal(flights.join('a', undefined), null)
  const first = flights.run('a', undefined, () => sleep(10, 1))
  t.ok(flights.has('a'))
  t.equal(await flights.join('a', undefined), 1)
  t.equal(await first, 1)
  t.notOk(flights.has('a'))
})
