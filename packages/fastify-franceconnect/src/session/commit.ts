import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Settings } from '../options/options.ts'
import type { Carried } from './carried.ts'
import type { SessionId, Staged } from './door.ts'
import type { Ending } from './ending.ts'
import type { Keeping } from './keeping.ts'
import type { LoginKey } from './login-cookie.ts'
import { othersOf } from './peers.ts'
import { loginData, type NewLogin, type OpenedLogin } from './record.ts'

/** A login that another takes the place of, and the mark of a logout that it had already: one that stopped half-way. */
export interface Replaced {
  slot: string
  end: string | null
}

/** A login that the application has agreed to, and what it takes the place of. */
export interface Agreed {
  login: NewLogin
  id: string
  key: LoginKey
  /** Slots of the attempts that were under way beside it in the same browser. */
  beside: readonly string[]
  before: Carried | null
  /** That one, and those at the other registrations on the same session. */
  replaced: readonly Replaced[]
  staged: Staged
  /** The session that the browser came with. */
  sessionId: string | undefined
}

/**
 * Stores a login, its session first. `null` when the browser logged out meanwhile: nothing of it is left. Throws
 * `FST_FC_UNAVAILABLE`, then too.
 */
export type Commit = (request: FastifyRequest, reply: FastifyReply, agreed: Agreed) => Promise<OpenedLogin | null>

/** Logins followed from one that was replaced to the one that stands. */
const mostReplaced = 8

export function createCommit(keeping: Keeping, ending: Ending, settings: Settings): Commit {
  const { door, carried, records } = keeping

  /** Notes it at a login beside it, or at what took its place: that one may know nothing of it. */
  async function noteAt(request: FastifyRequest, beside: string, slot: string, life: number): Promise<void> {
    const { marks } = keeping.rows(request)
    let at: string | null = beside
    for (let left = mostReplaced; at !== null && at !== slot && left > 0; left -= 1) {
      await marks.note(at, slot, life)
      at = (await marks.replaced(at))?.by ?? null
    }
  }

  /** The login of before is over; what came beside it at that moment comes beside this one. */
  async function take(request: FastifyRequest, before: Carried, { slot }: LoginKey, life: number): Promise<void> {
    const { marks } = keeping.rows(request)
    await ending.over(request, before, slot)
    const noted = await marks.noted(before.key.slot)
    if (noted === null || noted === slot) return
    await Promise.all([marks.note(slot, noted, life), marks.forget(before.key.slot)])
  }

  /** Takes back what may be in the store of a login that did not come to be. Never throws. */
  async function withdraw(request: FastifyRequest, slot: string, session: SessionId | null): Promise<void> {
    records.forget(slot)
    const { logins } = keeping.rows(request)
    await Promise.allSettled([logins.remove(slot), session && door.destroy(request, session.id)])
  }

  async function loggedOut(request: FastifyRequest, { key, id, before }: Agreed, session: SessionId): Promise<null> {
    await ending.over(request, { key, id, beside: [] })
    if (before !== null) await ending.over(request, before)
    await door.destroy(request, session.id)
    await door.empty(request)
    carried.set(request, null)
    return null
  }

  return async (request, reply, agreed) => {
    const { login, id, key, beside, before, replaced, staged, sessionId } = agreed
    const { loggedInAt: at, expiresAt: until } = login
    const { slot } = key
    const { logins, marks, callbacks } = keeping.rows(request)
    const life = until - Date.now()
    const mark = keeping.mark(slot, null)
    let session: SessionId | null = null
    try {
      session = await staged.keep(mark)
      const { sealed, opened } = records.seal(loginData(login, id, session), key)
      const all = [...new Set([...beside, ...(before?.beside ?? [])])].filter((each) => each !== slot)
      await logins.write(slot, { id, at, until, turn: null, beside: all, sealed })
      const logouts = [{ slot, end: null }, ...replaced]
      const [ends] = await Promise.all([
        Promise.all(logouts.map((each) => marks.endOf(each.slot))),
        callbacks.remove(slot),
        ...beside.map((other) => noteAt(request, other, slot, life))
      ])
      if (logouts.some(({ end }, place) => end !== ends[place])) return await loggedOut(request, agreed, session)
      await Promise.all([
        before && take(request, before, key, life),
        // what it held is in the new one: should it stay, it belongs to nobody
        sessionId && door.destroy(request, sessionId).catch(() => {}),
        ...(keeping.setup.own ? [] : othersOf(keeping.store(request), settings.mark)).map((peer) =>
          peer.replace(request, reply, slot)
        )
      ])
      carried.set(request, { key, id, mark, beside: all, sealed, opened })
      return opened
    } catch (error) {
      if (session !== null) await withdraw(request, slot, session)
      throw error
    }
  }
}
