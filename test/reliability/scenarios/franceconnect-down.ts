import { Browser } from '../browser.ts'
import { begin, login, start } from '../citizen.ts'
import { keepVisiting, landed, logIn } from '../load.ts'
import { type Scenario, Verdict } from '../scenario.ts'
import { pause, Tally, until } from '../tally.ts'

export const franceConnectDown: Scenario = {
  name: 'FranceConnect down',
  does: 'every connection to it is cut for 5 s (60 s with --long) with logins half way, 10 citizens at work, one leaving',
  async run(world, long) {
    const verdict = new Verdict()
    const load = keepVisiting(world, await logIn(world, 10))
    const halfWay = await Promise.all(
      Array.from({ length: 5 }, async (_, i) => {
        const browser = new Browser()
        return { browser, back: await begin(world, browser, i) }
      })
    )
    const [leaver] = await logIn(world, 1)
    await world.sandbox.ask('fault', ['franceConnect', 'down'])
    const during = new Tally()
    for (const { browser, back } of halfWay) during.add(await world.visit(browser, back, 0))
    const left = during.add(await world.visit(leaver!, '/franceconnect/logout', 1))
    const afterLeaving = await world.visit(leaver!, '/page', 0)
    const begun = during.add(await start(world, new Browser(), 0))
    await pause(long ? 60_000 : 5000)
    await world.sandbox.ask('heal')
    const recovered = await until(10_000, async () => landed(await login(world, new Browser(), 0)))
    await load.stop()
    verdict.expect(during.count(503) === halfWay.length, `callbacks: ${during}`)
    verdict.expect(during.unanswered === 0, 'a request without an answer')
    verdict.expect(landed(left) && landed(begun), `logout ${left.status}, login started ${begun.status}`)
    verdict.expect(afterLeaving.status !== 200, 'the logout did not end the local login')
    verdict.expect(load.pages.count(200) === load.pages.total, `pages suffered: ${load.pages}`)
    verdict.expect(recovered < 5000, 'logins did not come back')
    return {
      requests: during.total + load.pages.total,
      lost: during.unanswered + load.pages.unanswered,
      longest: Math.max(during.longest, load.pages.longest),
      recovered,
      seen: `logins half way 503 × ${during.count(503)}; pages ${load.pages}; logout ${left.status}`,
      wrong: verdict.wrong
    }
  }
}
