import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Subject } from './access-token.ts'
import type { OwnApi } from './api.ts'
import { type Calls, callOf } from './call.ts'
import type { EnabledApi } from './enabled-api.ts'
import type { Hold } from './hold.ts'
import { enabledApi } from './names.ts'
import { showsData } from './no-store.ts'
import type { FcDataArguments, FcDataCallOptions, FcDataGuardArguments, FcDataName, FcDataResult } from './registry.ts'
import type { FcDataGuard, RequireData } from './require-data.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * Reads the citizen's data from an API FranceConnectée: `{ data, meta }`. Throws errors with a `code`
     * (`FST_FC_DATA_…`), a `statusCode` and a `userMessage` in French.
     */
    fcData<const N extends FcDataName | OwnApi>(name: N, ...rest: FcDataArguments<N>): Promise<FcDataResult<N>>
  }
  interface FastifyInstance {
    fcData: FcData
  }
}

/** `app.fcData`. */
export interface FcData {
  /**
   * A preHandler for pages that need this API: a login is started when there is neither a held answer nor a usable
   * token, and what the page needs is fetched at its callback. `params` may be a function of the request.
   */
  require<const N extends FcDataName | OwnApi>(name: N, ...rest: FcDataGuardArguments<N>): FcDataGuard
  /** Forgets what is held for a login: to call at logout where fastify-franceconnect does not log citizens out. */
  forget(loginId: string): Promise<void>
}

export interface DecoratorsOptions {
  apis: ReadonlyMap<string, EnabledApi>
  calls: Calls
  guards: RequireData
  hold: Hold
  subjectOf(request: FastifyRequest): Subject | null | Promise<Subject | null>
}

export function decorate(app: FastifyInstance, { apis, calls, guards, hold, subjectOf }: DecoratorsOptions): void {
  async function fcData(this: FastifyRequest, name: unknown, params?: unknown, options?: FcDataCallOptions) {
    const api = enabledApi(apis, name)
    const call = callOf(api, params)
    showsData(this)
    const subject = subjectOf(this)
    return calls.run(this, subject instanceof Promise ? await subject : subject, call, options)
  }
  app.decorateRequest('fcData', fcData as FastifyRequest['fcData'])
  app.decorate('fcData', {
    require: (name, ...[params]) => guards.guard(enabledApi(apis, name), params),
    forget: (loginId) => hold.forget(loginId)
  } satisfies FcData)
}
