import { Browser } from '../browser.ts'
import { begin, login } from '../citizen.ts'
import { landed } from '../load.ts'
import { type Scenario, Verdict } from '../scenario.ts'
import { Tally } from '../tally.ts'

export const keysRotate: Scenario = {
  name: 'Signing keys changed in the middle of logins',
  does: 'four rotations under the same kid, each with 8 logins between their start and their callback',
  async run(world) {
    const verdict = new Verdict()
    const callbacks = new Tally()
    let failed = 0
    for (let round = 0; round < 4; round++) {
      const started = await Promise.all(
        Array.from({ length: 8 }, async (_, i) => {
          const browser = new Browser()
          return { browser, back: await begin(world, browser, i) }
        })
      )
      await world.sandbox.ask('rotate')
      const ended = await Promise.all(started.map(({ browser, back }, i) => world.visit(browser, back, i)))
      for (const seen of ended) {
        callbacks.add(seen)
        if (!landed(seen)) failed += 1
      }
    }
    const after = callbacks.add(await login(world, new Browser(), 0))
    verdict.expect(failed === 0 && landed(after), `${failed} logins failed: ${callbacks}`)
    return {
      requests: callbacks.total,
      lost: failed,
      longest: callbacks.longest,
      recovered: 0,
      seen: `callbacks ${callbacks}`,
      wrong: verdict.wrong
    }
  }
}
