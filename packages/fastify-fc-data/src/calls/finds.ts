import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyRequest } from 'fastify'
import type { Hold } from '../held/hold.ts'
import type { KeptError, Outcome } from '../held/outcome.ts'
import { type Answer, type Reading, readHeld } from '../reading/answer.ts'
import type { Call } from './call.ts'

/** What is held for a call. */
export type Find =
  | {
      kind: 'answer'
      answer: Answer
      /** Nothing on this citizen. */
      nothing: boolean
      /** A reading of the taker's own. */
      take(): Reading
    }
  | { kind: 'error'; error: KeptError }
  | { kind: 'pending' }

/** What requests found: asked again during the same request, for the same login, the same is found. */
export interface Finds {
  of(request: FastifyRequest, loginId: string, call: Call): Promise<Find | null>
  /** What this request already found, without asking the store. */
  known(request: FastifyRequest, loginId: string, call: Call): Find | null
  /** Waits for the outcome of a call that another process left under way; `null` when none comes. */
  awaited(
    request: FastifyRequest,
    loginId: string,
    call: Call,
    signal: AbortSignal | undefined
  ): Promise<Exclude<Find, { kind: 'pending' }> | null>
  /** Remembers, for this request alone, what has no place to be held. */
  add(request: FastifyRequest, loginId: string, call: Call, outcome: { answer: Answer }): void
  /** Looks again the next time. */
  lose(request: FastifyRequest, loginId: string, call: Call): void
  /** Holds what was remembered for a login, which has its place now. */
  settle(request: FastifyRequest, loginId: string): Promise<void>
}

/** Milliseconds between two looks at the store. */
const SHORTEST = 100
const LONGEST = 1000

/** `null` for what cannot be read any more: a newer version of this server, say, reads it otherwise. */
function findOf({ api }: Call, outcome: Outcome): Find | null {
  if ('pending' in outcome) return { kind: 'pending' }
  if ('error' in outcome) return { kind: 'error', error: outcome.error }
  const { answer } = outcome
  let reading = readHeld(api, answer)
  if (!reading) return null
  const nothing = reading.data === null
  const take = () => {
    const taken = reading ?? readHeld(api, answer)!
    reading = null
    return taken
  }
  return { kind: 'answer', answer, nothing, take }
}

interface Entry {
  find: Find
  /** What found no place to be held. */
  unheld?: { key: string; answer: Answer }
}

export function createFinds(hold: Hold): Finds {
  const found = new WeakMap<FastifyRequest, Map<string, Entry>>()
  const nameOf = (loginId: string, { key }: Call) => `${loginId} ${key}`

  function of(request: FastifyRequest): Map<string, Entry> {
    const entries = found.get(request) ?? new Map<string, Entry>()
    found.set(request, entries)
    return entries
  }

  const known: Finds['known'] = (request, loginId, call) => found.get(request)?.get(nameOf(loginId, call))?.find ?? null

  async function look(request: FastifyRequest, loginId: string, call: Call): Promise<Find | null> {
    if (!hold.enabled) return null
    const already = known(request, loginId, call)
    if (already) return already
    const outcome = await hold.read(loginId, call.key)
    const find = outcome && findOf(call, outcome)
    if (find && find.kind !== 'pending') of(request).set(nameOf(loginId, call), { find })
    return find
  }

  return {
    of: look,
    known,
    async awaited(request, loginId, call, signal) {
      for (let wait = SHORTEST; ; wait = Math.min(wait * 1.5, LONGEST)) {
        await sleep(wait, undefined, { signal })
        const find = await look(request, loginId, call)
        if (find?.kind !== 'pending') return find
      }
    },
    add(request, loginId, call, { answer }) {
      const find = findOf(call, { answer })
      if (find) of(request).set(nameOf(loginId, call), { find, unheld: { key: call.key, answer } })
    },
    lose: (request, loginId, call) => void found.get(request)?.delete(nameOf(loginId, call)),
    async settle(request, loginId) {
      for (const [name, entry] of found.get(request) ?? []) {
        const { unheld } = entry
        if (!unheld || !name.startsWith(`${loginId} `)) continue
        delete entry.unheld
        await hold.write(loginId, unheld.key, { answer: unheld.answer })
      }
    }
  }
}
