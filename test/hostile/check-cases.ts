import type { Test } from 'tap'
import { type Case, describe, statusOf } from './case.ts'
import { type Report, runCases } from './run-case.ts'
import { SocketWatch } from './sockets.ts'

/** Longest that a login may take beyond its own time-out on a machine under load: what it waits for never ends. */
const slack = 15_000

/** One subtest per case, over reports made a few at a time. */
export async function checkCases(t: Test, cases: Case[]): Promise<void> {
  const watch = new SocketWatch()
  const reports = await runCases(cases)
  watch.stop()
  for (const one of cases) {
    await t.test(`${one.line} ${one.name}: ${one.does}`, async (t) => check(t, one, reports.get(one.name)!))
  }
  const ports = [...reports.values()].flatMap((report) => report.ports)
  t.same(watch.strangers(ports), [], 'no other host was contacted')
  t.equal(({} as { polluted?: unknown }).polluted, undefined, 'Object.prototype is as it was')
}

function check(t: Test, one: Case, report: Report): void {
  t.equal(report.outcome, one.expect, describe(one.expect))
  if (report.outcome in statusOf) {
    t.equal(report.status, statusOf[report.outcome as keyof typeof statusOf], 'status of the code')
  }
  t.ok(report.ms < (one.options?.timeout ?? 10_000) + slack, `bounded time: ${Math.round(report.ms)} ms`)
  if (one.bytes) t.ok(report.sent < one.bytes, `left after ${report.sent} bytes`)
  const most = { token: 1, userinfo: 1, jwks: 2, ...one.calls }
  t.ok(report.calls.token <= most.token, `${report.calls.token} token requests`)
  t.ok(report.calls.userinfo <= most.userinfo, `${report.calls.userinfo} userinfo requests`)
  t.ok(report.calls.jwks <= most.jwks, `${report.calls.jwks} key requests`)
  t.same(report.leaks, [], 'no secret in page, log, error or store')
  t.equal(report.stored, 0, 'a refused login stores nothing')
  t.same(report.visits, [], 'the canary was left alone')
  t.notMatch(report.page, /<script|onerror=/i, 'no markup of the provider in the page')
  if (report.accepted) t.equal(one.accepted?.(report.accepted), undefined, 'the login shows what was sent')
  t.equal(report.recovered, true, 'a healthy login right after')
  t.notOk(report.headers['set-cookie']?.toString().includes('forge'), 'no cookie of the provider')
}
