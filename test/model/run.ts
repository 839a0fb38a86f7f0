import fc from 'fast-check'
import { searching } from '../fuzz/runs.ts'
import { anyOf, type Nothing, usual, type Weights } from './commands.ts'
import { Broken, drain } from './steps.ts'
import { tally } from './tally.ts'
import type { World } from './world.ts'

/** Every browser logs out, everything comes to its end: what is left in the store? */
async function leave(world: World): Promise<void> {
  await drain(world)
  for (const browser of world.browsers) {
    browser.send(0, 'logout', '/franceconnect/logout')
    await drain(world)
    browser.send(1, 'page', `/read?who=nobody-${browser.name}-${browser.person}`)
    await drain(world)
  }
  world.watch.store.look(await world.options.kept(), world.misfortunes === 0)
  if (world.misfortunes === 0) world.watch.store.left(await world.options.kept())
}

async function runOnce(world: World, commands: Iterable<fc.AsyncCommand<Nothing, World>>): Promise<void> {
  tally.runs += 1
  await world.reset()
  try {
    await fc.asyncModelRun<Nothing, World, false, Nothing>(() => ({ model: {}, real: world }), commands)
    await leave(world)
    if (world.watch.broken !== null) throw new Broken(world.watch.broken)
  } finally {
    await drain(world).catch(() => {})
  }
}

export interface Search {
  runs: number
  weights?: Weights
  /** Commands of a run. */
  length?: number
}

/**
 * Runs sequences of commands until one breaks what must hold. The time that it may take is looked at between two runs: a
 * run that is cut short would go on behind.
 */
export function search(world: World, { runs, weights = usual, length = 40 }: Search) {
  const { interruptAfterTimeLimit, ...given } = searching(runs)
  const until = performance.now() + interruptAfterTimeLimit
  const sequences = fc.array(anyOf(weights), { minLength: length, maxLength: length })
  const property = fc.asyncProperty(sequences, async (commands) => {
    fc.pre(performance.now() < until)
    await runOnce(world, commands)
  })
  const shrinks = process.env['MODEL_SHRINK'] === '1'
  return fc.check(property, { ...given, maxSkipsPerRun: 0, endOnFailure: !shrinks })
}

/** What was broken and by which commands, or nothing. */
export function told(found: Awaited<ReturnType<typeof search>>): string {
  // a search that has no time left fails without an example
  if (!found.failed || found.counterexample === null) return 'nothing is broken'
  return `seed ${found.seed}: ${found.errorInstance}\n${found.counterexample[0].join(' ')}`
}
