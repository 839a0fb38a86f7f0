import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { Circuit } from '../src/circuit.ts'

class Outage extends Error {}
const down = async () => {
  throw new Outage('down')
}
const isOutage = (error: Error) => error instanceof Outage

async function opened(): Promise<Circuit> {
  const circuit = new Circuit(isOutage)
  for (let i = 0; i < 5; i++) await circuit.run(down).catch(() => undefined)
  return circuit
}

t.test('five outages in a row open it', async (t) => {
  const circuit = await opened()
  let called = false
  const call = async () => {
    called = true
  }
  await t.rejects(circuit.run(call), { message: /tried again shortly/ })
  t.notOk(called)
})

t.test('an answer in between closes the count, another error is not counted', async (t) => {
  const circuit = new Circuit(isOutage)
  for (let i = 0; i < 12; i++) {
    await t.rejects(circuit.run(down), { message: 'down' })
    if (i % 4 === 3) await circuit.run(async () => undefined)
  }
  const other = async () => {
    throw new Error('refused')
  }
  const patient = new Circuit(isOutage)
  for (let i = 0; i < 10; i++) await t.rejects(patient.run(other), { message: 'refused' })
})

t.test('ten seconds later one call tries, the others wait for nobody', async (t) => {
  const circuit = await opened()
  const real = Date.now
  t.teardown(() => {
    Date.now = real
  })
  Date.now = () => real() + 11_000
  const trying = circuit.run(() => sleep(50, 'back'))
  await t.rejects(circuit.run(down), { message: /one call is trying/ }, 'at once')
  t.equal(await trying, 'back')
  t.equal(await circuit.run(async () => 'open to all'), 'open to all')
})

t.test('calls waiting are bounded', async (t) => {
  const circuit = new Circuit(isOutage)
  const hanging = Array.from({ length: 2048 }, () => circuit.run(() => sleep(200)))
  await t.rejects(
    circuit.run(async () => undefined),
    { message: /too many/ }
  )
  await Promise.all(hanging)
  t.equal(await circuit.run(async () => 1), 1)
})
