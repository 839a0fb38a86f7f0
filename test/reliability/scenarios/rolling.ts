import { keepVisiting, logIn } from '../load.ts'
import type { ServiceSettings } from '../processes/settings.ts'
import { type Scenario, Verdict } from '../scenario.ts'
import { pause, tallyOf } from '../tally.ts'
import type { World } from '../world.ts'
import { expectCarried, halfWay, loggedOut } from './watched.ts'

/** One process after the other under load; logins begun on the old one end on the new one, and the other way round. */
async function rollThrough(world: World, steps: Partial<ServiceSettings>[]) {
  const verdict = new Verdict()
  await world.roll({ hold: 300 }, async () => {})
  const browsers = await logIn(world, 20)
  const read = await Promise.all(browsers.map((browser, i) => world.visit(browser, '/data', i)))
  const before = tallyOf(read)
  verdict.expect(before.count(200) === read.length, `data before the restart: ${before}`)
  const load = keepVisiting(world, browsers)
  let crossed = 0
  let asked = 0
  for (const step of steps) {
    const across = await halfWay(world, 0, 1)
    await world.roll(step, async () => {
      await pause(500)
      // the first process is of the new version, the second one of the old or of the new
      const here = await halfWay(world, 1, 0)
      const there = await halfWay(world, 2, 1)
      for (const ended of [await here.end(1), await there.end(0)]) {
        asked += 1
        if (ended) crossed += 1
      }
      browsers.push(here.browser, there.browser)
    })
    asked += 1
    if (await across.end(0)) crossed += 1
    browsers.push(across.browser)
    await Promise.all(browsers.map((browser, i) => world.visit(browser, '/data', i)))
  }
  await pause(500)
  await load.stop()
  const gone = await loggedOut(world, browsers)
  const data = await Promise.all(browsers.map((browser, i) => world.visit(browser, '/data', i)))
  expectCarried(verdict, load, gone)
  verdict.expect(crossed === asked, `${asked - crossed} logins did not end on the other version`)
  const after = tallyOf(data)
  verdict.expect(after.count(200, 303) === browsers.length, `readers of data got neither it nor a login: ${after}`)
  return {
    requests: load.pages.total,
    lost: load.pages.unanswered + gone + asked - crossed,
    longest: load.pages.longest,
    recovered: 0,
    seen: `${load.pages}; ${browsers.length - gone} of ${browsers.length} logins kept, ${crossed} of ${asked} logins half way ended on another version`,
    wrong: verdict.wrong
  }
}

export const rollingRestart: Scenario = {
  name: 'A rolling restart over two versions of what is stored',
  does: 'under load, one process after the other: to a version that reads the next formats, to one that writes them, and back',
  run: (world) => rollThrough(world, [{ formats: 'reads-next' }, { formats: 'writes-next' }, { formats: 'reads-next' }])
}

const first = 'secret-des-sessions-fiables-0123456789abcdef'
const second = 'secret-qui-le-remplace-0123456789abcdefghijkl'

export const rollingSecret: Scenario = {
  name: 'A rolling rotation of the secret',
  does: 'under load, one process after the other: the new secret is read, then it seals',
  run: (world) => rollThrough(world, [{ secret: [first, second] }, { secret: [second, first] }])
}
