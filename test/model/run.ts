import fc from 'fast-check'
import { searching } from '../fuzz/runs.ts'
import type { Command, Nothing } from './command.ts'
import { anyOf, usual, type Weights } from './commands.ts'
import { Broken, drain, rest } from './steps.ts'
import { tally } from './tally.ts'
import type { World } from './world.ts'

/** Every browser logs out, everything comes to its end: what is left in the store? */
async function leave(world: World): Promise<void> {
  await drain(world)
  for (const browser of world.browsers) {
    browser.send(0, 'logout', '/franceconnect/logout')
    await drain(world)
    browser.send(1, 'page', `/read?who=nobody-${browser.name}-${browser.person}-${world.visits.length}`)
    await drain(world)
  }
  await rest(world)
  const kept = await world.options.rows.kept?.()
  if (kept !== undefined && world.misfortunes === 0) world.watch.store.left(kept)
}

export async function runOnce(world: World, commands: readonly Command[]): Promise<void> {
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
  /** Else that of the environment, or the usual one. */
  seed?: number
  /** Commands of a run. */
  length?: number
}

export interface Found {
  runs: number
  /** What did not hold. */
  broken: string | null
  seed: number
  commands: Command[]
}

/**
 * Runs sequences of commands until one breaks what must hold. The time that it may take is looked at between two runs: a
 * run that is cut short would go on behind.
 */
export async function search(world: World, { runs, weights = usual, length = 40, ...own }: Search): Promise<Found> {
  const { interruptAfterTimeLimit, ...given } = searching(runs)
  // without one asked for, a run on a busy machine does what it does on a quiet one
  const until = process.env['FUZZ_SECONDS'] ? performance.now() + interruptAfterTimeLimit : Number.POSITIVE_INFINITY
  const sequences = fc.array(anyOf(weights), { minLength: length, maxLength: length })
  const property = fc.asyncProperty(sequences, async (commands) => {
    fc.pre(performance.now() < until)
    await runOnce(world, commands)
  })
  const found = await fc.check(property, { ...given, ...own, maxSkipsPerRun: 0, endOnFailure: true })
  // a search that has no time left fails without an example
  const commands = found.counterexample?.[0]
  if (commands === undefined) return { runs: found.numRuns, broken: null, seed: found.seed, commands: [] }
  const broken = String((found.errorInstance as Error | undefined)?.message)
  const shortest = process.env['MODEL_SHRINK'] === '1' ? await shorten(world, commands, broken) : commands
  return { runs: found.numRuns, broken, seed: found.seed, commands: shortest }
}

/** The same, without the commands that it does not take: fast-check shortens no array of a fixed length. */
async function shorten(world: World, commands: Command[], broken: string): Promise<Command[]> {
  const breaks = (fewer: Command[]) =>
    runOnce(world, fewer).then(
      () => false,
      (error: Error) => error.message === broken
    )
  let left = commands
  for (let size = Math.ceil(left.length / 2); size >= 1; size = Math.floor(size / 2))
    for (let at = 0; at < left.length; ) {
      const fewer = left.toSpliced(at, size)
      if (await breaks(fewer)) left = fewer
      else at += size
    }
  return left
}

/** What was broken and by which commands, or nothing. */
export function told({ broken, seed, commands }: Found): string {
  return broken === null ? 'nothing is broken' : `seed ${seed}: ${broken}\n${commands.join(' ')}`
}
