import type { FastifyReply, FastifyRequest } from 'fastify'
import { randomText } from 'franceconnect-protocol/random'
import { failure } from '../errors.ts'
import type { Settings } from '../options/options.ts'
import type { Carried } from './carried.ts'
import type { SessionId } from './door.ts'
import type { Ending } from './ending.ts'
import type { Keeping } from './keeping.ts'
import type { LoginKey } from './login-cookie.ts'
import { othersOf } from './peers.ts'
import type { LoginData, OpenedLogin } from './record.ts'

/** What a verified login brings; the rest is known here. */
export type NewLogin = Omit<LoginData, 'id' | 'session'>

export interface Establish {
  /**
   * Lets a login in once `consent` has resolved: until then nothing is stored, and no cookie set. What `consent` throws
   * is thrown, the request as it was before. `none`: consent went without an answer of ours to send, or the browser
   * logged out meanwhile. `left`: the application logged out in `consent`. Throws `FST_FC_UNAVAILABLE`.
   */
  establish(
    request: FastifyRequest,
    reply: FastifyReply,
    login: NewLogin,
    key: LoginKey,
    consent: (login: OpenedLogin['login']) => Promise<boolean>
  ): Promise<OpenedLogin | 'none' | 'left'>
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
    const own = mark === null || (before !== null && mark === carried.get(request)?.mark && before.data.sub === sub)
    return own ? door.keysOf(request) : []
  }

  /** The logins that this one takes the place of, here and at the other registrations, with the mark of an end that each has. */
  async function replacedBy(request: FastifyRequest, reply: FastifyReply, before: OpenedLogin | null) {
    const own: Replaced[] = before === null ? [] : [{ slot: before.key.slot, endedBefore: before.data.endedBefore }]
    if (keeping.setup.own) return own
    const marks = await Promise.all(
      othersOf(keeping.store(request), settings.mark).map((peer) => peer.markOf(request, reply))
    )
    const slots = marks.flatMap((mark) => mark?.split('.')[1] ?? [])
    const theirs = slots.map(async (slot) => ({ slot, endedBefore: await keeping.rows(request).ending(slot) }))
    return [...own, ...(await Promise.all(theirs))]
  }

  /** Whether the browser logged out while this login was under way. */
  async function endedMeanwhile(request: FastifyRequest, replaced: readonly Replaced[]): Promise<boolean> {
    const rows = keeping.rows(request)
    const ends = await Promise.all(replaced.map(({ slot }) => rows.ending(slot)))
    return replaced.some(({ endedBefore }, place) => ends[place] !== endedBefore)
  }

  /** Takes back what a login that did not come to be may have left in the store. Never throws. */
  async function withdraw(request: FastifyRequest, slot: string, session: SessionId | null): Promise<void> {
    records.forget(slot)
    await Promise.allSettled([
      keeping.rows(request).remove(slot),
      session === null ? null : door.destroy(request, session.id)
    ])
  }

  return {
    async establish(request, reply, login, key, consent) {
      if (!door.covers(request)) throw failure('FST_FC_UNAVAILABLE', 'the session does not cover this path')
      warnOfDroppedSession(request)
      const before = carried.open(request)
      const heldBefore = carried.get(request)
      const replaced = await replacedBy(request, reply, before)
      const sessionId = door.came(request) ? door.of(request)!.sessionId : undefined
      const staged = await door.stage(request, keptKeys(request, before, login.sub))
      const id = key.slot + randomText(12, 'base64url')
      const draft = records.draft({ ...login, id, session: none }, key)
      const mark = keeping.mark(key.slot, null)
      const asked: Carried = { key, id, mark, sealed: '', opened: draft }
      carried.set(request, asked)
      let session: SessionId | null = null

      /** The application logged out in `onLogin`: who was there before goes too. */
      async function left(): Promise<'left'> {
        staged.drop()
        carried.set(request, null)
        if (heldBefore !== null) {
          await ending.over(request, heldBefore.key, heldBefore.id)
          await door.empty(request)
          if (sessionId) await door.destroy(request, sessionId)
        }
        return 'left'
      }

      async function commit(): Promise<OpenedLogin | null> {
        const rows = keeping.rows(request)
        session = await staged.keep(mark)
        const { sealed, opened } = records.seal({ ...login, id, session }, key)
        const { loggedInAt: at, expiresAt: until } = login
        await Promise.all([
          rows.write(key.slot, { state: 'login', id, at, until, turn: null, sealed }, until - Date.now()),
          ...login.beside.map((other) => rows.note(other, key.slot, until - Date.now()))
        ])
        if (await endedMeanwhile(request, [{ slot: key.slot, endedBefore: login.endedBefore }, ...replaced]))
          return null
        await Promise.all([
          before && ending.over(request, before.key, before.data.id),
          // what it held is in the new one: should it stay, it belongs to nobody
          sessionId && door.destroy(request, sessionId).catch(() => {}),
          ending.endPeers(request, reply)
        ])
        carried.set(request, { key, id, mark, sealed, opened })
        return opened
      }

      try {
        const agreed = await consent(draft.login)
        if (carried.get(request) !== asked) return await left()
        const opened = agreed ? await commit() : null
        if (opened === null && session !== null) {
          await ending.over(request, key, id)
          // its logout may have failed half-way: the next login must not meet it again
          if (heldBefore !== null) await ending.over(request, heldBefore.key, heldBefore.id)
          await door.destroy(request, (session as SessionId).id)
          await door.empty(request)
        }
        if (opened === null) {
          if (session === null) {
            staged.drop()
            carried.set(request, heldBefore)
          }
          return 'none'
        }
        door.watch(request, ending.watch(request))
        if (before) keeping.seen.clear(request, reply, keeping.reach(request), before.key.slot)
        cookies.set(reply, keeping.reach(request), key, login.expiresAt)
        return opened
      } catch (error) {
        staged.drop()
        carried.set(request, heldBefore)
        if (session !== null) await withdraw(request, key.slot, session)
        throw error
      }
    },
    async adopt(request, reply, key) {
      const kept = await keeping.rows(request).find(key.slot)
      if (kept?.state !== 'login') return null
      const opened = records.open(kept.sealed, key)
      const before = carried.get(request)
      if (opened === null || !(await door.restore(request, opened.data.session))) return null
      if (before !== null && before.key.slot !== key.slot) await ending.over(request, before.key, before.id)
      await ending.endPeers(request, reply)
      carried.set(request, { key, id: kept.id, mark: keeping.mark(key.slot, kept.turn), sealed: kept.sealed, opened })
      await door.save(request)
      door.watch(request, ending.watch(request))
      cookies.set(reply, keeping.reach(request), key, kept.until)
      return opened
    }
  }
}

interface Replaced {
  slot: string
  endedBefore: string | null
}

const none: SessionId = { id: '', signed: '' }
