import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../levers/clock.ts'
import type { Platform } from '../platform.ts'
import { addCookie, clearedCookie, cookieOf } from '../visit.ts'

/** What a service asked, kept while its login goes on. */
export interface ServiceRequest {
  clientId: string
  redirectUri: string
  state: string
  acr: string
  /** Whether the information page is shown. */
  information: boolean
}

/** Who is logged in at the platform, and how. */
export interface Identification {
  citizenId: string
  idpUid: string
  /** The level that the identity provider answered. */
  acr: string
}

/** The platform's own session of one browser, the one that makes single sign-on. */
export interface Session {
  id: string
  expiresAt: number
  /** The only login in progress: a second tab ends the first. */
  interactionId?: string
  request?: ServiceRequest
  /** What the form shown last must send back. */
  csrf?: string
  /** The request sent to the identity provider, until it answers. */
  idp?: { uid: string; state: string }
  /** A banner for the choice page, after a cancellation. */
  notice?: string
  /** How far the login is: FranceConnect refuses a step out of its turn. */
  step?: 'choice' | 'identified' | 'verified' | 'done'
  identification?: Identification
  /** The logout in progress: the engine's confirmation form. */
  logout?: { state: string; form: string; idpUid: string }
}

export const secret = (): string => randomBytes(32).toString('hex')

/** Sessions kept at most. */
const capacity = 10_000

/** The sessions of one platform. */
export interface Sessions {
  /** The living session of this browser. */
  of(request: IncomingMessage): Session | undefined
  /** The session of this browser, a new one if it has none; where the platform's slides, this prolongs it. */
  visited(request: IncomingMessage, response: ServerResponse): Session
  /** A new, empty session for this browser. */
  open(request: IncomingMessage, response: ServerResponse): Session
  /** Prolongs a session, under a new id: each step that says who somebody is does. */
  renew(session: Session, response: ServerResponse): void
  /** Gives a session a new id. */
  rename(session: Session, response: ServerResponse): void
  /** Empties a session: what was known of its login is forgotten. */
  restart(session: Session): void
  end(session: Session, response: ServerResponse): void
}

export function createPlatformSessions(clock: Clock, platform: Platform): Sessions {
  const sessions = new Map<string, Session>()
  /** The session of a request that is being answered: its id may change meanwhile. */
  const current = new WeakMap<IncomingMessage, Session>()

  function of(request: IncomingMessage): Session | undefined {
    const session = current.get(request) ?? sessions.get(cookieOf(request, platform.cookies.session) ?? '')
    if (!session) return undefined
    if (session.expiresAt > clock.now()) return session
    sessions.delete(session.id)
    return undefined
  }

  function open(request: IncomingMessage, response: ServerResponse): Session {
    const session: Session = { id: secret(), expiresAt: 0 }
    renew(session, response)
    current.set(request, session)
    return session
  }

  function renew(session: Session, response: ServerResponse): void {
    prolong(session)
    rename(session, response)
  }

  function rename(session: Session, response: ServerResponse): void {
    if (sessions.size >= capacity) sweep()
    sessions.delete(session.id)
    session.id = secret()
    sessions.set(session.id, session)
    send(response, session.id)
  }

  function prolong(session: Session): void {
    session.expiresAt = clock.now() + platform.sessionLife * 1000
  }

  function send(response: ServerResponse, value: string): void {
    const { cookies, prefix, slidingSession, sessionLife } = platform
    const life = slidingSession ? `; Max-Age=${sessionLife}` : ''
    addCookie(response, `${cookies.session}=${value}${life}; Path=${prefix}; HttpOnly; SameSite=Lax`)
  }

  /** Drops what has expired, and the older half when that is not enough. */
  function sweep(): void {
    const now = clock.now()
    for (const [id, { expiresAt }] of sessions) if (expiresAt <= now) sessions.delete(id)
    if (sessions.size < capacity / 2) return
    for (const id of [...sessions.keys()].slice(0, capacity / 2)) sessions.delete(id)
  }

  return {
    of,
    visited(request, response) {
      const session = of(request)
      if (!session) return open(request, response)
      current.set(request, session)
      if (platform.slidingSession) {
        prolong(session)
        send(response, session.id)
      }
      return session
    },
    open,
    renew,
    rename,
    restart(session) {
      for (const name of Object.keys(session) as (keyof Session)[]) {
        if (name !== 'id' && name !== 'expiresAt') delete session[name]
      }
    },
    end(session, response) {
      sessions.delete(session.id)
      addCookie(response, clearedCookie(platform.cookies.session, platform.prefix))
    }
  }
}
