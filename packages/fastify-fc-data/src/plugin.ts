import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { subjectOf as readSubject } from './access-token.ts'
import type { OwnApi } from './api.ts'
import { atLogin } from './at-login.ts'
import { Calls, callOf } from './call.ts'
import { enableApis } from './enable.ts'
import { Exchanges } from './exchange.ts'
import { Hold } from './hold.ts'
import { openHttp } from './http.ts'
import { loginPlugin } from './login-plugin.ts'
import { memoryStore } from './memory-store.ts'
import { enabledApi } from './names.ts'
import { type FcDataOptions, resolveOptions } from './options.ts'
import { paramsOrNone } from './params.ts'
import type { FcDataArguments, FcDataCallOptions, FcDataName, FcDataParams, FcDataResult } from './registry.ts'
import { type FcDataGuard, RequireData } from './require-data.ts'
import { sealerOf } from './seal.ts'

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
  require<const N extends FcDataName | OwnApi>(
    name: N,
    params?: FcDataParams<N> | ((request: FastifyRequest) => FcDataParams<N>)
  ): FcDataGuard
  /** Forgets what is held for a login: to call at logout where fastify-franceconnect does not log citizens out. */
  forget(loginId: string): Promise<void>
}

async function plugin(app: FastifyInstance, given: FcDataOptions): Promise<void> {
  const login = loginPlugin(app)
  const options = resolveOptions(given, login)
  const http = openHttp(options.dispatcher)
  const apis = enableApis(options, http, login?.platform)
  const ownSealer = options.secrets ?? (login ? null : [randomBytes(32).toString('hex')])
  const sealer = ownSealer ? sealerOf(ownSealer) : login!
  const opened = login !== null && !options.getAccessToken
  const store = options.store ?? memoryStore()
  const hold = new Hold({ store, sealer, seconds: options.hold, opened, log: app.log })
  const loginUrl = (request: FastifyRequest) =>
    login?.loginUrl(request.method === 'GET' || request.method === 'HEAD' ? request.url : undefined)
  const calls = new Calls({ exchanges: new Exchanges(http), hold, sealer, onAccess: options.onAccess, loginUrl })
  const subjectOf = (request: FastifyRequest) => readSubject(request, options.getAccessToken)
  const guards = new RequireData({ calls, plugin: login, subjectOf })

  app.decorateRequest('fcData', async function fcData(
    this: FastifyRequest,
    name: unknown,
    params?: unknown,
    callOptions?: FcDataCallOptions
  ) {
    const api = enabledApi(apis, name)
    const call = callOf(api, api.checkParams(paramsOrNone(params)))
    return calls.run(this, await subjectOf(this), call, callOptions)
  } as FastifyRequest['fcData'])

  app.decorate('fcData', {
    require: (name, params) => guards.guard(enabledApi(apis, name), params),
    forget: (loginId) => hold.forget(loginId)
  } satisfies FcData)

  login?.extend({
    scopes: [...new Set([...apis.values()].flatMap((api) => (api.atLogin ? api.scopes : [])))],
    onLogin: atLogin({ apis, prefetch: options.prefetch.map((name) => apis.get(name)!), calls, hold }),
    onLogout: (loginId) => hold.forget(loginId)
  })
  app.addHook('onRoute', (route) => guards.onRoute(route))
  app.addHook('onClose', () => http.close())
}

export default fp(plugin, { fastify: '5.x', name: 'fastify-fc-data' })
