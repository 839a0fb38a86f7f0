import type { FastifyRequest } from 'fastify'
import { isFailure } from '../errors.ts'
import { isAgain } from '../login/again.ts'
import type { Attempt } from '../login/attempt.ts'
import { publish } from '../login/events.ts'
import type { Settings } from '../options/options.ts'
import type { Audit } from './audit/audit.ts'

/** Whether a route is about a login: its failures are published. */
export type Kind = 'login' | 'logout'

type Noted = Pick<Attempt, 'id' | 'returnTo'>
const attempts = new WeakMap<FastifyRequest, Noted>()

/** Remembers which attempt a request is about, for the answer and the log of its failure. */
export function noteAttempt(request: FastifyRequest, attempt: Noted): void {
  attempts.set(request, attempt)
}

export function attemptOf(request: FastifyRequest): Noted | undefined {
  return attempts.get(request)
}

const letIn = new WeakSet<FastifyRequest>()

/** Remembers that a request has logged somebody in: what fails afterwards is its answer. */
export const noteLetIn = (request: FastifyRequest): void => void letIn.add(request)

const begun = new WeakSet<FastifyRequest>()

/** Remembers that a route of ours has a request in hand: a hook of the application that fails afterwards has our answer. */
export const noteBegun = (request: FastifyRequest): void => void begun.add(request)

/** Of the citizen or of the application; the rest is broken. */
const refusals = new Set([
  'FST_FC_LOGIN_REFUSED',
  'FST_FC_PROVIDER_ERROR',
  'FST_FC_ACR_TOO_LOW',
  'FST_FC_REFUSED_BY_SERVICE',
  'FST_FC_LOGOUT_REFUSED'
])

export interface ReportParts {
  settings: Settings
  audit: Audit
}

/** Logs and publishes a failure of the plugin's own routes, each under what it is: never a token, never a datum. */
export function reportFailure(
  error: unknown,
  request: FastifyRequest,
  kind: Kind,
  { settings, audit }: ReportParts
): void {
  if (isAgain(request)) {
    request.log.info({ attempt: attemptOf(request)?.id ?? null }, `FranceConnect ${kind} answered as before`)
    return
  }
  if (!isFailure(error)) {
    reportOthers(error, request, kind, { settings, audit })
    return
  }
  const attempt = attemptOf(request)?.id ?? null
  const { code, statusCode, message: reason } = error
  if (code === 'FST_FC_LOGIN_REQUIRED') {
    request.log.info({ code }, 'FranceConnect login not started: a script asked for it')
    return
  }
  // FranceConnect refuses everybody, or is down: somebody must look
  const level = statusCode >= 500 || code === 'FST_FC_PROVIDER_ERROR' ? 'warn' : 'info'
  request.log[level]({ attempt, code, reason }, `FranceConnect ${kind} failed`)
  const refused = refusals.has(code)
  audit.stopped(refused ? 'refusal' : 'failure', request, { attempt, code, reason: error.reason })
  if (kind === 'logout') return
  publish(refused ? 'franceconnect:login:refused' : 'franceconnect:login:failed', {
    attempt,
    code,
    platform: settings.platform,
    ...(error.reason ? { reason: error.reason } : {})
  })
}

/** Whether what was thrown comes from before the route's handler: a hook of the application, or Fastify itself. */
export function isFromHook(error: unknown, request: FastifyRequest): boolean {
  return !isFailure(error) && !attempts.has(request)
}

function reportOthers(error: unknown, request: FastifyRequest, kind: Kind, { settings, audit }: ReportParts): void {
  if (isFromHook(error, request)) {
    const code = (error as { code?: unknown } | null)?.code ?? 'hook'
    if (begun.has(request)) {
      request.log.warn({ code }, `the answer of the FranceConnect ${kind} failed in a hook of the application`)
      return
    }
    request.log[statusOf(error) >= 500 ? 'warn' : 'info']({ code }, `request stopped before the FranceConnect ${kind}`)
    return
  }
  const attempt = attemptOf(request)?.id ?? null
  if (letIn.has(request)) {
    const [code, whose] = settings.onLogin
      ? ['onLogin', 'the answer of onLogin failed']
      : ['hook', 'the answer failed in a hook of the application']
    request.log.warn({ attempt, code }, `${whose}; the FranceConnect login stands`)
    return
  }
  request.log.info({ attempt, code: 'onLogin' }, 'FranceConnect login refused by the application')
  audit.stopped('refusal', request, { attempt, code: 'onLogin' })
  publish('franceconnect:login:refused', { attempt, code: 'onLogin', platform: settings.platform })
}

/** Status that Fastify gives to whatever was thrown. */
export function statusOf(error: unknown): number {
  const { statusCode, status } = (error ?? {}) as { statusCode?: unknown; status?: unknown }
  const given = Number(statusCode ?? status)
  return Number.isInteger(given) && given >= 400 && given <= 599 ? given : 500
}
