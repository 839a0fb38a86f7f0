import type { FastifyReply, FastifyRequest } from 'fastify'
import { randomText } from 'franceconnect-protocol/random'
import { failure } from '../errors.ts'
import type { Settings } from '../options/options.ts'
import type { Ending } from './ending.ts'
import type { Keeping } from './keeping.ts'
import type { LoginKey } from './login-cookie.ts'
import { joinPeers } from './peers.ts'
import type { LoginData, OpenedLogin } from './record.ts'

/** What a verified login brings; the rest is known here. */
export type NewLogin = Omit<LoginData, 'id' | 'session'>

export interface Establish {
  /**
   * Lets a login in once `consent` has resolved: until then nothing is stored, and no cookie set. What `consent` throws
   * is thrown, the request as it was before. `null`: consent went without an answer of ours to send, or the browser
   * logged out meanwhile. Throws `FST_FC_UNAVAILABLE`.
   */
  establish(
    request: FastifyRequest,
    reply: FastifyReply,
    login: NewLogin,
    key: LoginKey,
    consent: (login: OpenedLogin['login']) => Promise<boolean>
  ): Promise<OpenedLogin | null>
  /** Gives this browser a login that another opening of the same callback let in. `null` when there is none. */
  adopt(request: FastifyRequest, reply: FastifyReply, key: LoginKey): Promise<OpenedLogin | null>
}

export function createEstablish(keeping: Keeping, ending: Ending, settings: Settings): Establish {
  const { door, carried, records, cookies } = keeping
  let warned = false

  function warnOfDroppedSession(request: FastifyRequest): void {
    const dropped = keeping.setup.cookie === null && door.of(request)?.cookie?.secure === true
    if (!dropped || request.protocol === 'https' || warned) return
    warned = true
    request.log.warn(
      'the application’s @fastify/session drops this session: its cookie is Secure and the request does not look like https. Set trustProxy on Fastify behind a proxy, or cookie.secure: ’auto’.'
    )
  }

  /** The draft of somebody not logged in, or of the same person; never what belongs to another login. */
  function keptKeys(request: FastifyRequest, before: OpenedLogin | null, sub: string): string[] {
    const mark = door.markOf(request)
    const own = mark === null || (before !== null && mark === keeping.mark(before.key.slot) && before.data.sub === sub)
    return own ? door.keysOf(request) : []
  }

  async function endPeers(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (keeping.setup.own) return
    for (const [name, peer] of joinPeers(keeping.store(request), settings.mark, none))
      if (name !== settings.mark) await peer.end(request, reply)
  }

  /** Whether the browser logged out while this login was under way. */
  async function endedMeanwhile(request: FastifyRequest, login: NewLogin, slot: string, before: OpenedLogin | null) {
    const rows = keeping.rows(request)
    const [own, replaced] = await Promise.all([
      rows.ending(slot),
      before === null ? null : rows.ending(before.key.slot)
    ])
    return own !== login.endedBefore || (before !== null && replaced !== before.data.endedBefore)
  }

  return {
    async establish(request, reply, login, key, consent) {
      if (!door.covers(request)) throw failure('FST_FC_UNAVAILABLE', 'the session does not cover this path')
      warnOfDroppedSession(request)
      const before = carried.open(request)
      const heldBefore = carried.get(request)
      const sessionId = door.came(request) ? door.of(request)!.sessionId : undefined
      const staged = await door.stage(request, keptKeys(request, before, login.sub))
      const id = key.slot + randomText(12, 'base64url')
      const draft = records.draft({ ...login, id, session: none.session }, key)
      carried.set(request, { key, id, sealed: '', opened: draft })
      const undo = () => {
        staged.drop()
        carried.set(request, heldBefore)
      }
      const agreed = await consent(draft.login).catch((error: unknown) => {
        undo()
        throw error
      })
      if (!agreed) {
        undo()
        return null
      }
      const rows = keeping.rows(request)
      const session = await staged.keep(keeping.mark(key.slot))
      const { sealed, opened } = records.seal({ ...login, id, session }, key)
      const { loggedInAt: at, expiresAt: until } = login
      await Promise.all([
        rows.write(key.slot, { state: 'login', id, at, until, sealed }, until - Date.now()),
        ...login.beside.map((other) => rows.note(other, key.slot, until - Date.now()))
      ])
      if (await endedMeanwhile(request, login, key.slot, before)) {
        await ending.over(request, key, id)
        await door.destroy(request, session.id)
        await door.empty(request)
        return null
      }
      await Promise.all([
        before && ending.over(request, before.key, before.data.id),
        sessionId && door.destroy(request, sessionId),
        endPeers(request, reply)
      ])
      carried.set(request, { key, id, sealed, opened })
      door.watch(request, ending.watch(request))
      if (before) keeping.seen.clear(request, reply, keeping.reach(request), before.key.slot)
      cookies.set(reply, keeping.reach(request), key, until)
      return opened
    },
    async adopt(request, reply, key) {
      const kept = await keeping.rows(request).find(key.slot)
      if (kept?.state !== 'login') return null
      const opened = records.open(kept.sealed, key)
      if (opened === null || !(await door.restore(request, opened.data.session))) return null
      carried.set(request, { key, id: kept.id, sealed: kept.sealed, opened })
      await door.save(request)
      door.watch(request, ending.watch(request))
      cookies.set(reply, keeping.reach(request), key, kept.until)
      return opened
    }
  }
}

const none = {
  session: { id: '', signed: '' },
  markOf: async () => null,
  end: async () => {}
}
