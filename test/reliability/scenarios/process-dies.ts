import { Browser } from '../browser.ts'
import { begin, login } from '../citizen.ts'
import { landed } from '../load.ts'
import { type Scenario, Verdict } from '../scenario.ts'
import { pause, Tally } from '../tally.ts'

export const processDies: Scenario = {
  name: 'A process killed between callback and redirect',
  does: 'FranceConnect is slow, the process that handles 5 callbacks gets kill -9 meanwhile; the browsers try the other',
  async run(world) {
    const verdict = new Verdict()
    const before = await world.redis.size()
    const begun = await Promise.all(
      Array.from({ length: 10 }, async (_, i) => {
        const browser = new Browser()
        return { browser, back: await begin(world, browser, i, 0) }
      })
    )
    const [inside, waiting] = [begun.slice(0, 5), begun.slice(5)]
    await world.sandbox.ask('fault', ['franceConnect', { kind: 'slow', delay: 800 }])
    const doomed = world.services[0]!
    const cut = inside.map(({ browser, back }) => world.visit(browser, back, 0))
    await pause(400)
    await doomed.kill()
    const broken = await Promise.all(cut)
    await world.sandbox.ask('heal')

    const answers = new Tally()
    const again = await Promise.all(inside.map(({ browser, back }) => world.visit(browser, back, 1)))
    for (const seen of again) answers.add(seen)
    const others = await Promise.all(waiting.map(({ browser, back }) => world.visit(browser, back, 1)))
    for (const seen of others) answers.add(seen)
    const halfLoggedIn = await Promise.all(
      inside.map(
        async ({ browser }, i) => !landed(again[i]!) && (await world.visit(browser, '/page', 1)).status === 200
      )
    )
    const retried = await Promise.all(inside.map(({ browser }, i) => login(world, browser, i, 1)))
    world.services[0] = await world.startService({ port: doomed.port })
    const pages = await Promise.all(begun.map(({ browser }) => world.visit(browser, '/page', 0)))

    const saved = others.filter(landed).length
    verdict.expect(
      broken.every(({ status }) => status === 0),
      'the process was not killed in time'
    )
    verdict.expect(answers.unanswered === 0, 'a request without an answer')
    verdict.expect(
      again.every((seen) => landed(seen) || seen.status === 400),
      `tried again: ${answers}`
    )
    verdict.expect(!halfLoggedIn.includes(true), 'somebody was logged in without a callback that said so')
    verdict.expect(saved === waiting.length, `${waiting.length - saved} logins begun on the dead process were lost`)
    verdict.expect(retried.every(landed), 'a new login did not work')
    verdict.expect(
      pages.every(({ status }) => status === 200),
      'a login is unknown to the process that came back'
    )
    verdict.expect((await world.redis.size()) - before <= 3 * begun.length, 'the store keeps what nobody uses')
    return {
      requests: 10 + answers.total,
      lost: waiting.length - saved,
      longest: answers.longest,
      recovered: 0,
      seen: `5 callbacks cut, tried again on the other process: ${again.filter(landed).length} logged in, ${again.filter(({ status }) => status === 400).length} told to start again and then logged in; ${saved} of 5 logins begun before ended on it`,
      wrong: verdict.wrong
    }
  }
}
