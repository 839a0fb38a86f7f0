import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { createDecrypt } from 'franceconnect-protocol/decryption'
import { createDiscovery } from 'franceconnect-protocol/discovery'
import { createHttp } from 'franceconnect-protocol/http'
import { createKeys } from 'franceconnect-protocol/keys'
import { createSealer } from 'franceconnect-protocol/seal'
import { createSignatureCheck } from 'franceconnect-protocol/signature'
import { createCheckToken } from './check-token/check-token.ts'
import { createAsk } from './check-token/exchange.ts'
import { createHeld } from './check-token/held.ts'
import { createAnswer } from './guards/answer.ts'
import { decorateCaller, type FcCaller } from './guards/caller.ts'
import { createGuards, type Require } from './guards/require.ts'
import { watchRoutes } from './guards/routes.ts'
import { createMask, type Mask } from './identity/mask.ts'
import { createMatchOne, type MatchOne } from './identity/match.ts'
import { checkContext, checkOptions } from './options/check.ts'
import type { FcProviderOptions } from './options/options.ts'
import { jwksRoute } from './routes/jwks.ts'
import { createTrace } from './trace/access.ts'

/** `app.fcProvider`. */
export interface FcProvider {
  require: Require
  matchOne: MatchOne
  mask: Mask
}

declare module 'fastify' {
  interface FastifyInstance {
    fcProvider: FcProvider
  }
  interface FastifyRequest {
    /** Who asks, and about whom: on a guarded route. Throws `FST_FC_PROVIDER_GUARD_MISSING` elsewhere. */
    readonly fcCaller: FcCaller
  }
}

async function fcProvider(app: FastifyInstance, options: FcProviderOptions): Promise<void> {
  checkContext(app)
  const settings = checkOptions(options)
  const { issuer, timeout, dispatcher, signedResponseAlg, encryptedResponseAlg, clientSecret } = settings

  const http = createHttp({ timeout, dispatcher })
  const keys = createKeys(signedResponseAlg, createDiscovery(issuer, http, { required: ['jwks_uri'] }), http)
  const decrypt = createDecrypt(settings.decryptionKeys, [encryptedResponseAlg])
  const signature = createSignatureCheck(signedResponseAlg, keys)
  const checkToken = createCheckToken(
    createAsk(settings, { http, keys, decrypt, signature }),
    await createHeld(settings.cache)
  )
  const sealer = createSealer([clientSecret], 'fastify-fc-provider')
  const trace = createTrace({ hash: (sub) => sealer.hash(sub, 'subject'), onAccess: settings.onAccess })
  const answer = createAnswer(settings.onError)
  const guards = createGuards({ settings, checkToken, trace, answer })

  decorateCaller(app)
  app.decorate('fcProvider', {
    require: guards.require,
    matchOne: createMatchOne(trace),
    mask: createMask(settings.scopes)
  })
  jwksRoute(app, settings)
  watchRoutes(app, settings, guards, answer)
  app.addHook('onClose', () => http.close())
}

/** Fastify plugin: one's own API as an API FranceConnectée. */
export default fp(fcProvider, { fastify: '5.x', name: 'fastify-fc-provider' })
