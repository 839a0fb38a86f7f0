import type { FastifyReply, FastifyRequest } from 'fastify'
import { randomText } from 'franceconnect-protocol/random'
import type { Keeping } from './keeping.ts'
import type { LoginKey } from './login-cookie.ts'
import { othersOf } from './peers.ts'
import type { OpenedLogin } from './record.ts'
import type { Watch } from './watch.ts'

/** Told of each login that is over, by whatever cause. `null`: from no request. */
export type Ended = (request: FastifyRequest | null, loginId: string) => Promise<void>

export interface Ending {
  /** Ends a login that is over: its record goes. The browser's cookie stays, since a late answer might clear another's. */
  over(request: FastifyRequest, key: LoginKey, loginId: string): Promise<void>
  /**
   * For a logout: ends the login and whatever was beside it in this browser; of the attempts that it holds, `attempts`,
   * those whose callback is under way. Throws `FST_FC_UNAVAILABLE`.
   */
  revoke(request: FastifyRequest, attempts: readonly string[]): Promise<void>
  /** Then the session goes, and the cookies. Throws `FST_FC_UNAVAILABLE`. */
  leave(request: FastifyRequest, reply: FastifyReply): Promise<void>
  /** Ends what this browser holds at the other registrations on the same session. */
  endPeers(request: FastifyRequest, reply: FastifyReply): Promise<void>
  /** Ends a login from the server. `false` when there is none of this id. Throws `FST_FC_UNAVAILABLE`. */
  end(loginId: string): Promise<boolean>
  /** What follows the application's own calls on the session of a login. */
  watch(request: FastifyRequest): Watch
}

export function createEnding(keeping: Keeping, name: string, ended: Ended): Ending {
  const { door, carried, records } = keeping
  let warned = false

  async function over(request: FastifyRequest, { slot }: LoginKey, loginId: string): Promise<void> {
    await keeping.rows(request).end([slot])
    records.forget(slot)
    carried.set(request, null)
    await ended(request, loginId)
  }

  async function revoke(request: FastifyRequest, attempts: readonly string[]): Promise<void> {
    const held = carried.get(request)
    const own = held?.key.slot ?? null
    const rows = keeping.rows(request)
    const noted = own === null ? [] : await rows.besides(own)
    const beside = new Set([...(carried.open(request)?.data.beside ?? []), ...noted])
    const others = [...new Set([...beside, ...attempts])].filter((slot) => slot !== own)
    const kept = await Promise.all(others.map((slot) => rows.find(slot)))
    // a stranger may name any attempt: nothing is written for what is not there
    const over = others.filter((slot, place) => beside.has(slot) || kept[place]?.state === 'pending')
    const slots = own === null ? over : [own, ...over]
    await rows.end(slots)
    for (const slot of slots) records.forget(slot)
    if (held !== null) await ended(request, held.id)
    for (const [place, row] of kept.entries())
      if (row?.state === 'login' && beside.has(others[place]!)) await ended(request, row.id)
  }

  async function endPeers(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (keeping.setup.own) return
    for (const peer of othersOf(keeping.store(request), name)) await peer.end(request, reply)
  }

  async function leave(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const held = carried.get(request)
    carried.set(request, null)
    await endPeers(request, reply)
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
    const opened = carried.open(request)
    const session = door.of(request)!
    const { sessionId } = session
    await door.empty(request, Object.fromEntries(keys.map((key) => [key, session[key]])))
    if (opened !== null) {
      const turn = randomText(9, 'base64url')
      door.mark(request, keeping.mark(opened.key.slot, turn))
      await move(request, opened, turn)
      door.watch(request, watch(request))
    } else await door.save(request)
    if (sessionId !== undefined) await door.destroy(request, sessionId)
    if (warned || opened === null) return
    warned = true
    request.log.warn(
      'the application called session.regenerate() while somebody is logged in: the login goes on in the new session. To end it, call app.franceConnect.logout() or session.destroy().'
    )
  }

  async function move(request: FastifyRequest, { data, key }: OpenedLogin, turn: string): Promise<void> {
    const rows = keeping.rows(request)
    const { sealed, opened } = records.seal({ ...data, session: await door.save(request) }, key)
    const { id, loggedInAt: at, expiresAt: until } = data
    await rows.write(key.slot, { state: 'login', id, at, until, turn, sealed }, until - Date.now())
    if ((await rows.ending(key.slot)) !== data.endedBefore) return over(request, key, id)
    carried.set(request, { key, id, mark: keeping.mark(key.slot, turn), sealed, opened })
  }

  const watch = (request: FastifyRequest): Watch => ({
    regenerated: (keys) => regenerated(request, keys),
    async destroyed() {
      const held = carried.get(request)
      if (held !== null) await over(request, held.key, held.id)
    },
    reloaded: async () => door.watch(request, watch(request))
  })

  return {
    over,
    revoke,
    leave,
    endPeers,
    watch,
    async end(loginId) {
      if (typeof loginId !== 'string' || !/^[\w-]{38}$/.test(loginId)) return false
      const slot = loginId.slice(0, 22)
      const rows = keeping.rows()
      const kept = await rows.find(slot)
      if (kept?.state !== 'login' || kept.id !== loginId) return false
      await rows.end([slot])
      records.forget(slot)
      await ended(null, loginId)
      return true
    }
  }
}
