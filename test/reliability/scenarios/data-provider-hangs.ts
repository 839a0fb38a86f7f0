import type { Browser } from '../browser.ts'
import { login } from '../citizen.ts'
import { keepVisiting, logIn } from '../load.ts'
import { type Scenario, Verdict } from '../scenario.ts'
import { pause, Tally, until } from '../tally.ts'
import { timeout, type World } from '../world.ts'

export const dataProviderHangs: Scenario = {
  name: 'A data provider that never answers',
  does: 'API Particulier hangs for 8 s (60 s with --long) while 10 citizens ask for data and 10 others open pages',
  async run(world, long) {
    const verdict = new Verdict()
    const browsers = await logIn(world, 20)
    await world.sandbox.ask('fault', ['apiParticulier', 'hang'])
    const data = new Tally()
    const pages = keepVisiting(world, browsers.slice(10))
    const end = performance.now() + (long ? 60_000 : 8000)
    const ask = async (browser: Browser, i: number) => {
      while (performance.now() < end) {
        data.add(await world.visit(browser, '/data', i))
        await pause(100)
      }
    }
    await Promise.all(browsers.slice(0, 10).map(ask))
    await pages.stop()
    await world.sandbox.ask('heal')
    const recovered = await until(60_000, async () => healed(world, browsers[0]!))
    verdict.expect(data.unanswered === 0, `${data.unanswered} data requests without an answer`)
    verdict.expect(data.count(200) === 0, 'data came out of a provider that hangs')
    verdict.expect(data.total === data.count(503, 504, 401), `other answers: ${data}`)
    verdict.expect(data.longest < 2 * timeout + 1500, `a data request took ${Math.round(data.longest)} ms`)
    verdict.expect(pages.pages.count(200) === pages.pages.total, `pages suffered: ${pages.pages}`)
    verdict.expect(pages.pages.longest < 1500, `a page took ${Math.round(pages.pages.longest)} ms`)
    verdict.expect(recovered < 45_000, 'data did not come back')
    return {
      requests: data.total + pages.pages.total,
      lost: data.unanswered + pages.pages.unanswered,
      longest: data.longest,
      recovered,
      seen: `data ${data}; pages ${pages.pages}, the slowest ${Math.round(pages.pages.longest)} ms`,
      wrong: verdict.wrong
    }
  }
}

/** A new login each time: the token of the first lives sixty seconds. */
async function healed(world: World, browser: Browser): Promise<boolean> {
  await login(world, browser, 0)
  const first = await world.visit(browser, '/data', 0)
  const second = await world.visit(browser, '/data', 1)
  return first.status === 200 && second.status === 200
}
