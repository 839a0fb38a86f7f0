import { keepVisiting, logIn } from '../load.ts'
import { startPostgres } from '../processes/postgres.ts'
import { type Scenario, Verdict } from '../scenario.ts'
import { pause, until } from '../tally.ts'
import { expectCarried, halfWay, loggedOut } from './watched.ts'

export const postgresRestarts: Scenario = {
  name: 'PostgreSQL killed and started again under load',
  does: 'sessions by connect-pg-simple; kill -9 while 20 citizens open pages on two processes, 3 s without it, then started again',
  async run(world) {
    const verdict = new Verdict()
    const postgres = await startPostgres()
    try {
      await world.move({ kind: 'postgres', url: postgres.url })
      // the first to come make the table
      for (const process of [0, 1]) await (await halfWay(world, process, process)).end(process)
      const browsers = await logIn(world, 20)
      const begun = await halfWay(world, 0, 0)
      const load = keepVisiting(world, browsers)
      await pause(1000)
      await postgres.kill()
      await pause(3000)
      await postgres.start()
      const recovered = await until(10_000, async () => (await loggedOut(world, browsers)) === 0)
      await pause(500)
      await load.stop()
      const gone = await loggedOut(world, browsers)
      expectCarried(verdict, load, gone)
      verdict.expect(load.pages.count(503) > 0, 'no request met the failure')
      verdict.expect(await begun.end(1), 'a login begun before the failure did not end')
      verdict.expect(load.pages.longest < 5000, 'an answer took more than 5 s')
      return {
        requests: load.pages.total,
        lost: load.pages.unanswered + gone,
        longest: load.pages.longest,
        recovered,
        seen: `${load.pages}; ${20 - gone} of 20 logins kept`,
        wrong: verdict.wrong
      }
    } finally {
      await Promise.all(world.services.map((service) => service.kill()))
      await postgres.close()
    }
  }
}
