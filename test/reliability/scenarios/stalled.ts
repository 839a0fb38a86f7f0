import { Browser } from '../browser.ts'
import { start, walk } from '../citizen.ts'
import { keepVisiting, landed, logIn } from '../load.ts'
import { startRedisSentinel } from '../processes/redis-sentinel.ts'
import { type Outcome, type Scenario, Verdict } from '../scenario.ts'
import { pause, Tally, until } from '../tally.ts'
import { timeout, type World } from '../world.ts'
import { expectCarried, halfWay, loggedOut } from './watched.ts'

/** Milliseconds that a busy machine adds. */
const busy = 2000
/** One question to the store that takes all its time. */
const pageBound = timeout + busy
/** One that a callback writes by, then the two by which what it had written is taken back. */
const callbackBound = 3 * timeout + busy

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

/** A citizen sent to FranceConnect by one process, who comes back to the other. */
async function atFranceConnect(world: World, number: number) {
  const browser = new Browser()
  const { location = '' } = await start(world, browser, number)
  return async () => landed(await world.visit(browser, await walk(world, location, number), number + 1))
}

/** Milliseconds that a fault took to be over for everybody, and what else was seen of it. `served` waits for everybody. */
type Fault = (served: () => Promise<number>) => Promise<{ recovered: number; told?: string }>

/** Pages and logins during a fault; what was answered is there once all is well. */
async function under(world: World, fault: Fault): Promise<Outcome> {
  const verdict = new Verdict()
  const browsers = await logIn(world, 20)
  const load = keepVisiting(world, browsers)
  const logins = keepLoggingIn(world)
  const begun = await Promise.all([0, 1, 2, 3].map((number) => atFranceConnect(world, number)))
  await pause(1000)
  const all = () => [...browsers, ...logins.answered]
  const { recovered, told = '' } = await fault(() => until(15_000, async () => (await loggedOut(world, all())) === 0))
  await pause(500)
  await Promise.all([load.stop(), logins.stop()])
  const ended = await Promise.all(begun.map((end) => end()))
  const gone = await loggedOut(world, all())
  const { callbacks, answered } = logins
  expectCarried(verdict, load, gone)
  verdict.expect(callbacks.unanswered === 0, `${callbacks.unanswered} logins without an answer`)
  verdict.expect(callbacks.total === answered.length + callbacks.count(503), `other answers to logins: ${callbacks}`)
  verdict.expect(callbacks.count(503) > 0 && load.pages.count(503) > 0, 'nothing was refused: the fault was not felt')
  verdict.expect(ended.every(Boolean), 'a login begun before the fault did not end')
  verdict.expect(load.pages.longest < pageBound, `a page took ${ms(load.pages)}`)
  verdict.expect(callbacks.longest < callbackBound, `a callback took ${ms(callbacks)}`)
  verdict.expect(recovered < 15_000, 'it did not recover within 15 s')
  return {
    requests: load.pages.total + callbacks.total,
    lost: load.pages.unanswered + callbacks.unanswered + gone,
    longest: Math.max(load.pages.longest, callbacks.longest),
    recovered,
    seen: `pages ${load.pages}, the slowest ${ms(load.pages)}; callbacks ${callbacks}, the slowest ${ms(callbacks)}; ${all().length - gone} of ${all().length} logins kept${told}`,
    wrong: verdict.wrong
  }
}

export const primaryStalls: Scenario = {
  name: 'A Redis that stalls under load',
  does: 'stopped in the middle (SIGSTOP) for 5 s (30 s with --long) while 20 citizens open pages and others log in, then let go on',
  run: (world, long) =>
    under(world, async (served) => {
      world.redis.stall()
      await pause(long ? 30_000 : 5000)
      world.redis.goOn()
      return { recovered: await served() }
    })
}

export const sentinelPrimaryStalls: Scenario = {
  name: 'A primary of Redis Sentinel that stalls',
  does: 'two replicas, three sentinels; the primary stopped in the middle (SIGSTOP) until a replica has its place and for 3 s more, under the same load, then let go on',
  async run(world) {
    const sentinel = await startRedisSentinel()
    try {
      await world.move({ kind: 'sentinel', ports: [...sentinel.ports] })
      return await under(world, async (served) => {
        sentinel.stall()
        const replaced = await sentinel.replaced()
        const recovered = replaced + (await served())
        await pause(3000)
        sentinel.goOn()
        const demoted = await sentinel.demoted()
        const told = `; a replica in its place after ${seconds(replaced)} s, followed ${seconds(demoted)} s after it went on`
        return { recovered, told }
      })
    } finally {
      await Promise.all(world.services.map((service) => service.kill()))
      await sentinel.close()
    }
  }
}

const ms = ({ longest }: Tally) => `${Math.round(longest)} ms`
const seconds = (ms: number) => (ms / 1000).toFixed(1)
