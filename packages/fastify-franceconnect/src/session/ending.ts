import type { FastifyReply, FastifyRequest } from 'fastify'
import { randomText } from 'franceconnect-protocol/random'
import type { Carried } from './carried.ts'
import type { Keeping } from './keeping.ts'
import { othersOf } from './peers.ts'
import { loginData } from './record.ts'
import { createRevoke, type Ended, type Held, type Revoke } from './revoke.ts'
import type { Watch } from './watch.ts'

export type { Ended } from './revoke.ts'

export interface Ending {
  /**
   * Ends a login that is over without a logout: another took its place, `by` its slot, or its time is over. Its record
   * goes. The browser's cookie stays, since a late answer might clear another's.
   */
  over(request: FastifyRequest, held: Held, by?: string): Promise<void>
  /** Ends what came beside the login of a slot that was idle, and is as idle. */
  overBeside(request: FastifyRequest, slot: string): Promise<void>
  /** Ends a login for a logout, with what came beside it. */
  end: Revoke
  /** The same for the login of this request. */
  revoke(request: FastifyRequest): Promise<void>
  /** Then the session goes, and the cookies. Throws `FST_FC_UNAVAILABLE`. */
  leave(request: FastifyRequest, reply: FastifyReply): Promise<void>
  /** Ends a login from the server. `false` when there is none of this id. Throws `FST_FC_UNAVAILABLE`. */
  endById(loginId: string): Promise<boolean>
  /** What follows the application's own calls on the session of a login. */
  watch(request: FastifyRequest): Watch
}

/** A login without what its cookie keeps secret. */
type Over = Pick<Held, 'id' | 'beside'> & { key: Pick<Held['key'], 'slot'> }

export function createEnding(keeping: Keeping, name: string, ended: Ended): Ending {
  const { door, carried, records } = keeping
  const end = createRevoke(keeping, ended)
  let warned = false

  async function replace(request: FastifyRequest, { key, id, beside }: Over, by: string | null): Promise<void> {
    const { slot } = key
    const { logins, marks } = keeping.rows(request)
    await marks.replace(slot, by, beside)
    await logins.remove(slot)
    records.forget(slot)
    if (carried.get(request)?.key.slot === slot) carried.set(request, null)
    await ended(request, id)
  }

  async function overBeside(request: FastifyRequest, slot: string): Promise<void> {
    const { logins, marks } = keeping.rows(request)
    const beside = await marks.besides(slot)
    const kept = await Promise.all(beside.map((slot) => logins.find(slot)))
    for (const [place, login] of kept.entries())
      if (login !== null && keeping.seen.isIdle(login.at))
        await replace(request, { ...login, key: { slot: beside[place]! } }, null)
  }

  async function leave(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const held = carried.get(request)
    carried.set(request, null)
    if (!keeping.setup.own) for (const peer of othersOf(keeping.store(request), name)) await peer.leave(request, reply)
    const session = door.of(request)
    if (held !== null && door.markOf(request) === held.mark && session?.sessionId !== undefined) {
      await door.destroy(request, session.sessionId)
      await door.empty(request)
      if (keeping.setup.cookie) keeping.setup.cookie.clear(request, reply)
    }
    if (held !== null) keeping.clear(request, reply, held.key)
    else keeping.cookies.clear(request, reply, keeping.reach(request))
  }

  /** The login follows the session that the application made. */
  async function regenerated(request: FastifyRequest, keys: readonly string[]): Promise<void> {
    const held = carried.open(request) === null ? null : carried.get(request)
    const session = door.of(request)!
    const { sessionId } = session
    await door.empty(request, Object.fromEntries(keys.map((key) => [key, session[key]])))
    if (held !== null) {
      await move(request, held, randomText(9, 'base64url'))
      door.watch(request, watch(request))
    } else await door.save(request)
    if (sessionId !== undefined) await door.destroy(request, sessionId)
    if (warned || held === null) return
    warned = true
    request.log.warn(
      'the application called session.regenerate() while somebody is logged in: the login goes on in the new session. To end it, call app.franceConnect.logout() or session.destroy().'
    )
  }

  async function move(request: FastifyRequest, held: Carried, turn: string): Promise<void> {
    const { logins, marks } = keeping.rows(request)
    const { key, id, beside } = held
    const mark = keeping.mark(key.slot, turn)
    door.mark(request, mark)
    const { data } = carried.open(request)!
    const { sealed, opened } = records.seal(loginData(data, id, await door.save(request)), key)
    await logins.write(key.slot, { id, at: data.loggedInAt, until: data.expiresAt, turn, beside, sealed })
    const [end, replaced] = await Promise.all([marks.endOf(key.slot), marks.replaced(key.slot)])
    if (end === null && replaced === null) return carried.set(request, { key, id, mark, beside, sealed, opened })
    await logins.remove(key.slot)
    records.forget(key.slot)
    carried.set(request, null)
  }

  const watch = (request: FastifyRequest): Watch => ({
    regenerated: (keys) => regenerated(request, keys),
    async destroyed() {
      const held = carried.get(request)
      if (held === null) return
      await end(request, held)
      carried.set(request, null)
    },
    reloaded: async () => door.watch(request, watch(request))
  })

  return {
    over: (request, held, by) => replace(request, held, by ?? null),
    overBeside,
    end,
    revoke: (request) => end(request, carried.get(request)),
    leave,
    watch,
    async endById(loginId) {
      if (typeof loginId !== 'string' || !/^[\w-]{38}$/.test(loginId)) return false
      const slot = loginId.slice(0, 22)
      const { logins, marks } = keeping.rows()
      const kept = await logins.find(slot)
      if (kept?.id !== loginId) return false
      await marks.end(slot, kept.beside)
      await logins.remove(slot)
      records.forget(slot)
      await ended(null, loginId)
      return true
    }
  }
}
