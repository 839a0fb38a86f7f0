import { Browser } from '../browser.ts'
import { login, start } from '../citizen.ts'
import { landed } from '../load.ts'
import type { Health } from '../processes/settings.ts'
import { type Scenario, Verdict } from '../scenario.ts'
import { Tally } from '../tally.ts'

export const loginsNeverReturn: Scenario = {
  name: '10,000 logins that never return',
  does: '10,000 browsers start a login on one process, 32 at once, and stay at FranceConnect',
  async run(world) {
    const verdict = new Verdict()
    const service = world.services[0]!
    for (let i = 0; i < 200; i++) await start(world, new Browser(), 0)
    const keys = await world.redis.size()
    const before = await service.ask<Health>('health')
    const answers = new Tally()
    let left = 10_000
    const lane = async () => {
      while (left-- > 0) answers.add(await start(world, new Browser(), 0))
    }
    await Promise.all(Array.from({ length: 32 }, lane))
    const after = await service.ask<Health>('health')
    const stored = (await world.redis.size()) - keys
    const grown = after.heap - before.heap
    const next = await login(world, new Browser(), 0)
    verdict.expect(answers.count(302, 303) === answers.total, `${answers}`)
    verdict.expect(stored === 0, `${stored} keys in the store`)
    verdict.expect(grown < 4e6, `the heap grew by ${grown} bytes`)
    verdict.expect(landed(next), `the next login: ${next.status}`)
    return {
      requests: answers.total,
      lost: answers.unanswered,
      longest: answers.longest,
      recovered: 0,
      seen: `${stored} keys in the store, heap ${(grown / 1e6).toFixed(1)} MB more`,
      wrong: verdict.wrong
    }
  }
}
