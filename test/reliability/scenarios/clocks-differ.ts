import { Browser } from '../browser.ts'
import { login } from '../citizen.ts'
import { landed } from '../load.ts'
import { type Scenario, Verdict } from '../scenario.ts'
import { Tally } from '../tally.ts'

/** Seconds between the clock of the service and FranceConnect's, and whether a login is possible. */
const cases: [ahead: number, possible: boolean][] = [
  [-8, true],
  [8, true],
  [-30, false],
  [75, false]
]

export const clocksDiffer: Scenario = {
  name: 'Clocks that differ',
  does: 'a service 8 s behind or ahead of FranceConnect, then 30 s behind and 75 s ahead, tolerance 10 s',
  async run(world) {
    const verdict = new Verdict()
    const answers = new Tally()
    const seen: string[] = []
    for (const [ahead, possible] of cases) {
      const service = await world.startService({ clockAhead: ahead })
      const number = world.services.push(service) - 1
      const answer = answers.add(await login(world, new Browser(), 0, number))
      seen.push(`${ahead > 0 ? '+' : ''}${ahead} s: ${landed(answer) ? 'logged in' : `refused, ${answer.status}`}`)
      verdict.expect(possible ? landed(answer) : answer.status === 502, `${ahead} s: ${answer.status}`)
      const home = answers.add(await world.visit(new Browser(), '/', number))
      verdict.expect(home.status === 200, 'the other pages suffer')
    }
    return {
      requests: answers.total,
      lost: answers.unanswered,
      longest: answers.longest,
      recovered: 0,
      seen: seen.join('; '),
      wrong: verdict.wrong
    }
  }
}
