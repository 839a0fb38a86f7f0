import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { failure, isFailure } from './errors.ts'
import type { Login } from './login.ts'
import type { LoginData, LoginRecords, OpenedLogin } from './login-record.ts'
import type { Settings } from './options.ts'
import { setUpSession } from './session-setup.ts'
import { type Row, type Rows, rowsOf, type SessionStore } from './session-store.ts'

/** The login that a request carries: its record as read from the store, opened when somebody looks. */
interface Carried {
  id: string
  sealed: string
  opened?: OpenedLogin | null
}

export interface Sessions {
  /** The login of this request; `null` when there is none or it is over. */
  current(request: FastifyRequest): OpenedLogin | null
  /**
   * Keeps a login: its record in the store, then a new session id that points to it. What an anonymous session held is
   * kept, and what the same person's held; the session of somebody else is emptied. Gives the id that was replaced.
   * Throws `FST_FC_UNAVAILABLE`.
   */
  establish(request: FastifyRequest, data: LoginData): Promise<{ login: Login; replaced: string | null }>
  /** Deletes the login's record, whatever sessions still point to it; gives its id. Throws `FST_FC_UNAVAILABLE`. */
  revoke(request: FastifyRequest): Promise<string | null>
  /** Ends the session once the record is gone. Throws `FST_FC_UNAVAILABLE`. */
  end(request: FastifyRequest, reply: FastifyReply): Promise<void>
}

const carried = Symbol('franceconnect.login')
type Carrier = FastifyRequest & { [carried]?: Carried | null }
type Session = Record<string, unknown> & {
  cookie?: { secure?: unknown; path?: string }
  regenerate?(keys: string[]): Promise<void>
  destroy?(): Promise<void>
}

/** The one place where the session is touched: it holds the random id of a login, and no more. */
export async function createSessions(
  app: FastifyInstance,
  settings: Settings,
  records: LoginRecords
): Promise<Sessions> {
  const setup = await setUpSession(app, settings)
  const key = `franceconnect-${settings.mark}`
  const rowKey = (id: string) => `${key}-login-${id}`
  const rowsByStore = new WeakMap<SessionStore, Rows>()
  if (setup.own) rowsByStore.set(setup.own.store, setup.own.rows)
  let warned = false

  function rowsFor(request: Carrier): Rows {
    const store = request.sessionStore as SessionStore
    let rows = rowsByStore.get(store)
    if (rows === undefined) {
      rows = rowsOf(store, settings.timeout)
      rowsByStore.set(store, rows)
    }
    return rows
  }

  function idOf(request: Carrier): string | null {
    const id = sessionOf(request)?.[key]
    return typeof id === 'string' ? id : null
  }

  app.decorateRequest(carried, null)
  app.addHook('onRequest', (request: Carrier, _reply, done) => {
    const id = idOf(request)
    if (id === null) return done()
    rowsFor(request).read(rowKey(id), (error, row) => {
      const sealed = row?.['login']
      if (error !== null) return done(error)
      if (row && typeof sealed !== 'string')
        return done(failure('FST_FC_UNAVAILABLE', 'the session store gave back no login record'))
      if (typeof sealed === 'string') request[carried] = { id, sealed }
      done()
    })
  })

  function current(request: Carrier): OpenedLogin | null {
    const held = request[carried]
    if (!held) return null
    if (held.opened === undefined) held.opened = records.open(held.sealed, held.id)
    return held.opened !== null && held.opened.expiresAt > Date.now() ? held.opened : null
  }

  function warnOfDroppedSession(request: Carrier): void {
    const dropped = setup.cookie === null && sessionOf(request)?.cookie?.secure === true && request.protocol !== 'https'
    if (!dropped || warned) return
    warned = true
    request.log.warn(
      'the application’s @fastify/session drops this login: its cookie is Secure and the request does not look like https. Set trustProxy on Fastify behind a proxy, or cookie.secure: ’auto’.'
    )
  }

  async function establish(request: Carrier, data: LoginData) {
    const session = sessionOf(request)
    if (!session?.regenerate) throw failure('FST_FC_UNAVAILABLE', 'the session does not cover this path')
    warnOfDroppedSession(request)
    const before = idOf(request)
    const kept = before === null || records.madeFor(before, data.sub) ? keysOf(session, key) : []
    const { sealed, opened } = records.seal(data)
    await rowsFor(request).set(rowKey(data.id), rowOf(sealed, data.expiresAt))
    const replaced = await revoke(request)
    await orUnavailable(session.regenerate(kept))
    sessionOf(request)![key] = data.id
    request[carried] = { id: data.id, sealed, opened }
    return { login: opened.login, replaced }
  }

  async function revoke(request: Carrier): Promise<string | null> {
    const id = idOf(request)
    if (id === null) return null
    await rowsFor(request).destroy(rowKey(id))
    records.forget(id)
    return id
  }

  async function end(request: Carrier, reply: FastifyReply): Promise<void> {
    request[carried] = null
    const session = sessionOf(request)
    if (idOf(request) === null || !session?.destroy) return
    await orUnavailable(session.destroy())
    if (setup.cookie) reply.clearCookie(setup.cookie.name, setup.cookie.options)
  }

  return { current, establish, revoke, end } as Sessions
}

/** `null` once destroyed; without methods where the session's cookie does not cover the path. */
function sessionOf(request: FastifyRequest): Session | null {
  return request.session as unknown as Session | null
}

/** Like a session's row for the store: what it expires by is read in one of these three ways. */
function rowOf(sealed: string, expiresAt: number): Row {
  const life = expiresAt - Date.now()
  return {
    cookie: { expires: new Date(expiresAt), maxAge: life, originalMaxAge: life, path: '/', httpOnly: true },
    login: sealed
  }
}

function keysOf(session: Session, own: string): string[] {
  return Object.keys(session).filter((name) => name !== 'cookie' && name !== own)
}

async function orUnavailable(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    throw isFailure(error) ? error : failure('FST_FC_UNAVAILABLE', 'the session store failed')
  })
}
