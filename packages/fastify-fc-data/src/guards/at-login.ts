import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyRequest } from 'fastify'
import { type Call, callOf } from '../calls/call.ts'
import { type Subject, subjectOfLogin } from '../calls/login/access-token.ts'
import type { PluginLogin } from '../calls/login/login-plugin.ts'
import type { Calls } from '../calls/pipeline.ts'
import type { Hold } from '../held/hold.ts'
import type { EnabledApi } from '../options/enabled-api.ts'
import { type Alternatives, alternativesOf, earlierOf, needText } from './need.ts'

export interface AtLoginOptions {
  apis: ReadonlyMap<string, EnabledApi>
  /** Called at every login. */
  prefetch: readonly string[]
  calls: Calls
  hold: Hold
  /** Milliseconds that the callback waits for data in all. */
  callbackTimeout: number
}

/** Milliseconds given to the store to hear what is still to come. */
const LEAVING = 500
/** Milliseconds between two words that a call is still under way. */
const BEAT = 1000
/** Seconds that such a word is good for: how long a page waits for a process that died. */
const GOOD_FOR = 4

/** Calls that the callback made, which may outlive it. */
interface UnderWay {
  /** Settled when all is over, or when the provider makes it wait: the citizen does not. */
  waitedFor: Promise<unknown>
  /** Says to the other processes what is still to come, again and again until it has come. */
  leave(): Promise<unknown>
}

/**
 * Work of the callback, while the token lives: what is prefetched and what the page needs, in parallel, waited for a few
 * seconds in all. What is not over goes on, and the page joins it or finds its outcome: an answer, or an error that is kept
 * so that the page can offer its form instead.
 */
export function createAtLogin({ apis, prefetch, calls, hold, callbackTimeout }: AtLoginOptions) {
  function start(request: FastifyRequest, subject: Subject, alternatives: Alternatives): UnderWay {
    const toCome = new Set(alternatives)
    const marked = new Set<Call>()
    let waits: () => void = () => undefined
    const waiting = new Promise<void>((resolve) => {
      waits = resolve
    })

    async function make(): Promise<void> {
      for (const call of alternatives) {
        const options = { forThePage: true, onWait: () => waits() }
        const result = await calls.run(request, subject, call, options).catch(() => null)
        toCome.delete(call)
        if (result?.data !== null) break
      }
      const unmade = [...toCome].filter((call) => marked.has(call))
      toCome.clear()
      await Promise.all(unmade.map((call) => hold.drop(subject.loginId, call.key)))
    }

    async function tell(): Promise<void> {
      const left = [...toCome]
      for (const call of left) marked.add(call)
      await Promise.all(left.map((call) => hold.write(subject.loginId, call.key, { pending: true }, GOOD_FOR)))
    }

    async function beat(): Promise<void> {
      while (toCome.size > 0) {
        await sleep(BEAT, undefined, { ref: false })
        await tell()
      }
    }

    const over = make()
    return {
      waitedFor: Promise.race([over, waiting]),
      async leave() {
        await tell()
        void beat()
      }
    }
  }

  return async (request: FastifyRequest, login: PluginLogin, needs: readonly string[]): Promise<void> => {
    if (!hold.enabled) return
    const subject = subjectOfLogin(login)
    const opened = hold.open(login.id, login.sub, earlierOf(needs), request)
    const wanted = new Map(prefetch.map((name) => [callOf(apis.get(name)!, undefined)] as const).map(keyed))
    for (const need of needs) {
      const alternatives = alternativesOf(need, apis)
      if (alternatives) wanted.set(...keyed(alternatives))
    }
    const stop = new AbortController()
    const late = sleep(callbackTimeout, undefined, { signal: stop.signal }).catch(() => undefined)
    const underWay = [...wanted.values()].map((alternatives) => start(request, subject, alternatives))
    const settled = opened.then(() => calls.settle(request, login.id))
    await Promise.race([late, Promise.all([settled, ...underWay.map(({ waitedFor }) => waitedFor)])])
    stop.abort()
    await Promise.race([Promise.all(underWay.map(({ leave }) => leave())), sleep(LEAVING, undefined, { ref: false })])
  }
}

function keyed(alternatives: Alternatives): [string, Alternatives] {
  return [needText(alternatives), alternatives]
}
