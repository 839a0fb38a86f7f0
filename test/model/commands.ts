import fc from 'fast-check'
import type { Kind } from './browser.ts'
import { idleTimeout, lastStage } from './services.ts'
import { answers, Broken, deliver, drain, failOne, forgo, lose, open, start, tally, tracing } from './steps.ts'
import { browsers, processes, type Word, type World } from './world.ts'

/** The model itself knows nothing: `watch.ts` says what must hold. */
export type Nothing = Record<never, never>

type Command = fc.AsyncCommand<Nothing, World>

/** What a run did, step by step, on demand. */
function trace(name: string, world: World): void {
  const waits = world.gates.pending.map(({ visit, what }) => `${visit?.id}:${what}`)
  const told = answers(world).map(({ id, kind, status }) => `${id}:${kind} ${status}`)
  console.error(`${name}\n    waits ${waits.join(', ')}\n    told ${told.join(', ')}`)
}

function command(name: string, can: (world: World) => boolean, work: (world: World) => unknown): Command {
  return {
    check: () => true,
    async run(_model, world) {
      if (!can(world)) return
      tally.steps += 1
      await work(world)
      await world.gates.settle()
      if (tracing) trace(name, world)
      if (world.watch.broken !== null) throw new Broken(world.watch.broken)
    },
    toString: () => name
  }
}

const always = () => true
const nth = fc.nat(7)
const browser = fc.nat(browsers - 1)
const server = fc.nat(processes - 1)
const word = fc.constantFrom<Word>('yes', 'yes', 'yes', 'reply', 'refuse', 'land')
const sub = fc.constantFrom('angela', 'basile')
const page = fc.constantFrom('/read', '/write', '/slow/read', '/slow/write')
const other = fc.constantFrom<[Kind, string]>(
  ['logout', '/franceconnect/logout'],
  ['logout', '/franceconnect/logout'],
  ['destroy', '/destroy'],
  ['regenerate', '/regenerate']
)

const starts = fc.tuple(browser, server, sub, word).map(([b, p, who, said]) => {
  const name = `start(${b},${p},${who},${said})`
  return command(name, always, (world) => start(world, b, p, who, said))
})

const callbacks = fc.tuple(browser, server, nth).map(([b, p, at]) => {
  const can = (world: World) => world.browsers[b]!.callbacks.length > 0
  return command(`callback(${b},${p},${at})`, can, (world) => {
    const all = world.browsers[b]!.callbacks
    // the latest first: the same one is opened again and again
    const { path, slot } = all.at(-1 - (at % Math.min(all.length, 3)))!
    world.browsers[b]!.send(p, 'callback', path, slot)
  })
})

const pages = fc.tuple(browser, server, page).map(([b, p, path]) => {
  const send = (world: World) => world.browsers[b]!.send(p, 'page', `${path}?who=nobody-${b}`)
  return command(`page(${b},${p},${path})`, always, send)
})

const others = fc.tuple(browser, server, other).map(([b, p, [kind, path]]) => {
  return command(`${kind}(${b},${p})`, always, (world) => world.browsers[b]!.send(p, kind, path))
})

const opens = nth.map((at) => {
  const can = (world: World) => world.gates.pending.length > 0
  return command(`open(${at})`, can, (world) => open(world, at))
})

const deliveries = nth.map((at) => {
  const can = (world: World) => answers(world).length > 0
  return command(`deliver(${at})`, can, (world) => deliver(world, at))
})

const lostLogouts = fc.tuple(browser, server).map(([b, p]) => {
  return command(`lostLogout(${b},${p})`, always, (world) => {
    world.browsers[b]!.send(p, 'logout', '/franceconnect/logout')
    forgo(world)
  })
})

const losses = nth.map((at) => {
  const can = (world: World) => answers(world).length > 0
  return command(`lose(${at})`, can, (world) => lose(world, at))
})

const failures = fc.tuple(nth, fc.boolean()).map(([at, after]) => {
  const can = (world: World) => world.gates.pending.some((gate) => gate.fail !== null)
  return command(`fail(${at},${after})`, can, (world) => failOne(world, at, after))
})

const advances = fc.constantFrom(30, 600, idleTimeout + 60).map((seconds) => {
  return command(`advance(${seconds})`, always, (world) => world.advance(seconds))
})

const rotations = server.map((p) => {
  const can = ({ stage }: World) => stage[p]! < lastStage && stage.every((each) => each >= stage[p]!)
  return command(`rotate(${p})`, can, ({ stage }) => {
    stage[p]! += 1
  })
})

const ends = fc.tuple(browser, server).map(([b, p]) => {
  const can = (world: World) => world.watch.sure(b) !== null
  return command(`end(${b},${p})`, can, (world) => {
    const id = world.watch.sure(b)!
    world.watch.unsure(b)
    // its store may fail
    void world
      .service(p)
      .franceConnect.end(id)
      .catch(() => {})
  })
})

const drains = fc.constant(command('drain', always, drain))

const times = <T>(count: number, arbitrary: T) => Array.from({ length: count }, () => arbitrary)

/** What a run may do: nothing waits for the end of what was begun. */
export const commands = [
  ...times(4, starts),
  ...times(5, callbacks),
  ...times(5, pages),
  ...times(3, others),
  ...times(9, opens),
  ...times(5, deliveries),
  ...times(2, losses),
  ...times(2, lostLogouts),
  ...times(3, drains),
  ...[failures, advances, rotations, ends]
]
