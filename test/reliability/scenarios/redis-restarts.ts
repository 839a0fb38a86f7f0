import { keepVisiting, logIn } from '../load.ts'
import { type Scenario, Verdict } from '../scenario.ts'
import { pause, until } from '../tally.ts'

export const redisRestarts: Scenario = {
  name: 'Redis killed and started again under load',
  does: 'kill -9 while 20 citizens open pages on two processes, 3 s without it (30 s with --long), then started again',
  async run(world, long) {
    const verdict = new Verdict()
    const load = keepVisiting(world, await logIn(world, 20))
    await pause(1000)
    await world.redis.kill()
    await pause(long ? 30_000 : 3000)
    await world.redis.start()
    const recovered = await until(10_000, async () => (await world.visit(load.browsers[0]!, '/page')).status === 200)
    await pause(1000)
    await load.stop()
    const after = await Promise.all(load.browsers.map((browser, i) => world.visit(browser, '/page', i)))
    const gone = after.filter(({ status }) => status !== 200).length
    verdict.expect(load.pages.unanswered === 0, `${load.pages.unanswered} requests without an answer`)
    verdict.expect(load.anonymous === 0, `${load.anonymous} times somebody logged in was taken for a stranger`)
    verdict.expect(load.pages.count(503) > 0, 'no request met the failure')
    verdict.expect(load.pages.total === load.pages.count(200, 503), `other answers: ${load.pages}`)
    verdict.expect(gone === 0, `${gone} logins were lost`)
    verdict.expect(load.pages.longest < 5000, 'an answer took more than 5 s')
    verdict.expect(recovered < 5000, 'it did not recover within 5 s')
    return {
      requests: load.pages.total,
      lost: load.pages.unanswered + gone,
      longest: load.pages.longest,
      recovered,
      seen: `${load.pages}; ${20 - gone} of 20 logins kept`,
      wrong: verdict.wrong
    }
  }
}
