import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { readSubject } from './access-token.ts'
import { atLogin } from './at-login.ts'
import { Calls } from './call.ts'
import { decorate } from './decorators.ts'
import { enableApis } from './enable.ts'
import { Exchanges } from './exchange.ts'
import { Hold } from './hold.ts'
import { openHttp } from './http.ts'
import { loginPlugin, loginUrlOf } from './login-plugin.ts'
import { memoryStore } from './memory-store.ts'
import { neverStored } from './no-store.ts'
import { warnOf } from './notices.ts'
import { type FcDataOptions, resolveOptions } from './options.ts'
import { RequireData } from './require-data.ts'
import { chooseSealer } from './seal.ts'

async function fcData(app: FastifyInstance, given: FcDataOptions): Promise<void> {
  const login = loginPlugin(app)
  const options = resolveOptions(given, login)
  const { getAccessToken, onAccess, prefetch, hold: seconds } = options

  const http = openHttp(options.dispatcher)
  const apis = await enableApis(options, http, app.log, login?.platform)
  const sealer = chooseSealer(options.secrets, login)
  const store = options.store ?? memoryStore()
  const hold = new Hold({ store, sealer, seconds, opened: getAccessToken === null, log: app.log })
  const exchanges = new Exchanges(http)
  const calls = new Calls({ exchanges, hold, sealer, onAccess, loginUrl: (request) => loginUrlOf(login, request) })
  const subjectOf = (request: FastifyRequest) => readSubject(request, getAccessToken)
  const guards = new RequireData({ calls, plugin: login, subjectOf })

  warnOf(options.apis, app.log)
  decorate(app, { apis, calls, guards, hold, subjectOf })
  login?.extend({
    scopes: [...apis.values()].flatMap((api) => (api.atLogin ? api.scopes : [])),
    onLogin: atLogin({ apis, prefetch, calls, hold }),
    onLogout: (loginId) => hold.forget(loginId)
  })
  neverStored(app)
  app.addHook('onRoute', (route) => guards.onRoute(route))
  app.addHook('onClose', () => http.close())
}

/** Fastify plugin: the API FranceConnectées. */
export default fp(fcData, { fastify: '5.x', name: 'fastify-fc-data' })
