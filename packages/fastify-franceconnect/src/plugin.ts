import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { createSealer } from 'franceconnect-protocol/seal'
import { createChallenge, createLoginEntry } from './guards/challenge.ts'
import { decorateLogin } from './guards/no-store.ts'
import { createRequireLogin, refuseUncalled } from './guards/require-login.ts'
import { createAttempts } from './login/attempt.ts'
import { createCallback } from './login/callback.ts'
import { createExtensions } from './login/extensions.ts'
import { createLoginStart } from './login/login-start.ts'
import { createRefusal } from './login/refusal.ts'
import { createReturning } from './login/returning.ts'
import { createLogoutLanding } from './logout/landing.ts'
import { createLogout } from './logout/logout.ts'
import { bindingOf } from './options/binding.ts'
import { checkContext, checkOptions } from './options/check.ts'
import type { FranceConnectOptions } from './options/options.ts'
import { createUrls } from './options/urls.ts'
import { discoveryWarningsOf, warningsOf } from './options/warnings.ts'
import { nameService } from './pages/page.ts'
import { createClient } from './protocol/client.ts'
import { createProvider } from './protocol/provider.ts'
import { createTransport } from './protocol/transport.ts'
import { createAudit, noteMet } from './routes/audit/audit.ts'
import { createAuditedLogin, createAuditedLogout } from './routes/audit/hooks.ts'
import { callbackRoute } from './routes/callback.ts'
import { createDecorator, type FranceConnect } from './routes/decorator.ts'
import { createErrorAnswer } from './routes/error-answer.ts'
import { jwksRoute } from './routes/jwks.ts'
import { loginRoute } from './routes/login.ts'
import { logoutRoute } from './routes/logout.ts'
import { logoutCallbackRoute } from './routes/logout-callback.ts'
import { mountRoutes } from './routes/mount.ts'
import { tracedCallback, tracedStart } from './routes/traced.ts'
import type { Ended } from './session/ending.ts'
import type { Login } from './session/login.ts'
import { createSessions } from './session/sessions.ts'

declare module 'fastify' {
  interface FastifyInstance {
    franceConnect: FranceConnect
  }
  interface FastifyRequest {
    /** The login of this request, or `null`. */
    readonly franceConnect: Login | null
  }
}

declare module 'node:http' {
  interface IncomingMessage {
    /** In an Express or middie application inside Fastify: the login of this request, or `null`. */
    franceConnect?: Login | null
  }
}

async function franceConnect(app: FastifyInstance, options: FranceConnectOptions): Promise<void> {
  checkContext(app)
  const settings = checkOptions(options, app.prefix)
  for (const warning of warningsOf(settings)) app.log.warn(warning)

  nameService(app, settings.serviceName)

  const sealer = createSealer(settings.secrets, `fastify-franceconnect\0${bindingOf(settings)}`)
  const urls = createUrls(settings, (length) => {
    app.log.info({ length }, 'returnTo is longer than 1024 characters: the citizen lands on the default page instead')
  })
  const transport = createTransport(settings.timeout, settings.dispatcher)
  const provider = createProvider(settings, transport, (document) => {
    for (const warning of discoveryWarningsOf(settings, document)) app.log.warn(warning)
  })
  const client = createClient(settings, urls.redirectUri, provider)
  const extensions = createExtensions()
  const audit = createAudit(app, settings, sealer)
  const ended: Ended = (request, loginId) => {
    audit.ended(request, loginId)
    return extensions.loggedOut(request?.log ?? app.log, loginId, request)
  }
  const sessions = await createSessions(app, settings, sealer, ended)
  if (settings.onAudit !== undefined) noteMet(app)
  const attempts = createAttempts(settings, sealer)
  const returning = createReturning(settings, sealer, (request) => sessions.current(request)?.login.id ?? null)
  const startLogin = tracedStart(settings, createLoginStart({ settings, urls, attempts, client, extensions }))
  const login = createLoginEntry(urls, startLogin)
  const logout = createAuditedLogout(createLogout({ settings, urls, client, sessions, sealer }), sessions, audit)
  const landing = createLogoutLanding(settings)
  const challenge = createChallenge({ urls, login: startLogin, landing, reaches: sessions.reaches })
  const loginOf = (request: Parameters<typeof sessions.current>[0]) => sessions.current(request)?.login ?? null
  const requireLogin = createRequireLogin({ settings, challenge, loginOf })
  refuseUncalled(app, requireLogin)

  decorateLogin(app, sessions)
  app.decorate(
    'franceConnect',
    createDecorator({
      ...{ settings, urls, sealer, client, extensions, returning, login, logout, challenge, requireLogin, sessions },
      refusal: createRefusal(urls)
    })
  )

  const { routes, baseUrl } = settings
  const loginErrors = createErrorAnswer({ settings, audit }, urls, 'login')
  const logoutErrors = createErrorAnswer({ settings, audit }, urls, 'logout')
  const { claims } = sessions
  const finish = createCallback({
    settings: createAuditedLogin(settings, audit),
    attempts,
    client,
    sessions,
    claims,
    extensions,
    sealer
  })
  const callback = callbackRoute({ settings, urls, attempts, callback: finish, sessions, returning, logout, audit })
  const jwks = settings.decryptionKeys.length > 0 && routes.jwks
  await mountRoutes(app, settings.register, [
    { path: routes.login, methods: ['GET'], handler: loginRoute(login), errorHandler: loginErrors },
    { path: routes.callback, methods: ['GET'], handler: tracedCallback(settings, callback), errorHandler: loginErrors },
    {
      path: routes.logout,
      methods: ['GET', 'POST'],
      handler: logoutRoute(logout, baseUrl),
      errorHandler: logoutErrors
    },
    {
      path: routes.logoutCallback,
      methods: ['GET'],
      handler: logoutCallbackRoute(logout, landing),
      errorHandler: logoutErrors
    },
    { path: jwks, methods: ['GET'], handler: jwksRoute(settings.decryptionKeys), errorHandler: logoutErrors }
  ])

  app.addHook('onReady', async () => extensions.close())
  app.addHook('onClose', () => transport.close())
}

/** Fastify plugin: FranceConnect and FranceConnect+. */
export default fp(franceConnect, { fastify: '5.x', name: 'fastify-franceconnect' })
