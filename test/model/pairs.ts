import fc from 'fast-check'
import { back, end, hasRoom, held, login, visit } from './asking.ts'
import { always, type Command, command } from './command.ts'
import { drain, go } from './steps.ts'
import { browsers, processes, type World } from './world.ts'

export const browser = fc.nat(browsers - 1)
export const server = fc.nat(processes - 1)
export const sub = fc.constantFrom('angela', 'basile')
/** In which operations and answers go on. */
export const order = fc.array(fc.nat(11), { minLength: 24, maxLength: 24 })

type Begin = (world: World, b: number, p: number, who: string) => unknown

/** What a browser asks beside something else that it asked. */
export const asked: Record<string, Begin> = {
  async login(world, b, p, who) {
    if (!hasRoom(world, b)) return
    await login(world, b, p, who, 'yes')
    back(world, b, p)
  },
  again: (world, b, p) => world.browsers[b]!.callbacks.length > 0 && back(world, b, p),
  read: (world, b, p) => visit(world, b, p, '/slow/read'),
  write: (world, b, p) => visit(world, b, p, '/slow/write'),
  logout: (world, b, p) => world.browsers[b]!.send(p, 'logout', '/franceconnect/logout'),
  end: (world, b, p) => held(world, b) && end(world, b, p)
}
/** Two at once, each some way alone, then both in any order; then what is there. */
export function pairs(firsts: string[], seconds: string[]): fc.Arbitrary<Command> {
  const far = fc.nat(12)
  const two = [fc.constantFrom(...firsts), far, fc.constantFrom(...seconds), far] as const
  return fc.tuple(browser, server, server, sub, order, ...two).map(([b, p, q, who, rest, first, ahead, second, then]) =>
    command(
      `both(${b},${p},${q},${who},${first},${ahead},${second},${then},${rest.join('')})`,
      always,
      async (world) => {
        const alone = async (what: string, at: number, far: number) => {
          await asked[what]!(world, b, at, who)
          await world.gates.settle()
          const visit = world.gates.pending.at(-1)?.visit
          if (visit) await go(world, visit, far)
        }
        await alone(first, p, ahead)
        await alone(second, q, then)
        await drain(world, rest)
        visit(world, b, p, '/read')
        await drain(world)
      }
    )
  )
}
