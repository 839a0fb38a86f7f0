import type { Browser } from '../browser.ts'
import { keepVisiting, landed, logIn } from '../load.ts'
import { startRedisSentinel } from '../processes/redis-sentinel.ts'
import { type Outcome, type Scenario, Verdict } from '../scenario.ts'
import { pause, Tally, until } from '../tally.ts'
import { timeout, type World } from '../world.ts'
import { expectCarried, halfWay, loggedOut } from './watched.ts'

/** Two operations of the store that each took all its time, and what a busy machine adds. */
const bound = 2 * timeout + 1000

/** Citizens who log in one after the other, each begun on one process and ended on the other. */
function keepLoggingIn(world: World) {
  const callbacks = new Tally()
  const answered: Browser[] = []
  let going = true
  const loop = async () => {
    for (let number = 0; going; number++) {
      const { browser, back } = await halfWay(world, number, number)
      const seen = callbacks.add(await back(number + 1))
      if (landed(seen)) answered.push(browser)
      await pause(50)
    }
  }
  const loops = [loop(), loop(), loop()]
  const stop = async () => {
    going = false
    await Promise.all(loops)
  }
  return { callbacks, answered, stop }
}

/** Pages and logins while `fault` runs; what was answered is there once all is well. */
async function under(world: World, fault: () => Promise<string>): Promise<Outcome> {
  const verdict = new Verdict()
  const browsers = await logIn(world, 20)
  const load = keepVisiting(world, browsers)
  const logins = keepLoggingIn(world)
  const begun = await Promise.all([0, 1, 2, 3].map((number) => halfWay(world, number, number)))
  await pause(1000)
  const told = await fault()
  const all = () => [...browsers, ...logins.answered]
  const recovered = await until(15_000, async () => (await loggedOut(world, all())) === 0)
  await pause(500)
  await Promise.all([load.stop(), logins.stop()])
  const ended = await Promise.all(begun.map(({ end }, number) => end(number + 1)))
  const gone = await loggedOut(world, all())
  const { callbacks, answered } = logins
  const slowest = Math.max(load.pages.longest, callbacks.longest)
  expectCarried(verdict, load, gone)
  verdict.expect(callbacks.unanswered === 0, `${callbacks.unanswered} logins without an answer`)
  verdict.expect(callbacks.total === answered.length + callbacks.count(503), `other answers to logins: ${callbacks}`)
  verdict.expect(callbacks.count(503) > 0 && load.pages.count(503) > 0, 'nothing was refused: the fault was not felt')
  verdict.expect(ended.every(Boolean), 'a login begun before the fault did not end')
  verdict.expect(slowest < bound, `an answer took ${Math.round(slowest)} ms`)
  verdict.expect(recovered < 15_000, 'it did not recover within 15 s')
  return {
    requests: load.pages.total + callbacks.total,
    lost: load.pages.unanswered + callbacks.unanswered + gone,
    longest: slowest,
    recovered,
    seen: `pages ${load.pages}; callbacks ${callbacks}; ${all().length - gone} of ${all().length} logins kept${told}`,
    wrong: verdict.wrong
  }
}

export const primaryStalls: Scenario = {
  name: 'A Redis that stalls under load',
  does: 'stopped in the middle (SIGSTOP) for 5 s (30 s with --long) while 20 citizens open pages and others log in, then let go on',
  run: (world, long) =>
    under(world, async () => {
      world.redis.stall()
      await pause(long ? 30_000 : 5000)
      world.redis.goOn()
      return ''
    })
}

export const sentinelPrimaryStalls: Scenario = {
  name: 'A primary of Redis Sentinel that stalls',
  does: 'two replicas, three sentinels; the primary stopped in the middle (SIGSTOP) until a replica has its place and for 3 s more, under the same load, then let go on',
  async run(world) {
    const sentinel = await startRedisSentinel()
    try {
      await world.move({ kind: 'sentinel', ports: [...sentinel.ports] })
      return await under(world, async () => {
        sentinel.stall()
        const replaced = await sentinel.replaced()
        await pause(3000)
        sentinel.goOn()
        const demoted = await sentinel.demoted()
        return `; a replica in its place after ${seconds(replaced)} s, following it ${seconds(demoted)} s after it went on`
      })
    } finally {
      await Promise.all(world.services.map((service) => service.kill()))
      await sentinel.close()
    }
  }
}

const seconds = (ms: number) => (ms / 1000).toFixed(1)
