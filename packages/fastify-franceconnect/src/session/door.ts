import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { failure, isFailure } from '../errors.ts'
import { refuseLateWrite } from './late-write.ts'
import type { StoreFailed } from './store-failure.ts'
import { type Session, type Watch, watchSession } from './watch.ts'

/** A session of the store: its id, and the id as @fastify/session signs it. */
export interface SessionId {
  id: string
  signed: string
}

/** The session that a login will have: nothing of it is stored, and no cookie is set for it, until `keep`. */
export interface Staged {
  /** Stores it; its cookie is not sent before `show`. Throws `FST_FC_UNAVAILABLE`. */
  keep(mark: string): Promise<SessionId>
  /** Puts back the session that was there before. */
  drop(): void
}

/** The one place where `request.session` is touched. */
export interface Door {
  of(request: FastifyRequest): Session | null
  /** The login that the session says it belongs to; `null` for nobody's. */
  markOf(request: FastifyRequest): string | null
  mark(request: FastifyRequest, mark: string): void
  /** Whether the session's cookie reaches this path. */
  covers(request: FastifyRequest): boolean
  /** Whether the browser sent its id: another one may be in the store. */
  came(request: FastifyRequest): boolean
  /** Names that the application wrote. */
  keysOf(request: FastifyRequest): string[]
  /** Puts an empty session with a new id in place of whatever was there; the store is not touched. */
  empty(request: FastifyRequest, kept?: Record<string, unknown>): Promise<void>
  /** Finds a session again by its id, whatever cookie the browser sent. `false` when the store has it no more. */
  restore(request: FastifyRequest, id: SessionId): Promise<boolean>
  save(request: FastifyRequest): Promise<SessionId>
  stage(request: FastifyRequest, keys: readonly string[]): Promise<Staged>
  /** From now on the answer carries the cookie of a session that was staged and kept. */
  show(request: FastifyRequest): void
  watch(request: FastifyRequest, watch: Watch): void
  /** A session of nobody is not stored again once it is gone. */
  refuseLateWrite(request: FastifyRequest, reply: FastifyReply): void
  destroy(request: FastifyRequest, id: string): Promise<void>
}

const markName = 'franceconnect'

type Decrypt = (signed: string, request: FastifyRequest, done: (error?: unknown) => void) => void
type Holder = { session: Session | null }
type Store = {
  get(id: string, done: (error?: unknown, row?: unknown) => void): void
  destroy(id: string, done: (error?: unknown) => void): void
}

/**
 * `timeout` in milliseconds; `null` where the store itself ends in time. `onFailure` is told what the host's store failed
 * by; the plugin's own tells it itself.
 */
export function createDoor(app: FastifyInstance, timeout: number | null, onFailure: StoreFailed): Door {
  const decrypt = (app as unknown as { decryptSession: Decrypt }).decryptSession
  const holder = (request: FastifyRequest) => request as unknown as Holder
  const of = (request: FastifyRequest) => holder(request).session
  const inTime = (work: Promise<void>) => endsInTime(timeout, work, onFailure)
  const ask = (work: (done: (error?: unknown) => void) => void) =>
    inTime(new Promise<void>((done, fail) => work((error) => (error ? fail(error) : done()))))
  const load = (request: FastifyRequest, signed: string) => ask((done) => decrypt(signed, request, done))
  const storeOf = (request: FastifyRequest) => (request as unknown as { sessionStore: Store }).sessionStore

  function idOf(request: FastifyRequest): SessionId {
    const session = of(request)
    return { id: session?.sessionId ?? '', signed: session?.encryptedSessionId ?? '' }
  }

  function came(request: FastifyRequest): boolean {
    const { id } = idOf(request)
    const sent = request.headers.cookie ?? ''
    return id !== '' && (sent.includes(id) || sent.includes(encodeURIComponent(id)))
  }

  const keysOf = (request: FastifyRequest) =>
    Object.keys(of(request) ?? {}).filter((name) => name !== 'cookie' && name !== markName)

  const isUntouched = (request: FastifyRequest, session: Session) =>
    !came(request) && keysOf(request).length === 0 && session[markName] === undefined && session.isSaved?.() === false

  async function empty(request: FastifyRequest, kept: Record<string, unknown> = {}): Promise<void> {
    // a signature that does not verify gives a new session
    await load(request, '')
    Object.assign(of(request)!, kept)
  }

  async function save(request: FastifyRequest): Promise<SessionId> {
    await inTime(of(request)!.save!())
    return idOf(request)
  }

  return {
    of,
    markOf(request) {
      const mark = of(request)?.[markName]
      return typeof mark === 'string' ? mark : null
    },
    mark: (request, mark) => void Object.assign(of(request)!, { [markName]: mark }),
    covers: (request) => typeof of(request)?.sessionId === 'string',
    came,
    keysOf,
    empty,
    async restore(request, { id, signed }) {
      await load(request, signed)
      return of(request)?.sessionId === id
    },
    save,
    async stage(request, keys) {
      const before = of(request)
      // a session that nobody has: its id is as new as another one's
      const isNew = before !== null && isUntouched(request, before)
      let saved = pick(before, keys)
      const stageEmpty = async (values: Record<string, unknown>) => {
        await empty(request, values)
        follow()
      }
      const follow = () => {
        hide(of(request)!)
        watchSession(of(request)!, {
          regenerated: async (names) => stageEmpty(pick(of(request), names)),
          destroyed: async () => {},
          reloaded: async () => {},
          destroy: () => {
            holder(request).session = null
          },
          save: async () => {
            saved = pick(of(request), keysOf(request))
          },
          reload: () => stageEmpty(saved)
        })
      }
      if (isNew) follow()
      else await stageEmpty(saved)
      saved = pick(of(request), keysOf(request))
      return {
        async keep(mark) {
          if (of(request) === null) await empty(request)
          else unstage(of(request)!)
          of(request)![markName] = mark
          const id = await save(request)
          hide(of(request)!)
          return id
        },
        drop() {
          holder(request).session = before
          if (isNew) void load(request, '')
        }
      }
    },
    show: (request) => void Reflect.deleteProperty(Object(of(request)), 'encryptedSessionId'),
    watch(request, watch) {
      const session = of(request)
      if (session?.sessionId !== undefined) watchSession(session, watch)
    },
    refuseLateWrite(request, reply) {
      const session = of(request)
      if (session === null || !came(request)) return
      refuseLateWrite(session, reply, async () => {
        let there = false
        await ask((done) =>
          storeOf(request).get(session.sessionId!, (error, row) => {
            there = row !== undefined && row !== null
            done(error)
          })
        )
        return there
      })
    },
    destroy: (request, id) => ask((done) => storeOf(request).destroy(id, done))
  }
}

/** A copy: what is changed inside a value changes nothing of the session that it came from. */
function pick(session: Session | null, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, copyOf(session?.[name])]))
}

function copyOf(value: unknown): unknown {
  try {
    return structuredClone(value)
  } catch {
    return value
  }
}

/** @fastify/session neither stores nor sends a session without this id. */
function hide(session: Session): void {
  Object.defineProperty(session, 'encryptedSessionId', { value: undefined, configurable: true })
}

function unstage(session: Session): void {
  for (const name of ['encryptedSessionId', 'regenerate', 'destroy', 'save', 'reload']) {
    if (Object.hasOwn(session, name)) Reflect.deleteProperty(session, name)
  }
}

async function endsInTime(timeout: number | null, work: Promise<void>, onFailure: StoreFailed): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  try {
    if (timeout === null) return await work
    const late = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(failure('FST_FC_UNAVAILABLE', 'the session store gave no answer in time')), timeout)
    })
    await Promise.race([work, late])
  } catch (error) {
    if (isFailure(error)) throw error
    onFailure(error)
    throw failure('FST_FC_UNAVAILABLE', 'the session store failed')
  } finally {
    clearTimeout(timer)
  }
}
