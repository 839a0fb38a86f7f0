import fc from 'fast-check'
import type { Visit } from './gates.ts'
import { baseUrl, idleTimeout, lastStage, sessionMaxAge } from './services.ts'
import * as steps from './steps.ts'
import { count, tally } from './tally.ts'
import { browsers, processes, type Word, type World } from './world.ts'

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
      await steps.rest(world)
      world.trace?.(name)
      if (world.watch.broken !== null) throw new steps.Broken(world.watch.broken)
    },
    toString: () => name
  }
}

const always = () => true
const nth = fc.nat(7)
const browser = fc.nat(browsers - 1)
const server = fc.nat(processes - 1)
const word = fc.constantFrom<Word>('yes', 'yes', 'yes', 'yes', 'reply', 'refuse', 'land')
const sub = fc.constantFrom('angela', 'basile')
const page = fc.constantFrom('/read', '/write', '/slow/read', '/slow/write')
const own = fc.constantFrom<['destroy' | 'regenerate', string]>(['destroy', '/destroy'], ['regenerate', '/regenerate'])

const attemptsIn = (world: World, b: number) =>
  [...world.browsers[b]!.jar.cookies.values()].filter(({ name }) => /^fc-\w+-[\w-]{22}$/.test(name))
const attemptIn = (world: World, b: number) => attemptsIn(world, b)[0]
/** Browsers hold five attempts at once; a sixth drops the first, which nobody ends then. */
const hasRoom = (world: World, b: number) => attemptsIn(world, b).length < 5

const login = (world: World, b: number, p: number, who: string, said: Word) =>
  steps.start(world, b, p, '/franceconnect/login?returnTo=%2Fread', who, said)

function back(world: World, b: number, p: number, at = 0, cookie?: string): void {
  const all = world.browsers[b]!.callbacks
  // the latest first: the same one is opened again and again
  const { path, slot } = all.at(-1 - (at % Math.min(all.length, 3)))!
  world.browsers[b]!.send(p, 'callback', path, { slot, ...(cookie === undefined ? {} : { cookie }) })
}

const visit = (world: World, b: number, p: number, path: string, cookie?: string) => {
  const { person, leaving, send } = world.browsers[b]!
  return send(
    p,
    'page',
    `${path}?who=nobody-${b}-${person + leaving.size}-${world.visits.length}`,
    cookie === undefined ? {} : { cookie }
  )
}

const held = (world: World, b: number) => {
  const cookie = world.browsers[b]!.jar.header(new URL(baseUrl))
  return world.watch.sure(b, /fc-login-\w+=1\.([\w-]{22})/.exec(cookie)?.[1] ?? null)
}

function end(world: World, b: number, p: number): void {
  const login = held(world, b)!
  const ending: Visit = { id: -1, what: `end ${b}`, done: false, failed: false }
  world.ends.push(ending)
  const done = world.gates.run(ending, () => world.service(p).franceConnect.end(login.id!))
  world.watch.ends(login, ending, done)
  const over = () => {
    ending.done = true
  }
  done.then(over, over)
}

type Begin = (world: World, b: number, p: number, who: string) => unknown

/** What a browser asks beside something else that it asked. */
const asked: Record<string, Begin> = {
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
const order = fc.array(fc.nat(11), { minLength: 24, maxLength: 24 })

/** Two at once, each some way alone, then both in any order; then what is there. */
function pairs(firsts: string[], seconds: string[]): fc.Arbitrary<Command> {
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
          if (visit) await steps.go(world, visit, far)
        }
        await alone(first, p, ahead)
        await alone(second, q, then)
        await steps.drain(world, rest)
        visit(world, b, p, '/read')
        await steps.drain(world)
      }
    )
  )
}

/** Everything that a run may do, by name; nothing waits for the end of what was begun but `login` and `drain`. */
export const commands = {
  start: fc.tuple(browser, server, sub, word).map(([b, p, who, said]) =>
    command(
      `start(${b},${p},${who},${said})`,
      (world) => hasRoom(world, b),
      (world) => login(world, b, p, who, said)
    )
  ),
  login: fc.tuple(browser, server, sub).map(([b, p, who]) =>
    command(
      `login(${b},${p},${who})`,
      (world) => hasRoom(world, b),
      async (world) => {
        await login(world, b, p, who, 'yes')
        back(world, b, p)
        await steps.drain(world)
      }
    )
  ),
  stepUp: fc.tuple(browser, server, sub).map(([b, p, who]) =>
    command(
      `stepUp(${b},${p},${who})`,
      (world) => hasRoom(world, b),
      (world) => steps.start(world, b, p, '/high', held(world, b)?.sub ?? who, 'yes')
    )
  ),
  callback: fc.tuple(browser, server, nth).map(([b, p, at]) =>
    command(
      `callback(${b},${p},${at})`,
      (world) => world.browsers[b]!.callbacks.length > 0,
      (world) => back(world, b, p, at)
    )
  ),
  page: fc
    .tuple(browser, server, page)
    .map(([b, p, path]) => command(`page(${b},${p},${path})`, always, (world) => visit(world, b, p, path))),
  /** With cookies that the browser had earlier: kept by somebody, or delayed on the way. */
  late: fc.tuple(browser, server, nth, fc.constantFrom('page', 'page', 'callback', 'logout')).map(([b, p, at, kind]) =>
    command(
      `late(${b},${p},${at},${kind})`,
      (world) => world.browsers[b]!.kept.length > 0 && world.browsers[b]!.callbacks.length > 0,
      (world) => {
        const { kept, send } = world.browsers[b]!
        const cookie = kept.at(-1 - (at % kept.length))!
        if (kind === 'callback') back(world, b, p, at, cookie)
        else if (kind === 'page') visit(world, b, p, '/read', cookie)
        else send(p, 'logout', '/franceconnect/logout', { cookie })
      }
    )
  ),
  own: fc
    .tuple(browser, server, own)
    .map(([b, p, [kind, path]]) =>
      command(`${kind}(${b},${p})`, always, (world) => world.browsers[b]!.send(p, kind, path))
    ),
  logout: fc
    .tuple(browser, server)
    .map(([b, p]) =>
      command(`logout(${b},${p})`, always, (world) => world.browsers[b]!.send(p, 'logout', '/franceconnect/logout'))
    ),
  lostLogout: fc
    .tuple(browser, server)
    .map(([b, p]) =>
      command(`lostLogout(${b},${p})`, always, (world) =>
        steps.forgo(world, world.browsers[b]!.send(p, 'logout', '/franceconnect/logout'))
      )
    ),
  open: nth.map((at) =>
    command(
      `open(${at})`,
      (world) => world.gates.pending.length > 0,
      (world) => steps.open(world, at)
    )
  ),
  go: fc.tuple(fc.nat(3), fc.integer({ min: 2, max: 9 })).map(([at, far]) =>
    command(
      `go(${at},${far})`,
      (world) => world.gates.pending.length > 0,
      (world) => steps.go(world, world.gates.pending[at % world.gates.pending.length]!.visit, far)
    )
  ),
  deliver: nth.map((at) =>
    command(
      `deliver(${at})`,
      (world) => steps.answers(world).length > 0,
      (world) => steps.deliver(world, at)
    )
  ),
  lose: nth.map((at) =>
    command(
      `lose(${at})`,
      (world) => steps.answers(world).length > 0,
      (world) => steps.lose(world, at)
    )
  ),
  fail: fc.tuple(nth, fc.boolean()).map(([at, after]) =>
    command(
      `fail(${at},${after})`,
      (world) => world.gates.pending.some((gate) => gate.fail !== null),
      (world) => steps.failOne(world, at, after)
    )
  ),
  pass: fc
    .constantFrom(1, 30, 600, idleTimeout + 60, sessionMaxAge + 60)
    .map((seconds) => command(`pass(${seconds})`, always, (world) => steps.pass(world, seconds))),
  rotate: server.map((p) =>
    command(
      `rotate(${p})`,
      ({ stage }) => stage[p]! < lastStage && stage.every((each) => each >= stage[p]!),
      ({ stage }) => {
        stage[p]! += 1
      }
    )
  ),
  end: fc.tuple(browser, server).map(([b, p]) =>
    command(
      `end(${b},${p})`,
      (world) => held(world, b) !== null,
      (world) => end(world, b, p)
    )
  ),
  /** Somebody gives his browser a cookie named as another browser's attempt. */
  plant: browser.map((b) =>
    command(
      `plant(${b})`,
      (world) => attemptIn(world, b) !== undefined && world.browsers[(b + 1) % browsers]!.callbacks.length > 0,
      (world) => {
        const mine = attemptIn(world, b)!
        const other = world.browsers[(b + 1) % browsers]!.callbacks.at(-1)!.slot
        const name = mine.name.replace(/[\w-]{22}$/, other)
        world.browsers[b]!.jar.cookies.set(name, { ...mine, name })
      }
    )
  ),
  both: pairs(Object.keys(asked), Object.keys(asked)),
  leaving: pairs(['login', 'again'], ['logout', 'end']),
  drain: order.map((order) => command(`drain(${order.join('')})`, always, (world) => steps.drain(world, order)))
}

export type Weights = Partial<Record<keyof typeof commands, number>>

/** How often each is chosen. */
export const usual: Required<Weights> = {
  ...{ start: 4, login: 3, stepUp: 1, callback: 5, page: 5, late: 2, own: 2, logout: 2, lostLogout: 1 },
  ...{
    open: 4,
    go: 6,
    deliver: 5,
    lose: 1,
    fail: 1,
    pass: 1,
    rotate: 1,
    end: 1,
    plant: 1,
    drain: 4,
    both: 4,
    leaving: 2
  }
}

export function anyOf(weights: Weights): fc.Arbitrary<Command> {
  const names = Object.keys(commands) as (keyof typeof commands)[]
  return fc.oneof(
    ...names.flatMap((name) => (weights[name] ? [{ arbitrary: commands[name], weight: weights[name] }] : []))
  )
}
