import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpClient } from 'franceconnect-protocol/http'
import { fcDataError } from '../errors.ts'
import type { EnabledApi } from '../options/enabled-api.ts'
import { type Circuit, createCircuit, type Verdict } from '../waiting/circuit.ts'
import { publishCircuit } from '../waiting/circuit-channel.ts'
import { createTries, type Tries } from '../waiting/healing.ts'
import { LONGEST_WAIT } from '../waiting/not-now.ts'
import { createPauses } from '../waiting/pauses.ts'
import { TryFailure } from '../waiting/try-failure.ts'
import type { Call } from './call.ts'
import type { Exchanged, ExchangeFor } from './exchanged.ts'
import { createTryOnce } from './try-once.ts'

/** The HTTP side of a call: credentials, tries, waits, pauses and circuit. */
export interface Exchanges {
  /** Calls until a good answer, a failure that does not heal, or the end of the time given. Throws an {@link FcDataError}. */
  run(call: Call, how: ExchangeFor): Promise<Exchanged>
}

export interface ExchangesOptions {
  http: HttpClient
  /** Milliseconds of the `timeout` option: what an API's own shorter one cuts says nothing of its provider. */
  timeout: number
}

/** Milliseconds: a try that starts with less of the token's life left would arrive too late. */
export const TOKEN_MARGIN = 2000
/** Milliseconds below which a wait is not worth telling. */
const SHORT = 500
/** Calls of one API waiting or on the way, in this process. */
const MAX_CALLS = 2048

export function createExchanges({ http, timeout }: ExchangesOptions): Exchanges {
  const tryOnce = createTryOnce(http)
  const pauses = createPauses()
  const circuits = new Map<string, Circuit>()
  const underWay = new Map<string, number>()

  function circuitOf({ name, provider }: EnabledApi): Circuit {
    let circuit = circuits.get(name)
    if (!circuit) {
      circuit = createCircuit((state) => publishCircuit({ api: name, provider: provider.name, state }))
      circuits.set(name, circuit)
    }
    return circuit
  }

  function refuse(api: EnabledApi, code: 'FST_FC_DATA_UNAVAILABLE' | 'FST_FC_DATA_RATE_LIMITED', why: string, ms = 0) {
    const message = `${api.provider.name} is not called for "${api.name}": ${why}`
    const retryAfter = Math.max(1, Math.ceil(ms / 1000))
    return fcDataError(code, message, { api: api.name, provider: api.provider.name, retryAfter })
  }

  /** Waits before another try. Throws where that is longer than a call waits, or leaves no time for the try. */
  async function rest(milliseconds: number, lastStart: number, how: ExchangeFor, refusal: () => Error): Promise<void> {
    if (milliseconds > LONGEST_WAIT * 1.1 || Date.now() + milliseconds > lastStart) throw refusal()
    if (milliseconds >= SHORT) how.onWait?.()
    await sleep(milliseconds, undefined, { signal: how.signal })
  }

  async function tries(call: Call, how: ExchangeFor): Promise<Exchanged> {
    const { api } = call
    const end = Date.now() + 2 * api.timeout
    const lastStart = Math.min(end - Math.min(SHORT, api.timeout / 2), how.token.expiresAt.getTime() - TOKEN_MARGIN)
    const luck = Math.random()
    let following: Tries | undefined

    for (let alone = api.method !== 'GET'; ; ) {
      const paused = pauses.left(api, luck, Date.now())
      if (paused > 0) {
        await rest(paused, lastStart, how, () =>
          refuse(api, 'FST_FC_DATA_RATE_LIMITED', 'it asked everybody to wait', paused)
        )
        continue
      }
      const started = Date.now()
      const deadline = Math.min(started + api.timeout, end)
      const fullTime = api.timeout >= timeout && deadline < end
      try {
        return await tryOnce(call, how, { deadline, fullTime, alone })
      } catch (failure) {
        if (!(failure instanceof TryFailure)) throw failure
        if (failure.notNow) pauses.begin(api, failure.notNow, Date.now())
        // a gateway that took long to give up would make the citizen wait as long again
        const tooLong = failure.healing === 'gateway' && Date.now() - started > LONGEST_WAIT
        const heals = api.method === 'GET' && !how.signal?.aborted && !tooLong
        following ??= createTries(http.ownConnections)
        const wait = heals ? following.next(failure) : null
        if (wait === null) throw failure
        alone = failure.healing === 'lost'
        // the same call may end just before the deadline
        const left = Math.max(0, lastStart - Date.now())
        await rest(failure.healing === 'busy' ? Math.min(wait, left) : wait, lastStart, how, () => failure)
      }
    }
  }

  return {
    async run(call, how) {
      const { api } = call
      const calls = underWay.get(api.name) ?? 0
      if (calls >= MAX_CALLS) throw refuse(api, 'FST_FC_DATA_UNAVAILABLE', 'too many calls are waiting for it')
      const passage = circuitOf(api).ask(how.loginId, Date.now())
      if (!('ended' in passage)) {
        throw refuse(api, 'FST_FC_DATA_UNAVAILABLE', 'it is down, and tried again shortly', passage.refusedFor)
      }
      underWay.set(api.name, calls + 1)
      let verdict: Verdict = 'nothing'
      try {
        const exchanged = await tries(call, how)
        verdict = 'answer'
        return exchanged
      } catch (failure) {
        if (!(failure instanceof TryFailure)) throw failure
        verdict = failure.verdict
        throw failure.error
      } finally {
        underWay.set(api.name, underWay.get(api.name)! - 1)
        passage.ended(verdict, Date.now())
      }
    }
  }
}
