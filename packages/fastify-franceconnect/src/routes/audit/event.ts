import type { RefusalReason } from '../../errors.ts'

/**
 * What an audit event is about: `login`, somebody was let in; `step-up`, the same person, at a higher level; `refusal`,
 * of the citizen, of FranceConnect, of `onLogin`, or a logout that another site asked for; `failure`, something broke or
 * was not acceptable; `logout`, asked in the browser of that login; `end`, a login over by another `cause`.
 */
export type AuditType = 'login' | 'step-up' | 'refusal' | 'failure' | 'logout' | 'end'

/**
 * Why a login is over: `logout`, of another login of the same browser; `replaced`, by a login in the same browser;
 * `expired`, its idle time, or its session gone or cleared; `session`, the application destroyed its session;
 * `server`, `app.franceConnect.end()`.
 */
export type EndCause = 'logout' | 'replaced' | 'expired' | 'session' | 'server'

/** One line of the audit trail: never a claim, a token, a code or a state. What does not apply is `null`. */
export interface AuditEvent {
  readonly type: AuditType
  readonly at: Date
  readonly platform: 'franceconnect' | 'franceconnect-plus'
  /** Keyed hash of `sub`: what `app.franceConnect.hash(sub, 'audit')` gives. `null` where nobody was verified. */
  readonly subject: string | null
  /** Random id of the login, the same from its `login` to its `logout` or `end`. */
  readonly loginId: string | null
  /** Level obtained. */
  readonly acr: string | null
  /** When the login is over at the latest, of `login` and `step-up`: once it is, nothing is left to say its `end`. */
  readonly expiresAt: Date | null
  /** Id that follows one attempt, the one of the log. */
  readonly attempt: string | null
  /** Code of the error; `onLogin` where the application refused by an error of its own. */
  readonly code: string | null
  /** Of `FST_FC_LOGIN_REFUSED`. */
  readonly reason: RefusalReason | null
  /** Of `end`. */
  readonly cause: EndCause | null
  /** Address of the client as Fastify sees it (`request.ip`: set `trustProxy` behind a proxy). `null` from the server. */
  readonly ip: string | null
}
