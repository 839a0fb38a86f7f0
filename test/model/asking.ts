import type { Visit } from './gates.ts'
import { baseUrl } from './services.ts'
import { start } from './steps.ts'
import type { Word, World } from './world.ts'

const attemptsIn = (world: World, b: number) =>
  [...world.browsers[b]!.jar.cookies.values()].filter(({ name }) => /^fc-\w+-[\w-]{22}$/.test(name))
export const attemptIn = (world: World, b: number) => attemptsIn(world, b)[0]
/** Browsers hold five attempts at once; a sixth drops the first, which nobody ends then. */
export const hasRoom = (world: World, b: number) => attemptsIn(world, b).length < 5

export const login = (world: World, b: number, p: number, who: string, said: Word) =>
  start(world, b, p, '/franceconnect/login?returnTo=%2Fread', who, said)

export function back(world: World, b: number, p: number, at = 0, cookie?: string): void {
  const all = world.browsers[b]!.callbacks
  // the latest first: the same one is opened again and again
  const { path, slot } = all.at(-1 - (at % Math.min(all.length, 3)))!
  world.browsers[b]!.send(p, 'callback', path, { slot, ...(cookie === undefined ? {} : { cookie }) })
}

export const visit = (world: World, b: number, p: number, path: string, cookie?: string) => {
  const { person, leaving, send } = world.browsers[b]!
  return send(
    p,
    'page',
    `${path}?who=nobody-${b}-${person + leaving.size}-${world.visits.length}`,
    cookie === undefined ? {} : { cookie }
  )
}

export const held = (world: World, b: number) => {
  const cookie = world.browsers[b]!.jar.header(new URL(baseUrl))
  return world.watch.sure(b, /fc-login-\w+=1\.([\w-]{22})/.exec(cookie)?.[1] ?? null)
}

export function end(world: World, b: number, p: number): void {
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
