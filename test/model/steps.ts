import type { Sent } from './browser.ts'
import type { Word, World } from './world.ts'

/** Everything that a run did. */
export interface Tally {
  steps: number
  /** Answers and operations that went before others that were asked earlier. */
  overtakings: number
  answers: Record<string, number>
}

export const tally: Tally = { steps: 0, overtakings: 0, answers: {} }

/** What a run does, on demand. */
export const tracing = process.env['MODEL_TRACE'] === '1'

/** What must hold does not. */
export class Broken extends Error {}

const takenVisits = new WeakSet<Sent>()

/** Answers that no browser has taken yet. */
export const answers = (world: World) => world.visits.filter((sent) => sent.done && !takenVisits.has(sent))

export function open(world: World, at: number): void {
  const { pending } = world.gates
  const index = at % pending.length
  if (index > 0) tally.overtakings += 1
  if (tracing) console.error(`        opens ${pending[index]!.visit?.what.slice(0, 20)}: ${pending[index]!.what}`)
  pending[index]!.open()
}

export function deliver(world: World, at: number): void {
  const all = answers(world)
  const index = at % all.length
  if (index > 0) tally.overtakings += 1
  take(all[index]!, 'yes')
}

/** An answer that never comes: the browser keeps the cookies that it had. */
export function lose(world: World, at: number): void {
  const all = answers(world)
  takenVisits.add(all[at % all.length]!)
  tally.answers['lost'] = (tally.answers['lost'] ?? 0) + 1
}

/** Nobody will take the answer of the request sent last. */
export const forgo = (world: World) => void takenVisits.add(world.visits.at(-1)!)

function take(sent: Sent, word: Word): void {
  takenVisits.add(sent)
  const name = `${sent.kind} ${sent.status}`
  tally.answers[name] = (tally.answers[name] ?? 0) + 1
  sent.browser.take(sent, word)
}

/** The way to FranceConnect and its pages, at once: nothing of it is in the store. */
export async function start(world: World, b: number, p: number, who: string, word: Word): Promise<void> {
  world.browsers[b]!.send(p, 'start', `/franceconnect/login?returnTo=${encodeURIComponent(`/read?${who}`)}`)
  const sent = world.visits.at(-1)!
  const gateOf = () => world.gates.pending.find(({ visit }) => visit === sent)
  await world.gates.settle()
  for (let gate = gateOf(); gate !== undefined; gate = gateOf()) {
    gate.open()
    await world.gates.settle()
  }
  if (sent.done) take(sent, word)
}

/** Everything under way comes to its end, in the order in which it was asked. */
export async function drain(world: World): Promise<void> {
  for (let left = 5000; left > 0; left--) {
    await world.gates.settle()
    if (world.gates.pending.length > 0) open(world, 0)
    else if (answers(world).length > 0) deliver(world, 0)
    else if (world.visits.every((sent) => sent.done)) return
  }
  throw new Broken('hang: something under way never ends')
}

/** One operation of a visit fails. */
export function failOne(world: World, at: number, after: boolean): void {
  const failing = world.gates.pending.filter((gate) => gate.fail !== null)
  const gate = failing[at % failing.length]!
  const sent = world.visits.find((visit) => visit === gate.visit)
  if (sent !== undefined && sent.kind !== 'page') world.watch.unsure(sent.browser.name)
  gate.fail!(after)
}
