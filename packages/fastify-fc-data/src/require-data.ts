import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { hasScope, hasTime, type Subject } from './access-token.ts'
import { type Call, type Calls, callOf } from './call.ts'
import type { EnabledApi } from './enabled-api.ts'
import { fcDataError } from './errors.ts'
import type { LoginPlugin } from './login-plugin.ts'

/** A preHandler made by `app.fcData.require`. */
export type FcDataGuard = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

type NeedOf = (request: FastifyRequest) => Call

export interface RequireOptions {
  calls: Calls
  plugin: LoginPlugin | null
  subjectOf(request: FastifyRequest): Subject | null | Promise<Subject | null>
}

/** What fits in the attempt's cookie, as the login plugin takes it. */
const MAX_NEEDS = 5
const MAX_NEEDS_BYTES = 1536

const guardsOfRoute = Symbol('fcData guards')

/** Names of the API and its parameters, as they travel in the attempt. */
export function needText({ api, params }: Call): string {
  return JSON.stringify([api.name, params])
}

function fitting(needs: string[]): string[] {
  let bytes = 0
  return needs.slice(0, MAX_NEEDS).filter((need) => {
    bytes += Buffer.byteLength(need)
    return bytes <= MAX_NEEDS_BYTES
  })
}

/** Guards of pages that need data: a login is started only when neither a held answer nor a usable token is there. */
export class RequireData {
  readonly #options: RequireOptions
  readonly #needs = new WeakMap<FcDataGuard, NeedOf>()

  constructor(options: RequireOptions) {
    this.#options = options
  }

  /** `params` are checked here, or at each request when they are a function of it. */
  guard(api: EnabledApi, params: unknown): FcDataGuard {
    const fixed = typeof params === 'function' ? null : callOf(api, params)
    const needOf: NeedOf = (request) => fixed ?? callOf(api, (params as (request: FastifyRequest) => unknown)(request))
    const guard: FcDataGuard = (request, reply) => this.#check(request, reply, needOf)
    this.#needs.set(guard, needOf)
    return guard
  }

  /** Tells each guard of a route what the others need, so that one login fetches it all. */
  onRoute(route: RouteOptions): void {
    const hooks = [route.preHandler ?? []].flat() as unknown[]
    const needs = hooks.map((hook) => this.#needs.get(hook as FcDataGuard)).filter((need) => need !== undefined)
    if (needs.length > 1) route.config = { ...route.config, [guardsOfRoute]: needs }
  }

  async #check(request: FastifyRequest, reply: FastifyReply, needOf: NeedOf): Promise<unknown> {
    const { plugin, subjectOf } = this.#options
    const need = needOf(request)
    // asked even when the page is served: the mark of a login serves the first opening of its page alone
    const back = plugin?.returning(request, reply)
    const subject = await subjectOf(request)
    if (back || (subject && (await this.#served(request, subject, need)))) return undefined
    const error = refusal(need.api, subject)
    if (!plugin) throw error
    const others = (request.routeOptions.config as { [guardsOfRoute]?: NeedOf[] })[guardsOfRoute] ?? [needOf]
    const calls = others.map((other) => other(request))
    const scope = [...new Set(calls.flatMap(({ api }) => api.scopes))]
    return plugin.challenge(request, reply, { error, scope, needs: fitting(calls.map(needText)) })
  }

  async #served(request: FastifyRequest, subject: Subject, need: Call): Promise<boolean> {
    if (await this.#options.calls.held(request, subject, need)) return true
    // A scope asked at every login and not granted would not be granted by another one.
    return hasTime(subject) && (hasScope(subject, need.api) || need.api.atLogin)
  }
}

function refusal({ name, provider }: EnabledApi, subject: Subject | null): Error {
  const details = { api: name, provider: provider.name }
  if (!subject)
    return fcDataError('FST_FC_DATA_LOGIN_REQUIRED', `"${name}" needs a login through FranceConnect`, details)
  const message = `"${name}" needs a new login: FranceConnect’s token is over, or was asked without its scopes`
  return fcDataError('FST_FC_DATA_TOKEN_EXPIRED', message, details)
}
