import type { FastifyReply, FastifyRequest } from 'fastify'
import { randomText } from 'franceconnect-protocol/random'
import { failure } from '../errors.ts'
import type { Settings } from '../options/options.ts'
import type { Carried } from './carried.ts'
import { createCommit, type Replaced } from './commit.ts'
import type { SessionId } from './door.ts'
import type { Ending } from './ending.ts'
import type { Keeping } from './keeping.ts'
import type { LoginKey } from './login-cookie.ts'
import { othersOf } from './peers.ts'
import { loginData, type NewLogin, type OpenedLogin } from './record.ts'

/** A callback that was verified: what its login will be, and where. */
export interface Verified {
  login: NewLogin
  key: LoginKey
  /** Slots of the attempts that its browser held when it started. */
  beside: readonly string[]
  /** Mark of a logout that the login of before had when the callback began. */
  endBefore: string | null
  state: string
}

export interface Establish {
  /**
   * Lets a login in once `consent` has resolved: until then nothing is stored. No cookie is set before `hand`. What
   * `consent` throws is thrown, the request as it was before. `none`: consent went without an answer of ours to send, or
   * the browser logged out meanwhile. `left`: the application logged out in `consent`. Throws `FST_FC_UNAVAILABLE`.
   */
  establish(
    request: FastifyRequest,
    reply: FastifyReply,
    verified: Verified,
    consent: (login: OpenedLogin['login']) => Promise<boolean>
  ): Promise<OpenedLogin | 'none' | 'left'>
  /** Gives the browser the cookie of the login that this request has. */
  hand(request: FastifyRequest, reply: FastifyReply): void
  /** Gives this browser a login that another opening of the same callback let in. `null` when there is none. */
  adopt(request: FastifyRequest, reply: FastifyReply, key: LoginKey): Promise<OpenedLogin | null>
}

export function createEstablish(keeping: Keeping, ending: Ending, settings: Settings): Establish {
  const { door, carried, records, cookies } = keeping
  const commit = createCommit(keeping, ending, settings)
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
    const own = mark === null || (before !== null && mark === carried.get(request)?.mark && before.login.sub === sub)
    return own ? door.keysOf(request) : []
  }

  /** The logins that the browser has at the other registrations on the same session. */
  async function elsewhere(request: FastifyRequest, reply: FastifyReply): Promise<Replaced[]> {
    const peers = keeping.setup.own ? [] : othersOf(keeping.store(request), settings.mark)
    const marks = await Promise.all(peers.map((peer) => peer.markOf(request, reply)))
    const slots = marks.flatMap((mark) => mark?.split('.')[1] ?? [])
    return Promise.all(slots.map(async (slot) => ({ slot, end: await keeping.rows(request).marks.endOf(slot) })))
  }

  /** What a login that is over already, by the server or by time, has left beside it in this browser. */
  async function leftBeside(request: FastifyRequest): Promise<string[]> {
    const key = carried.get(request) === null ? cookies.read(request, keeping.reach(request)) : null
    return key === null ? [] : keeping.rows(request).marks.besides(key.slot)
  }

  function hand(request: FastifyRequest, reply: FastifyReply): void {
    const held = carried.get(request)
    const opened = carried.open(request)
    if (held === null || opened === null) return
    door.show(request)
    const former = cookies.read(request, keeping.reach(request))
    if (former !== null && former.slot !== held.key.slot)
      keeping.seen.clear(request, reply, keeping.reach(request), former.slot)
    cookies.set(reply, keeping.reach(request), held.key, opened.expiresAt)
  }

  return {
    async establish(request, reply, { login, key, beside, endBefore, state }, consent) {
      if (!door.covers(request)) throw failure('FST_FC_UNAVAILABLE', 'the session does not cover this path')
      warnOfDroppedSession(request)
      const before = carried.open(request) === null ? null : carried.get(request)
      const [others, orphans] = await Promise.all([elsewhere(request, reply), leftBeside(request)])
      const sessionId = door.came(request) ? door.of(request)!.sessionId : undefined
      // whoever logged out, be it half-way, leaves nothing to who comes next
      const own = endBefore === null ? carried.open(request) : null
      const staged = await door.stage(request, keptKeys(request, own, login.sub))
      const id = key.slot + randomText(12, 'base64url')
      const draft = records.draft(loginData(login, id, none), key)
      const mark = keeping.mark(key.slot, null)
      const asked: Carried = { key, id, mark, beside: [], sealed: '', opened: draft }
      carried.set(request, asked)

      const back = () => {
        staged.drop()
        carried.set(request, before)
      }

      /** The application logged out in `onLogin`: who was there before goes too. */
      async function left(): Promise<'left'> {
        staged.drop()
        carried.set(request, null)
        if (before !== null) {
          await ending.end(request, before)
          await door.empty(request)
          if (sessionId) await door.destroy(request, sessionId)
        }
        return 'left'
      }

      try {
        const agreed = await consent(draft.login)
        if (carried.get(request) !== asked) return await left()
        if (!agreed) {
          back()
          return 'none'
        }
        const seen = [...new Set([...beside, ...orphans, ...keeping.attempts.slots(request, state)])]
        const replaced = [...(before === null ? [] : [{ slot: before.key.slot, end: endBefore }]), ...others]
        const parts = { login, id, key, beside: seen, before, replaced, staged, sessionId }
        const opened = await commit(request, reply, parts)
        if (opened === null) return 'none'
        door.watch(request, ending.watch(request))
        return opened
      } catch (error) {
        back()
        throw error
      }
    },
    hand,
    async adopt(request, reply, key) {
      const kept = await keeping.rows(request).logins.find(key.slot)
      if (kept === null) return null
      const opened = records.open(kept.sealed, key)
      const before = carried.get(request)
      if (opened === null || !(await door.restore(request, opened.data.session))) return null
      if (before !== null && before.key.slot !== key.slot) await ending.over(request, before, key.slot)
      if (!keeping.setup.own)
        for (const peer of othersOf(keeping.store(request), settings.mark)) await peer.replace(request, reply, key.slot)
      const { id, turn, beside, sealed } = kept
      carried.set(request, { key, id, mark: keeping.mark(key.slot, turn), beside, sealed, opened })
      await door.save(request)
      door.watch(request, ending.watch(request))
      hand(request, reply)
      return opened
    }
  }
}

const none: SessionId = { id: '', signed: '' }
