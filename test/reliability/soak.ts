import { Browser, type Seen } from './browser.ts'
import { login } from './citizen.ts'
import { landed } from './load.ts'
import type { Health } from './processes/settings.ts'
import { type Outcome, Verdict } from './scenario.ts'
import { pause, Tally } from './tally.ts'
import type { World } from './world.ts'

export interface Sample extends Health {
  seconds: number
  process: number
  keys: number
}

const kinds = ['login', 'page', 'data', 'logout'] as const

/** Logins, pages, data calls and logouts mixed, for `seconds`; heap, sockets and timers of each process on the way. */
export async function soak(world: World, seconds: number): Promise<Outcome & { samples: Sample[] }> {
  const tallies = { login: new Tally(), page: new Tally(), data: new Tally(), logout: new Tally() }
  const samples: Sample[] = []
  const strange: string[] = []
  const started = performance.now()
  const end = started + seconds * 1000
  const note = (kind: (typeof kinds)[number], seen: Seen, fine: boolean) => {
    tallies[kind].add(seen)
    if (!fine && strange.length < 5) strange.push(`${kind} ${seen.status} ${seen.body.slice(0, 120)}`)
  }
  const citizen = async (number: number) => {
    for (let turn = number; performance.now() < end; turn++) {
      const browser = new Browser()
      const home = await login(world, browser, turn, turn)
      note('login', home, landed(home))
      for (let i = 0; i < 8; i++) {
        const page = await world.visit(browser, '/page', turn + i)
        note('page', page, page.status === 200)
        if (i % 2 === 0) {
          const data = await world.visit(browser, '/data', turn + i)
          note('data', data, data.status === 200)
        }
        await pause(20)
      }
      const out = await world.visit(browser, '/franceconnect/logout', turn + 1)
      note('logout', out, landed(out))
    }
  }
  const watch = async () => {
    while (performance.now() < end) {
      const keys = await world.redis.size()
      for (const [process, service] of world.services.entries())
        samples.push({
          seconds: Math.round((performance.now() - started) / 1000),
          process,
          keys,
          ...(await service.ask<Health>('health'))
        })
      await pause(Math.min(10_000, (seconds * 1000) / 12))
    }
  }
  await Promise.all([watch(), ...Array.from({ length: 8 }, (_, number) => citizen(number))])
  const verdict = new Verdict()
  const all = kinds.map((kind) => tallies[kind])
  verdict.expect(strange.length === 0, strange.join(' | '))
  for (const process of world.services.keys()) {
    const own = samples.filter((sample) => sample.process === process)
    const third = Math.max(1, Math.floor(own.length / 3))
    const least = (list: Sample[], key: 'heap' | 'sockets' | 'timers') => Math.min(...list.map((sample) => sample[key]))
    for (const [key, slack] of [
      ['heap', 3e6],
      ['sockets', 20],
      ['timers', 20]
    ] as const) {
      const [early, late] = [least(own.slice(third, 2 * third + 1), key), least(own.slice(-third), key)]
      verdict.expect(late <= early + slack, `process ${process}: ${key} ${early} then ${late}`)
    }
  }
  return {
    samples,
    requests: all.reduce((sum, tally) => sum + tally.total, 0),
    lost: all.reduce((sum, tally) => sum + tally.unanswered, 0),
    longest: Math.max(...all.map((tally) => tally.longest)),
    recovered: 0,
    seen: kinds.map((kind) => `${kind} ${tallies[kind]}`).join('; '),
    wrong: verdict.wrong
  }
}
