import { keepVisiting, logIn } from '../load.ts'
import type { ServiceSettings } from '../processes/settings.ts'
import { type Scenario, Verdict } from '../scenario.ts'
import { pause, Tally, tallyOf } from '../tally.ts'
import type { World } from '../world.ts'
import { expectCarried, halfWay, loggedOut } from './watched.ts'

/** Milliseconds, as the plugins have it without options: FranceConnect slow on a busy machine is another misfortune. */
const patience = 15_000

/** One process after the other under load; logins begun on the old one end on the new one, and the other way round. */
async function rollThrough(world: World, steps: Partial<ServiceSettings>[]) {
  const verdict = new Verdict()
  await world.roll({ hold: 300, timeout: patience }, async () => {})
  const browsers = await logIn(world, 20)
  const read = await Promise.all(browsers.map((browser, i) => world.visit(browser, '/data', i)))
  const before = tallyOf(read)
  verdict.expect(before.count(200) === read.length, `data before the restart: ${before}`)
  const load = keepVisiting(world, browsers)
  const ends = new Tally()
  for (const step of steps) {
    const across = await halfWay(world, 0, 1)
    await world.roll(step, async () => {
      await pause(500)
      // the first process is of the new version, the second one of the old or of the new
      const here = await halfWay(world, 1, 0)
      const there = await halfWay(world, 2, 1)
      ends.add(await here.back(1))
      ends.add(await there.back(0))
      browsers.push(here.browser, there.browser)
    })
    ends.add(await across.back(0))
    browsers.push(across.browser)
    await Promise.all(browsers.map((browser, i) => world.visit(browser, '/data', i)))
  }
  await pause(500)
  await load.stop()
  const gone = await loggedOut(world, browsers)
  const data = await Promise.all(browsers.map((browser, i) => world.visit(browser, '/data', i)))
  const crossed = ends.count(302, 303)
  expectCarried(verdict, load, gone)
  verdict.expect(crossed === ends.total, `logins did not end on the other version: ${ends}`)
  const after = tallyOf(data)
  verdict.expect(after.count(200, 303) === browsers.length, `readers of data got neither it nor a login: ${after}`)
  return {
    requests: load.pages.total,
    lost: load.pages.unanswered + gone + ends.total - crossed,
    longest: load.pages.longest,
    recovered: 0,
    seen: `${load.pages}; ${browsers.length - gone} of ${browsers.length} logins kept, ${crossed} of ${ends.total} logins half way ended on another version`,
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
