import fc from 'fast-check'
import { attemptIn, back, end, hasRoom, held, login, visit } from './asking.ts'
import { always, type Command, command } from './command.ts'
import { asked, browser, order, pairs, server, sub } from './pairs.ts'
import { idleTimeout, lastStage, sessionMaxAge } from './services.ts'
import * as steps from './steps.ts'
import { browsers, type Word } from './world.ts'

const nth = fc.nat(7)
const word = fc.constantFrom<Word>('yes', 'yes', 'yes', 'yes', 'reply', 'refuse', 'land')
const page = fc.constantFrom('/read', '/write', '/slow/read', '/slow/write')
const own = fc.constantFrom<['destroy' | 'regenerate', string]>(['destroy', '/destroy'], ['regenerate', '/regenerate'])

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
