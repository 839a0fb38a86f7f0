import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { createHttp } from 'franceconnect-protocol/http'
import { createExchanges } from './calls/exchange.ts'
import { readSubject } from './calls/login/access-token.ts'
import { marksArrivals } from './calls/login/arrival.ts'
import { loginPlugin } from './calls/login/login-plugin.ts'
import { createCalls } from './calls/pipeline.ts'
import { warnOfProxy } from './calls/proxy.ts'
import { createAtLogin } from './guards/at-login.ts'
import { decorate } from './guards/decorators.ts'
import { neverStored } from './guards/no-store.ts'
import { createRequireData } from './guards/require-data.ts'
import { createHold } from './held/hold.ts'
import { memoryStore } from './held/memory-store.ts'
import { chooseSealer } from './held/seal.ts'
import { LONGEST_TIMEOUT } from './options/check.ts'
import { enableApis } from './options/enable.ts'
import { warnOf } from './options/notices.ts'
import { type FcDataOptions, resolveOptions } from './options/options.ts'

async function fcData(app: FastifyInstance, given: FcDataOptions): Promise<void> {
  const login = loginPlugin(app)
  const options = resolveOptions(given, login)
  const { getAccessToken, onAccess, prefetch, hold: seconds, timeout, callbackTimeout } = options

  const http = createHttp({
    timeout: LONGEST_TIMEOUT,
    connections: 64,
    connectTimeout: 5000,
    dispatcher: options.dispatcher
  })
  const apis = await enableApis(options, http, app.log, login?.platform)
  const sealer = chooseSealer(options.secrets, login)
  const store = options.store ?? memoryStore()
  const hold = createHold({ store, sealer, seconds, opened: getAccessToken === null, log: app.log })
  const exchanges = createExchanges({ http, timeout })
  const calls = createCalls({
    exchanges,
    hold,
    sealer,
    onAccess,
    closing: () => http.closed,
    loginUrl: (request) => login?.loginUrl(request)
  })
  const subjectOf = (request: FastifyRequest) => readSubject(request, getAccessToken)
  const guards = createRequireData({ calls, plugin: login, subjectOf })

  warnOf(options.apis, app.log)
  if (!options.dispatcher) warnOfProxy(app.log)
  decorate(app, { apis, calls, guards, hold, subjectOf })
  login?.extend({
    scopes: [...apis.values()].flatMap((api) => (api.atLogin ? api.scopes : [])),
    onLogin: createAtLogin({ apis, prefetch, calls, hold, callbackTimeout }),
    onLogout: (loginId, request) => hold.forget(loginId, request)
  })
  marksArrivals(app)
  neverStored(app)
  app.addHook('onRoute', (route) => guards.onRoute(route))
  app.addHook('onClose', () => http.close())
}

/** Fastify plugin: the API FranceConnectées. */
export default fp(fcData, { fastify: '5.x', name: 'fastify-fc-data' })
