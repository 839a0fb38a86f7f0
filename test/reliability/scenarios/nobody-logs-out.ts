import { Browser } from '../browser.ts'
import { login } from '../citizen.ts'
import { landed } from '../load.ts'
import type { Health } from '../processes/settings.ts'
import { type Scenario, Verdict } from '../scenario.ts'
import { Tally } from '../tally.ts'

/** Bytes that a login may take which a process keeps opened, with its cookies (src/session/remembered.ts). */
const each = 4500

export const nobodyLogsOut: Scenario = {
  name: '3,000 citizens who never log out',
  does: '3,000 logins on one process, each opens a page and leaves without a logout; then the first one comes back',
  async run(world) {
    const verdict = new Verdict()
    const service = world.services[0]!
    const logins = new Tally()
    const pages = new Tally()
    const first = new Browser()
    let number = 0
    const reach = async (end: number) => {
      const lane = async () => {
        while (number < end) {
          const own = number++
          const browser = own === 0 ? first : new Browser()
          const answer = logins.add(await login(world, browser, own, 0))
          verdict.expect(landed(answer), `login ${own}: ${answer.status}`)
          pages.add(await world.visit(browser, '/page'))
        }
      }
      await Promise.all(Array.from({ length: 8 }, lane))
      return (await service.ask<Health>('health')).heap
    }
    const empty = await reach(100)
    const before = await reach(1200)
    const after = await reach(3000)
    pages.add(await world.visit(first, '/page'))
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
    verdict.expect(pages.count(200) === pages.total, `pages: ${pages}`)
    const grown = Math.round((after - before) / 1800)
    verdict.expect(grown < each, `the heap grew by ${grown} bytes for a login kept opened`)
    return {
      requests: logins.total + pages.total,
      lost: logins.unanswered + pages.unanswered,
      longest: Math.max(logins.longest, pages.longest),
      recovered: 0,
      seen: `heap ${megabytes(empty)} after 100 logins, ${megabytes(before)} after 1200, ${megabytes(after)} after 3,000; the first one is still logged in`,
      wrong: verdict.wrong
    }
  }
}
