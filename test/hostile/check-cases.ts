import type { Test } from 'tap'
import { type Case, describe, statusOf } from './case.ts'
import { type Report, runCases } from './run-case.ts'
import { SocketWatch } from './sockets.ts'

/** Longest that a login may take beyond its own time-out on a machine under load: what it waits for never ends. */
const slack = 15_000

/** One subtest per case, over reports made a few at a time. */
export async function checkCases(t: Test, cases: Case[]): Promise<void> {
  t.setTimeout(300_000)
  const watch = new SocketWatch()
  const reports = await runCases(cases)
  watch.stop()
  for (const one of cases) {
    await t.test(`${one.line} ${one.name}: ${one.does}`, async (t) => {
      t.same(problemsOf(one, reports.get(one.name)!), [], describe(one.expect))
    })
  }
  const ports = [...reports.values()].flatMap((report) => report.ports)
  t.same(watch.strangers(ports), [], 'no other host was contacted')
  t.equal(({} as { polluted?: unknown }).polluted, undefined, 'Object.prototype is as it was')
}

/** Everything that a faulty login must not do, and did. */
function problemsOf(one: Case, report: Report): string[] {
  const { outcome, status, ms, sent, calls, page } = report
  const most = { token: 1, userinfo: 1, jwks: 2, ...one.calls }
  const right = one.expect === 'login' ? [302, 303] : [statusOf[one.expect]]
  const accepted = report.accepted && one.accepted?.(report.accepted)
  const problems: [boolean, string][] = [
    [outcome !== one.expect, `expected ${one.expect}, got ${outcome}`],
    [!right.includes(status as never), `status ${status}`],
    [ms > (one.options?.timeout ?? 10_000) + slack, `${Math.round(ms)} ms`],
    [one.bytes !== undefined && sent > one.bytes, `the provider could send ${sent} bytes`],
    [calls.token > most.token, `${calls.token} token requests`],
    [calls.userinfo > most.userinfo, `${calls.userinfo} userinfo requests`],
    [calls.jwks > most.jwks, `${calls.jwks} key requests`],
    [report.leaks.length > 0, `shown: ${report.leaks.join(', ')}`],
    [report.stored !== 0, 'a refused login stored something'],
    [report.visits.length > 0, `the canary was visited: ${report.visits.join(', ')}`],
    [/<script|onerror=/i.test(page), 'markup of the provider in the page'],
    [String(report.headers['set-cookie']).includes('forge'), 'a cookie of the provider'],
    [accepted !== undefined, `${accepted}`],
    [report.recovered !== true, `the healthy login right after: ${report.recovered}`]
  ]
  return problems.filter(([wrong]) => wrong).map(([, problem]) => problem)
}
