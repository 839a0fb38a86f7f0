import type { Browser, Seen } from './browser.ts'
import type { World } from './world.ts'

/** Logins of the sandbox's citizens that have a family benefits file. */
const names = ['test', 'avec_nom_dusage', 'nom_composé', 'plusieurs_prénoms_3', 'prénom_composé']

/** Starts a login on one process of the service. */
export function start(world: World, browser: Browser, process: number): Promise<Seen> {
  return world.visit(browser, '/franceconnect/login', process)
}

/** Passes by FranceConnect as the citizen of this number; gives the path and query of the callback. */
export async function walk(world: World, location: string, number: number): Promise<string> {
  const callback = await world.sandbox.ask<string>('authorize', [location, names[number % names.length]])
  const { pathname, search } = new URL(callback)
  return pathname + search
}

/** A login half way: the browser is about to be sent back to the service. */
export async function begin(world: World, browser: Browser, number: number, process = number): Promise<string> {
  const started = await start(world, browser, process)
  if (!started.location) throw new Error(`login: ${started.status} ${started.body.slice(0, 500)}`)
  return walk(world, started.location, number)
}

/** A whole login, on one process; gives the answer of the callback. */
export async function login(world: World, browser: Browser, number: number, process = number): Promise<Seen> {
  const started = await start(world, browser, process)
  if (!started.location) return started
  return world.visit(browser, await walk(world, started.location, number), process)
}
