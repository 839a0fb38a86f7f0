import t, { type Test } from 'tap'
import { type Circuit, createCircuit, type Passage, type Verdict } from '../../src/waiting/circuit.ts'

/** Lets one call leave and tells its end. */
function call(t: Test, circuit: Circuit, login: string, verdict: Verdict, now: number): void {
  const passage = circuit.ask(login, now)
  if (!('ended' in passage)) t.fail(`${login} is refused`)
  else passage.ended(verdict, now)
}

const refusedFor = (passage: Passage) => passage.refusedFor
const logins = ['a', 'b', 'c', 'd', 'e']

function opened(t: Test): Circuit {
  const circuit = createCircuit()
  for (const login of logins) call(t, circuit, login, 'outage', 0)
  return circuit
}

t.test('outages of five distinct logins within a minute open it for ten seconds', async (t) => {
  t.equal(refusedFor(opened(t).ask('f', 1)), 9999)
  const four = createCircuit()
  for (let i = 0; i < 50; i++) call(t, four, logins[i % 4]!, 'outage', i)
  t.equal(refusedFor(four.ask('f', 50)), 0, 'fifty outages of four logins do not')
  const slow = createCircuit()
  for (const [i, login] of logins.entries()) call(t, slow, login, 'outage', i * 15_001)
  t.equal(refusedFor(slow.ask('f', 60_005)), 0, 'nor five in more than a minute')
})

t.test('an answer between starts the count again, what says nothing changes nothing', async (t) => {
  const circuit = createCircuit()
  for (let i = 0; i < 40; i++) call(t, circuit, `login-${i}`, i % 5 === 4 ? 'answer' : 'outage', i)
  t.equal(refusedFor(circuit.ask('z', 41)), 0)
  const silent = createCircuit()
  for (const login of logins) {
    call(t, silent, `${login}-cut`, 'nothing', 0)
    call(t, silent, login, 'outage', 0)
  }
  t.ok(refusedFor(silent.ask('z', 1)) > 0)
})

t.test('then one call tries, and the others are refused at once', async (t) => {
  const circuit = opened(t)
  const probe = circuit.ask('f', 10_000)
  t.equal(refusedFor(probe), 0)
  t.ok(refusedFor(circuit.ask('g', 10_001)) > 0)
  if ('ended' in probe) probe.ended('answer', 10_100)
  t.equal(refusedFor(circuit.ask('g', 10_101)), 0, 'its answer closes it')

  const still = opened(t)
  call(t, still, 'f', 'outage', 10_000)
  t.equal(refusedFor(still.ask('g', 10_001)), 9999, 'its outage opens it again')

  const cut = opened(t)
  call(t, cut, 'f', 'nothing', 10_000)
  t.equal(refusedFor(cut.ask('g', 10_001)), 0, 'and a call that says nothing leaves its place to another')
})

t.test('a login that failed is not the one that tries, for a minute', async (t) => {
  const circuit = opened(t)
  for (const login of logins) t.equal(refusedFor(circuit.ask(login, 10_000)), 50_000)
  t.equal(refusedFor(circuit.ask('a', 60_000)), 0)
})

t.test('a late answer of a call that left before closes it', async (t) => {
  const circuit = createCircuit()
  const early = circuit.ask('z', 0)
  for (const login of logins) call(t, circuit, login, 'outage', 0)
  if ('ended' in early) early.ended('answer', 5)
  t.equal(refusedFor(circuit.ask('f', 6)), 0)
})

t.test('what it remembers is bounded', async (t) => {
  const circuit = createCircuit()
  const passages = Array.from({ length: 5000 }, (_, i) => circuit.ask(`login-${i}`, 0))
  for (const passage of passages) if ('ended' in passage) passage.ended('outage', 0)
  t.equal(refusedFor(circuit.ask('login-0', 10_000)), 0, 'the oldest failures are forgotten')
  t.ok(refusedFor(circuit.ask('login-4999', 10_000)) > 0)
})
