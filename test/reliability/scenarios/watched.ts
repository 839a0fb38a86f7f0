import { Browser } from '../browser.ts'
import { begin } from '../citizen.ts'
import { type Load, landed } from '../load.ts'
import type { Verdict } from '../scenario.ts'
import type { World } from '../world.ts'

/** A login begun on one process: `back` and `end` bring it back to another. */
export async function halfWay(world: World, number: number, process: number) {
  const browser = new Browser()
  const callback = await begin(world, browser, number, process)
  const back = (on: number) => world.visit(browser, callback, on)
  return { browser, back, end: async (on: number) => landed(await back(on)) }
}

/** What became of citizens who were logged in before, once all is well: how many are not any more. */
export async function loggedOut(world: World, browsers: readonly Browser[]): Promise<number> {
  const pages = await Promise.all(browsers.map((browser, i) => world.visit(browser, '/page', i)))
  return pages.filter(({ status }) => status !== 200).length
}

/** What holds of every load: an answer to each request, and nobody logged in taken for a stranger. */
export function expectCarried(verdict: Verdict, load: Load, gone: number): void {
  verdict.expect(load.pages.unanswered === 0, `${load.pages.unanswered} requests without an answer`)
  verdict.expect(load.anonymous === 0, `${load.anonymous} times somebody logged in was taken for a stranger`)
  verdict.expect(load.pages.total === load.pages.count(200, 503), `other answers: ${load.pages}`)
  verdict.expect(gone === 0, `${gone} logins were lost`)
}
