import { type Sent, slotOf } from './browser.ts'
import type { Visit } from './gates.ts'
import { baseUrl } from './services.ts'
import { count, tally } from './tally.ts'
import type { Word, World } from './world.ts'

/** What must hold does not. */
export class Broken extends Error {}

/** Answers that no browser has taken yet. */
export const answers = (world: World) => world.visits.filter((sent) => sent.done && !sent.taken)

export function open(world: World, at: number): void {
  const { pending } = world.gates
  const index = at % pending.length
  if (index > 0) tally.overtakings += 1
  pending[index]!.open()
}

/** One of those under way goes on alone, `count` operations far. */
export async function go(world: World, visit: Visit | null, count: number): Promise<void> {
  for (let left = count; left > 0; left--) {
    const index = world.gates.pending.findIndex((gate) => gate.visit === visit)
    if (index < 0) return
    tally.steps += 1
    open(world, index)
    await world.gates.settle()
  }
}

export function deliver(world: World, at: number): void {
  const all = answers(world)
  const index = at % all.length
  if (index > 0) tally.overtakings += 1
  take(all[index]!)
}

/** An answer that never comes: the browser keeps the cookies that it had. */
export function lose(world: World, at: number): void {
  const all = answers(world)
  forgo(world, all[at % all.length]!)
  count('lost answer')
}

/** Nobody will take this answer. */
export function forgo(world: World, sent: Sent): void {
  sent.taken = true
  world.misfortunes += 1
}

function take(sent: Sent): void {
  count(`${sent.kind} ${sent.status}`)
  sent.taken = true
  sent.browser.take(sent)
}

/** The way to FranceConnect and its pages, at once: nothing of it is in the store. `path`: what asks for the login. */
export async function start(world: World, b: number, p: number, path: string, who: string, word: Word): Promise<void> {
  const sent = world.browsers[b]!.send(p, 'start', path)
  const gateOf = () => world.gates.pending.find(({ visit }) => visit === sent)
  await world.gates.settle()
  for (let gate = gateOf(); gate !== undefined; gate = gateOf()) {
    gate.open()
    await world.gates.settle()
  }
  if (!sent.done) return
  if (sent.location?.startsWith(world.provider.issuer)) {
    const url = world.provider.authorize(sent.location, who)
    world.watch.ledger.begin(slotOf(url), b, who)
    world.browsers[b]!.callbacks.push({ path: url.slice(baseUrl.length), slot: slotOf(url) })
    world.words.set(slotOf(url), word)
  }
  take(sent)
}

const underWay = (world: World) => [...world.visits, ...world.ends].some(({ done }) => !done)

/** Everything under way comes to its end: in the order in which it was asked, once `order` is used up. */
export async function drain(world: World, order: readonly number[] = []): Promise<void> {
  const left = [...order]
  for (let steps = 5000; steps > 0; steps--) {
    await world.gates.settle()
    const at = left.shift() ?? 0
    const { pending } = world.gates
    const all = pending.length + answers(world).length
    if (all === 0 && !underWay(world)) return
    if (all === 0) {
      const passed = world.clock.next()
      if (passed === null) break
      await world.options.rows.passed(passed)
      continue
    }
    tally.steps += 1
    if (at % all < pending.length) open(world, at % all)
    else deliver(world, (at % all) - pending.length)
  }
  throw new Broken('hang: something under way never ends')
}

/** Where every browser and the store are once nothing is under way. */
export async function rest(world: World): Promise<void> {
  if (underWay(world) || world.gates.pending.length > 0 || answers(world).length > 0) return
  const kept = await world.options.rows.kept?.()
  if (kept !== undefined) world.watch.store.look(kept, world.misfortunes === 0)
}

function fails(world: World, visit: unknown): void {
  world.misfortunes += 1
  const sent = world.visits.find((each) => each === visit)
  if (sent !== undefined) world.watch.failed(sent)
}

/** One operation of a visit fails. */
export function failOne(world: World, at: number, after: boolean): void {
  const failing = world.gates.pending.filter((gate) => gate.fail !== null)
  const gate = failing[at % failing.length]!
  fails(world, gate.visit)
  gate.fail!(after)
}

/** Time passes; who waits for the store or for FranceConnect waits in vain, and what was asked may still be done later. */
export async function pass(world: World, seconds: number): Promise<void> {
  const working = world.gates.pending.filter((gate) => gate.fail === null).map(({ visit }) => visit)
  for (const visit of [...world.visits, ...world.ends]) if (!visit.done && !working.includes(visit)) fails(world, visit)
  world.clock.pass(seconds)
  await world.options.rows.passed(seconds * 1000)
}
