import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Settings } from '../options/options.ts'
import type { Carried } from './carried.ts'
import type { Ending } from './ending.ts'
import type { Keeping } from './keeping.ts'
import type { LoginKey } from './login-cookie.ts'
import type { Kept } from './login-rows.ts'
import { joinPeers, type Peer, peerOf } from './peers.ts'

type Done = (error?: Error) => void

/** `foreign`: there is a record that another version of this server wrote, which may stand there. */
interface Answer {
  error: Error | null
  kept: Kept | null
  foreign: boolean
}

/** The record of a login, asked of the store: here, or on its way. */
interface Asked {
  key: LoginKey
  answer: Answer | null
  waiting: (() => void) | null
}

/** What happens at each request before anybody sees it: the login found, and its session put in its place. */
export interface Meeting {
  decorate(app: FastifyInstance): void
  /** Asks the store for the login's record as soon as the cookie is known. */
  ask(request: FastifyRequest): void
  meet(request: FastifyRequest, reply: FastifyReply, done: Done): void
  /** Tells the other registrations on the host's store of this one. */
  join(store: object): void
}

export function createMeeting(keeping: Keeping, ending: Ending, settings: Settings): Meeting {
  const { door, cookies, seen, carried, setup } = keeping
  const place = Symbol('franceconnect.asked')
  type Asking = FastifyRequest & { [place]?: Asked | null }

  function ask(request: Asking): void {
    const key = cookies.read(request, keeping.reach(request))
    if (key === null) return
    const asked: Asked = { key, answer: null, waiting: null }
    request[place] = asked
    keeping.rows(request).logins.read(key.slot, (error, kept, foreign) => {
      asked.answer = { error, kept, foreign }
      asked.waiting?.()
    })
  }

  function meet(request: Asking, reply: FastifyReply, done: Done): void {
    if (!setup.own) ask(request)
    const asked = request[place] ?? null
    const go = () => {
      const { error, kept } = asked?.answer ?? { error: null, kept: null }
      if (error !== null) return done(error)
      if (asked === null || !stands(request, asked.key, kept)) return nobody(request, reply, asked, kept, done)
      if (!door.covers(request)) return done()
      if (door.markOf(request) !== carried.get(request)!.mark)
        return void findSession(request, reply, asked.key).then(() => done(), done)
      follow(request)
      done()
    }
    if (asked === null || asked.answer !== null) go()
    else asked.waiting = go
  }

  const carriedOf = (key: LoginKey, { id, turn, beside, sealed }: Kept): Carried => {
    return { key, id, mark: keeping.mark(key.slot, turn), beside, sealed }
  }

  /** Whether a login stands; then the request carries it. */
  function stands(request: FastifyRequest, key: LoginKey, kept: Kept | null): boolean {
    if (kept === null || !isAlive(request, key, kept)) return false
    carried.set(request, carriedOf(key, kept))
    // opened by a secret that is lost, it is nobody’s here
    if (carried.open(request) !== null) return true
    carried.set(request, null)
    return false
  }

  const isAlive = (request: FastifyRequest, key: LoginKey, { at, until }: Kept): boolean =>
    until > Date.now() && seen.isFresh(request, keeping.reach(request), key, at)

  function nobody(
    request: FastifyRequest,
    reply: FastifyReply,
    asked: Asked | null,
    kept: Kept | null,
    done: Done
  ): void {
    const mark = door.markOf(request)
    // another process may open what does not open here
    const isOver = asked !== null && !asked.answer?.foreign && (kept === null || !isAlive(request, asked.key, kept))
    if (isOver) seen.clear(request, reply, keeping.reach(request), asked.key.slot)
    if (mark === null) door.refuseLateWrite(request, reply)
    if (mark === null && kept === null) {
      done()
      return
    }
    const work = async () => {
      if (isOver && kept !== null) {
        await ending.over(request, { ...kept, key: asked.key })
        await ending.overBeside(request, asked.key.slot)
      }
      if (mark !== null) await leave(request, reply, mark)
    }
    work().then(() => done(), done)
  }

  /** A session of a login that is over is emptied, and its id is given up. */
  async function leave(request: FastifyRequest, reply: FastifyReply, mark: string): Promise<void> {
    const [name = '', slot = ''] = mark.split('.')
    if (name !== settings.mark) {
      const other = peerOf(keeping.store(request), name)
      // a login of another service on the same store is not ours to judge
      if (other === undefined || (await other.markOf(request, reply)) === mark) return
    }
    const { sessionId } = door.of(request)!
    await door.empty(request)
    // without its login's cookie a session is shown to nobody; the login itself may stand
    if (sessionId === undefined || (await keeping.rows(request).logins.holds(slot))) return
    await door.destroy(request, sessionId)
  }

  /** The session that belongs to the login, when the browser came with another one, or with none. */
  async function findSession(request: FastifyRequest, reply: FastifyReply, key: LoginKey): Promise<void> {
    const session = carried.open(request)?.data.session
    const came = door.came(request) ? { id: door.of(request)!.sessionId!, mark: door.markOf(request) } : null
    // an application may end a login by clearing its session, the mark included
    const found =
      session !== undefined &&
      (await door.restore(request, session)) &&
      door.markOf(request) === carried.get(request)!.mark
    if (session === undefined || !found) {
      if (await moved(request, key)) return findSession(request, reply, key)
      await door.empty(request)
      return ending.over(request, carried.get(request)!)
    }
    if (came !== null) await dropLeft(request, came)
    // as it is signed now, which may be by another secret than when the login began
    if (setup.cookie) setup.cookie.send(request, reply, door.of(request)!.encryptedSessionId!)
    else await door.save(request)
    follow(request)
  }

  /** Whether another request gave the login another session since its record was read; then this one carries that. */
  async function moved(request: FastifyRequest, key: LoginKey): Promise<boolean> {
    const kept = await keeping.rows(request).logins.find(key.slot)
    if (kept === null || kept.sealed === carried.get(request)?.sealed) return false
    carried.set(request, carriedOf(key, kept))
    return true
  }

  /** The session that the browser came with goes, when it is nobody's, or of another login that is over. */
  async function dropLeft(request: FastifyRequest, { id, mark }: { id: string; mark: string | null }): Promise<void> {
    const [name = '', slot = ''] = mark?.split('.') ?? []
    const isOurs = name === settings.mark || peerOf(keeping.store(request), name) !== undefined
    const isOther = isOurs && slot !== carried.get(request)?.key.slot
    if (mark === null || (isOther && !(await keeping.rows(request).logins.holds(slot)))) await door.destroy(request, id)
  }

  const follow = (request: FastifyRequest) => door.watch(request, ending.watch(request))

  /** What a request holds here, for whoever asks from another registration. */
  async function heldOf(request: FastifyRequest): Promise<Carried | null> {
    const key = cookies.read(request, keeping.reach(request))
    const kept = key === null ? null : await keeping.rows(request).logins.find(key.slot)
    return key !== null && kept !== null && isAlive(request, key, kept) ? carriedOf(key, kept) : null
  }

  const peer: Peer = {
    async markOf(request, reply) {
      const held = await heldOf(request)
      if (held !== null) seen.renew(request, reply)
      return held?.mark ?? null
    },
    async replace(request, reply, by) {
      const held = await heldOf(request)
      if (held !== null) await ending.over(request, held, by)
      cookies.clear(request, reply, keeping.reach(request))
    },
    async leave(request, reply) {
      await ending.end(request, await heldOf(request))
      cookies.clear(request, reply, keeping.reach(request))
    }
  }

  return {
    decorate: (app) => void app.decorateRequest(place, null),
    ask,
    meet,
    join: (store) => joinPeers(store, settings.mark, peer)
  }
}
