import { Browser } from '../browser.ts'
import { begin } from '../citizen.ts'
import { landed } from '../load.ts'
import { type Scenario, Verdict } from '../scenario.ts'
import { Tally } from '../tally.ts'
import { baseUrl, type World } from '../world.ts'

export const twoProcesses: Scenario = {
  name: 'Two processes',
  does: '20 citizens start on one, come back on the other twice at once, reload on the first, read on both, leave on one',
  async run(world) {
    const verdict = new Verdict()
    const answers = new Tally()
    const wrong = new Map<string, number>()
    const citizens = Array.from({ length: 20 }, (_, number) => number)
    for (const problem of (await Promise.all(citizens.map((number) => visit(world, number, answers)))).flat())
      wrong.set(problem, (wrong.get(problem) ?? 0) + 1)
    for (const [problem, count] of wrong) verdict.expect(false, `${problem} (${count} times)`)
    verdict.expect(answers.unanswered === 0, 'a request without an answer')
    return {
      requests: answers.total,
      lost: answers.unanswered,
      longest: answers.longest,
      recovered: 0,
      seen: `${answers}`,
      wrong: verdict.wrong
    }
  }
}

async function visit(world: World, number: number, answers: Tally): Promise<string[]> {
  const problems = new Verdict()
  const browser = new Browser()
  const on = async (path: string, process: number) => answers.add(await world.visit(browser, path, process))
  const back = await begin(world, browser, number, 0)
  const both = await Promise.all([on(back, 1), on(back, 1)])
  problems.expect(both.some(landed), 'a callback opened twice at once on a process logged nobody in')
  problems.expect(landed(await on(back, 0)), 'a callback reloaded on another process does not lead to its page')
  problems.expect((await on('/page', 0)).status === 200, 'a login is unknown to the process that started it')
  problems.expect((await on('/data', 1)).status === 200, 'the token is not found on another process')
  const cookie = browser.jar(baseUrl).header(new URL(baseUrl))
  problems.expect(landed(await on('/franceconnect/logout', 0)), 'the logout failed')
  const headers = { cookie, accept: 'application/json', 'sec-fetch-mode': 'cors' }
  const { port } = world.services[1]!
  const old = answers.add(await new Browser().open(`${baseUrl}/page`, { port, headers }))
  problems.expect(old.status === 401, 'a logout on one process leaves the login open on the other')
  return problems.wrong
}
