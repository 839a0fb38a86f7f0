import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from './clock.ts'
import type { Platform } from './platform/platform.ts'
import { addCookie, cookieOf } from './visit.ts'

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
  /** True between the identity provider's answer and the code. */
  identified?: boolean
  identification?: Identification
  /** The logout in progress: the engine's confirmation form. */
  logout?: { state: string; form: string }
}

export const secret = (): string => randomBytes(32).toString('hex')

/** The sessions of one platform. */
export class Sessions {
  readonly #sessions = new Map<string, Session>()
  readonly #clock: Clock
  readonly #platform: Platform

  constructor(clock: Clock, platform: Platform) {
    this.#clock = clock
    this.#platform = platform
  }

  /** The living session of this browser; any request prolongs it where the platform's slides. */
  of(request: IncomingMessage): Session | undefined {
    const session = this.#sessions.get(cookieOf(request, this.#platform.cookies.session) ?? '')
    if (!session) return undefined
    if (session.expiresAt <= this.#clock.now()) {
      this.#sessions.delete(session.id)
      return undefined
    }
    if (this.#platform.slidingSession) this.renew(session)
    return session
  }

  /** A new, empty session for this browser. */
  open(response: ServerResponse): Session {
    if (this.#sessions.size >= 10_000) this.#sweep()
    const session: Session = { id: secret(), expiresAt: 0 }
    this.renew(session)
    this.#sessions.set(session.id, session)
    this.#send(response, session.id)
    return session
  }

  renew(session: Session): void {
    session.expiresAt = this.#clock.now() + this.#platform.sessionLife * 1000
  }

  end(session: Session, response: ServerResponse): void {
    this.#sessions.delete(session.id)
    this.#send(response, '', '; Expires=Thu, 01 Jan 1970 00:00:00 GMT')
  }

  #send(response: ServerResponse, value: string, more = ''): void {
    const { cookies, prefix } = this.#platform
    addCookie(response, `${cookies.session}=${value}; Path=${prefix}; HttpOnly; SameSite=Lax${more}`)
  }

  #sweep(): void {
    const now = this.#clock.now()
    for (const [id, { expiresAt }] of this.#sessions) if (expiresAt <= now) this.#sessions.delete(id)
  }
}
