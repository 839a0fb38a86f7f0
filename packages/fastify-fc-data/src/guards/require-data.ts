import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { AnyReply, AnyRequest } from 'franceconnect-protocol/incoming'
import { callsOf } from '../calls/call.ts'
import { GUARD_MARGIN, hasScope, hasTime, type Subject } from '../calls/login/access-token.ts'
import type { LoginPlugin } from '../calls/login/login-plugin.ts'
import type { Calls } from '../calls/pipeline.ts'
import { fcDataError } from '../errors.ts'
import type { EnabledApi } from '../options/enabled-api.ts'
import { passedBy } from './express.ts'
import { type Alternatives, travelling } from './need.ts'

/** A preHandler made by `app.fcData.require`, for a server of any kind; in an Express or middie application inside Fastify, a middleware. */
export interface FcDataGuard {
  (request: AnyRequest, reply: AnyReply): Promise<unknown>
  (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): Promise<unknown>
}

type NeedOf = (request: FastifyRequest) => Alternatives

export interface RequireOptions {
  calls: Calls
  plugin: LoginPlugin | null
  subjectOf(request: FastifyRequest): Subject | null | Promise<Subject | null>
}

/** Guards of pages that need data: a login is started only when neither a held answer nor a usable token is there. */
export interface RequireData {
  /** `params` are checked here, or at each request when they are a function of it; an array of them is alternatives. */
  guard(api: EnabledApi, params: unknown): FcDataGuard
  /** Tells each guard of a route what the others need, so that one login fetches it all. */
  onRoute(route: RouteOptions): void
}

const guardsOfRoute = Symbol('fcData guards')

export function createRequireData({ calls, plugin, subjectOf }: RequireOptions): RequireData {
  const needs = new WeakMap<FcDataGuard, NeedOf>()

  /** Alternatives are served by the first that has something to show, or by the last once nothing is known of all. */
  async function served(request: FastifyRequest, subject: Subject, [call, ...others]: Alternatives): Promise<boolean> {
    for (const one of [call, ...others]) {
      const outlook = await calls.outlook(request, subject, one)
      if (outlook === 'shown' || outlook === 'coming') return true
      if (outlook === 'nothing') continue
      // A scope asked at every login and not granted would not be granted by another one.
      return hasTime(subject, GUARD_MARGIN) && (hasScope(subject, one.api) || one.api.atLogin)
    }
    return true
  }

  /** What to answer in place of the page; `null` lets the request through. */
  async function check(request: FastifyRequest, reply: FastifyReply, needOf: NeedOf) {
    const need = needOf(request)
    // asked even when the page is served: the mark of a login serves the first opening of its page alone
    const back = plugin?.returning(request, reply)
    const subject = await subjectOf(request)
    if (back || (subject && (await served(request, subject, need)))) return null
    const error = refusal(need[0].api, subject)
    if (!plugin) throw error
    const others = (request.routeOptions.config as { [guardsOfRoute]?: NeedOf[] })[guardsOfRoute] ?? [needOf]
    const wanted = others.map((other) => other(request))
    const scope = [...new Set(wanted.flatMap(([{ api }]) => api.scopes))]
    const needs = travelling(wanted, subject?.loginId ?? null)
    return () => plugin.challenge(request, reply, { error, scope, needs })
  }

  return {
    guard(api, params) {
      const fixed = typeof params === 'function' ? null : callsOf(api, params)
      const needOf: NeedOf = (request) =>
        fixed ?? callsOf(api, (params as (request: FastifyRequest) => unknown)(request))
      const guard: FcDataGuard = passedBy((request, reply) => check(request, reply, needOf))
      needs.set(guard, needOf)
      return guard
    },
    onRoute(route) {
      const hooks = [route.preHandler ?? []].flat() as unknown[]
      const found = hooks.map((hook) => needs.get(hook as FcDataGuard)).filter((need) => need !== undefined)
      if (found.length > 1) route.config = { ...route.config, [guardsOfRoute]: found }
    }
  }
}

function refusal({ name, provider }: EnabledApi, subject: Subject | null): Error {
  const details = { api: name, provider: provider.name }
  if (!subject)
    return fcDataError('FST_FC_DATA_LOGIN_REQUIRED', `"${name}" needs a login through FranceConnect`, details)
  const message = `"${name}" needs a new login: FranceConnect’s token is over, or was asked without its scopes`
  return fcDataError('FST_FC_DATA_TOKEN_EXPIRED', message, details)
}
