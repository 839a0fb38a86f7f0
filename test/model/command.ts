import type fc from 'fast-check'
import { Broken, rest } from './steps.ts'
import { count, tally } from './tally.ts'
import type { World } from './world.ts'

/** The model itself knows nothing: `watch.ts` says what must hold. */
export type Nothing = Record<never, never>

export type Command = fc.AsyncCommand<Nothing, World>

export function command(name: string, can: (world: World) => boolean, work: (world: World) => unknown): Command {
  const [kind = name] = name.split('(')
  return {
    check: () => true,
    async run(_model, world) {
      if (!can(world)) return
      tally.steps += 1
      count(kind)
      await work(world)
      await world.gates.settle()
      await rest(world)
      world.trace?.(name)
      if (world.watch.broken !== null) throw new Broken(world.watch.broken)
    },
    toString: () => name
  }
}

export const always = (): boolean => true
