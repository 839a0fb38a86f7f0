import fc from 'fast-check'
import { searching } from '../fuzz/runs.ts'
import { commands, type Nothing } from './commands.ts'
import { Broken, drain, tally } from './steps.ts'
import type { World } from './world.ts'

/** Every browser logs out, everything comes to its end: what is left in the store? */
async function leave(world: World): Promise<void> {
  await drain(world)
  for (const browser of world.browsers) {
    if (![...browser.jar.cookies.keys()].some((name) => name.startsWith('fc-login-'))) return
    browser.send(0, 'logout', '/franceconnect/logout')
    await drain(world)
    browser.send(0, 'page', '/read')
    await drain(world)
  }
  if (world.options.kept !== null) world.watch.left(world.options.kept())
}

/** Runs sequences of commands until one breaks what must hold. */
export async function search(world: World, runs: number, maxCommands = 60) {
  const property = fc.asyncProperty(fc.commands(commands, { maxCommands, size: 'max' }), async (given) => {
    await world.reset()
    try {
      await fc.asyncModelRun<Nothing, World, false, Nothing>(() => ({ model: {}, real: world }), given)
      await leave(world)
      if (world.watch.broken !== null) throw new Broken(world.watch.broken)
    } finally {
      await drain(world).catch(() => {})
    }
  })
  return fc.check(property, { ...searching(runs), endOnFailure: process.env['MODEL_SHRINK'] !== '1' })
}

/** What a run came to, for the test's output. */
export function tallied(): string {
  const answers = Object.entries(tally.answers)
    .sort()
    .map(([name, count]) => `${name}: ${count}`)
  return `${tally.steps} steps, ${tally.overtakings} overtakings; ${answers.join(', ')}`
}

/** The commands that broke something, or nothing. */
export function told(found: Awaited<ReturnType<typeof search>>): string {
  if (!found.failed) return 'nothing is broken'
  const { seed, counterexample, ...more } = found
  const { errorInstance } = more as { errorInstance?: unknown }
  return `seed ${seed}: ${errorInstance}\n${[...(counterexample?.[0] ?? [])].join(' ')}`
}
