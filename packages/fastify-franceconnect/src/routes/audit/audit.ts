import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type AcrValues, isAtLeast, isLevel } from 'franceconnect-protocol/acr'
import type { Sealer } from 'franceconnect-protocol/seal'
import type { RefusalReason } from '../../errors.ts'
import type { Settings } from '../../options/options.ts'
import type { Login } from '../../session/login.ts'
import type { AuditEvent, EndCause } from './event.ts'

type Who = Pick<Login, 'id' | 'sub' | 'acr'>
type Stopped = { attempt: string | null; code: string; reason?: RefusalReason | undefined }

/** Tells the application's `onAudit`. Nothing waits for it, and what it throws changes nothing. */
export interface Audit {
  /** A callback begins: `before` is the login that there is, `slot` begins the id of the one to come. */
  begins(request: FastifyRequest, slot: string, before: Login | null): void
  /** A logout begins, of `login`. */
  leaves(request: FastifyRequest, login: Login | null): void
  /** The application is asked about a login that was verified. */
  verified(request: FastifyRequest, login: Login): void
  letIn(request: FastifyRequest, login: Login, attempt: string): void
  stopped(type: 'refusal' | 'failure', request: FastifyRequest, stopped: Stopped): void
  /** A login is over. */
  ended(request: FastifyRequest | null, loginId: string): void
}

interface Context {
  doing: 'callback' | 'logout' | 'page'
  slot?: string
  login?: Who | null
  verified?: Who
}

// of all registrations: a login here may end one there
const place: unique symbol = Symbol('franceconnect.audit')
type Told = FastifyRequest & { [place]?: Context | null }

const contextOf = (request: Told): Context | undefined => request[place] ?? undefined
function note(request: Told, context: Context): void {
  request[place] = context
}

export function createAudit(app: FastifyInstance, settings: Settings, sealer: Sealer): Audit {
  const { onAudit, platform } = settings
  const nothing = {
    ...{ subject: null, loginId: null, acr: null, expiresAt: null },
    ...{ attempt: null, code: null, reason: null, cause: null }
  }

  function tell(request: FastifyRequest | null, event: Pick<AuditEvent, 'type'> & Partial<AuditEvent>): void {
    const whole = { ...nothing, at: new Date(), platform, ip: request?.ip ?? null, ...event }
    const failed = (error: unknown) =>
      (request?.log ?? app.log).error(
        { code: (error as { code?: unknown } | null)?.code ?? 'unknown', type: event.type },
        'onAudit failed; this event may be missing from the audit trail'
      )
    new Promise((resolve) => resolve(onAudit?.(Object.freeze(whole)))).catch(failed)
  }

  const who = ({ id, sub, acr }: Who) => ({
    subject: sealer.hash(sub, 'extension:audit'),
    loginId: id,
    acr
  })

  return {
    begins: (request, slot, login) => note(request, { doing: 'callback', slot, login }),
    leaves: (request, login) => note(request, { doing: 'logout', login }),
    verified(request, login) {
      const context = contextOf(request)
      if (context !== undefined) context.verified = login
    },
    letIn(request, login, attempt) {
      if (onAudit === undefined) return
      const before = contextOf(request)?.login ?? null
      const type = before !== null && isStepUp(before, login) ? 'step-up' : 'login'
      tell(request, { type, ...who(login), expiresAt: login.expiresAt, attempt })
    },
    stopped(type, request, { attempt, code, reason = null }) {
      if (onAudit === undefined) return
      const verified = contextOf(request)?.verified
      // the id of a login that nobody got would be looked for in vain
      tell(request, { type, ...(verified ? { ...who(verified), loginId: null } : {}), attempt, code, reason })
    },
    ended(request, loginId) {
      if (onAudit === undefined) return
      const context = request === null ? undefined : contextOf(request)
      const login = context?.login?.id === loginId ? who(context.login) : { loginId }
      if (context?.doing === 'logout' && context.login?.id === loginId)
        return tell(request, { type: 'logout', ...login })
      tell(request, { type: 'end', ...login, cause: request === null ? 'server' : causeOf(context, loginId) })
    }
  }
}

const page: Context = Object.freeze({ doing: 'page' as const })

/** Notes which requests were met by this plugin: what ends before that ended by itself. */
export function noteMet(app: FastifyInstance): void {
  if (!app.hasRequestDecorator(place)) app.decorateRequest(place, null)
  app.addHook('onRequest', (request, _reply, done) => {
    note(request, page)
    done()
  })
}

function causeOf(context: Context | undefined, loginId: string): EndCause {
  if (context === undefined) return 'expired'
  if (context.doing === 'page') return 'session'
  // the browser logged out while this login was under way
  if (context.doing === 'logout' || loginId.startsWith(context.slot ?? '?')) return 'logout'
  return 'replaced'
}

function isStepUp(before: Who, now: Who): boolean {
  return before.sub === now.sub && isLevel(now.acr) && !isAtLeast(before.acr, now.acr as AcrValues)
}
