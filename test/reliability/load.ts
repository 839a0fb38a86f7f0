import { Browser, type Seen } from './browser.ts'
import { login } from './citizen.ts'
import { pause, Tally } from './tally.ts'
import type { World } from './world.ts'

/** Browsers that are logged in and keep opening pages, on every process in turn. */
export interface Load {
  pages: Tally
  /** Answers that said that somebody logged in is not. */
  anonymous: number
  browsers: Browser[]
  stop(): Promise<void>
}

/** Logs `count` citizens in, a few at a time. */
export async function logIn(world: World, count: number): Promise<Browser[]> {
  const browsers = Array.from({ length: count }, () => new Browser())
  const queue = [...browsers.entries()]
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [number, browser] = next
      const seen = await login(world, browser, number)
      if (!landed(seen)) throw new Error(`login: ${seen.status} ${seen.body.slice(0, 500)}`)
    }
  }
  await Promise.all(Array.from({ length: 4 }, lane))
  return browsers
}

export const landed = (seen: Seen): boolean =>
  (seen.status === 302 || seen.status === 303) && seen.location !== undefined

/** Keeps the browsers opening `path`, each after a pause, until stopped. */
export function keepVisiting(world: World, browsers: Browser[], path = '/page', every = 20): Load {
  const load = { pages: new Tally(), anonymous: 0, browsers }
  let going = true
  const loop = async (browser: Browser, number: number) => {
    for (let turn = number; going; turn++) {
      const seen = load.pages.add(await world.visit(browser, path, turn))
      if (seen.status === 302 || seen.status === 303 || seen.status === 401) load.anonymous += 1
      await pause(every)
    }
  }
  const loops = browsers.map(loop)
  return {
    pages: load.pages,
    get anonymous() {
      return load.anonymous
    },
    browsers,
    async stop() {
      going = false
      await Promise.all(loops)
    }
  }
}
