import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { OwnApi } from '../apis/api.ts'
import type {
  FcDataArguments,
  FcDataCallOptions,
  FcDataGuardArguments,
  FcDataName,
  FcDataResult
} from '../apis/registry.ts'
import { callsOf } from '../calls/call.ts'
import type { Subject } from '../calls/login/access-token.ts'
import type { Calls } from '../calls/pipeline.ts'
import { type FcDataTried, tried } from '../calls/trying.ts'
import type { Hold } from '../held/hold.ts'
import type { EnabledApi } from '../options/enabled-api.ts'
import { enabledApi } from '../options/names.ts'
import { showsData } from './no-store.ts'
import type { FcDataGuard, RequireData } from './require-data.ts'

declare module 'fastify' {
  interface FastifyRequest {
    fcData: RequestFcData
  }
  interface FastifyInstance {
    fcData: FcData
  }
}

declare module 'node:http' {
  interface IncomingMessage {
    /** In an Express or middie application inside Fastify: reads the citizen's data, as Fastify's own request does. */
    fcData: RequestFcData
  }
}

/** `request.fcData`. */
export interface RequestFcData {
  /**
   * Reads the citizen's data from an API FranceConnectée: `{ data, meta }`. An array of parameters is alternatives, asked
   * one after the other until one has data. Throws errors with a `code` (`FST_FC_DATA_…`), a `statusCode`, a `remedy` and
   * a `userMessage` in French.
   */
  <const N extends FcDataName | OwnApi>(name: N, ...rest: FcDataArguments<N>): Promise<FcDataResult<N>>
  /**
   * The same as `{ data, meta, error }`: nothing is thrown that a provider or a citizen can cause. `error.remedy` says
   * what mends it: `'login'`, `'retry'`, `'byHand'` or `'configuration'`.
   */
  try<const N extends FcDataName | OwnApi>(name: N, ...rest: FcDataArguments<N>): Promise<FcDataTried<N>>
}

/** `app.fcData`. */
export interface FcData {
  /**
   * A preHandler for pages that need this API: a login is started when there is neither a held answer nor a usable
   * token, and what the page needs is fetched at its callback. `params` may be a function of the request; an array of
   * them is alternatives, of which the first that has data will do.
   */
  require<const N extends FcDataName | OwnApi>(name: N, ...rest: FcDataGuardArguments<N>): FcDataGuard
  /**
   * Ends a login: nothing is held for it any more, and what comes back later is not kept. To call at logout where
   * fastify-franceconnect does not log citizens in.
   */
  forget(loginId: string): Promise<void>
}

export interface DecoratorsOptions {
  apis: ReadonlyMap<string, EnabledApi>
  calls: Calls
  guards: RequireData
  hold: Hold
  subjectOf(request: FastifyRequest): Subject | null | Promise<Subject | null>
}

const made = Symbol('request.fcData')

export function decorate(app: FastifyInstance, { apis, calls, guards, hold, subjectOf }: DecoratorsOptions): void {
  async function call(request: FastifyRequest, name: unknown, params?: unknown, options?: FcDataCallOptions) {
    const wanted = callsOf(enabledApi(apis, name), params)
    showsData(request)
    const subject = subjectOf(request)
    return calls.first(request, subject instanceof Promise ? await subject : subject, wanted, options)
  }

  function fcDataOf(request: FastifyRequest): RequestFcData {
    const fcData = (name: unknown, params?: unknown, options?: FcDataCallOptions) =>
      call(request, name, params, options)
    const trying = (name: unknown, params?: unknown, options?: FcDataCallOptions) =>
      tried(() => enabledApi(apis, name).name, call(request, name, params, options), options?.signal)
    return Object.assign(fcData, { try: trying }) as RequestFcData
  }

  app.decorateRequest(made, null)
  app.decorateRequest('fcData', {
    getter(this: FastifyRequest & { [made]?: RequestFcData | null }) {
      this[made] ??= fcDataOf(this)
      return this[made]
    }
  })
  app.decorate('fcData', {
    require: (name, ...[params]) => guards.guard(enabledApi(apis, name), params),
    forget: (loginId) => hold.forget(loginId)
  } satisfies FcData)
}
