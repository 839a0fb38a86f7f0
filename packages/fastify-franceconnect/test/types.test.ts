import Fastify from 'fastify'
import {
  type AuditEvent,
  type EndCause,
  type FranceConnectOptions,
  franceConnect,
  type Login,
  type LoginEvents,
  type UserInfo
} from 'fastify-franceconnect'
import { startSandbox } from 'franceconnect-sandbox'
import t from 'tap'

/** Compiled with the tests in strict TypeScript: each `@ts-expect-error` is a mistake that the types must catch. */
t.test('everything is typed without a declare module of the user’s', async (t) => {
  const options: FranceConnectOptions = {
    environment: 'integration',
    clientId: process.env['FC_CLIENT_ID'] ?? 'client',
    clientSecret: process.env['FC_CLIENT_SECRET'] ?? 'secret',
    baseUrl: 'https://demarche.example.fr',
    secret: ['a secret of thirty-two characters or more'],
    onAudit: (event) => {
      const line: AuditEvent = event
      const cause: EndCause | null = event.cause
      // @ts-expect-error an event cannot be written
      event.subject = null
      // @ts-expect-error no claim is in it
      return [line, cause, event.userInfo]
    },
    onLogin: async (request, reply, login) => {
      const sub: string = login.sub
      request.log.info(sub.length)
      return reply
    }
  }
  const unset: FranceConnectOptions = {
    ...options,
    clientId: process.env['NAME'],
    secret: process.env['NAME'],
    baseUrl: process.env['NAME']
  }
  // @ts-expect-error an unknown level
  const level: FranceConnectOptions = { ...options, acrValues: 'eidas4' }
  // @ts-expect-error an unknown option
  const name: FranceConnectOptions = { ...options, clientID: 'x' }
  // @ts-expect-error what is told of events is a function
  const trail: FranceConnectOptions = { ...options, onAudit: 'audit.log' }
  t.ok([unset, level, name, trail])

  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(franceConnect, options)
  app.get('/', { preHandler: app.franceConnect.requireLogin({ acrValues: 'eidas1' }) }, async (request) => {
    const login: Login | null = request.franceConnect
    const user: UserInfo | undefined = login?.userInfo
    const usual: string | undefined = user?.preferred_username
    const register: string | undefined = user?.rnipp_birthdate
    const until: Date | undefined = login?.accessToken?.expiresAt
    // @ts-expect-error a login cannot be written
    request.franceConnect = null
    // @ts-expect-error nor what it holds
    if (login) login.sub = 'x'
    return { usual, register, until }
  })
  const html: string = app.franceConnect.button({ returnTo: '/', plus: false })
  t.match(html, 'fr-connect')
  // @ts-expect-error no such level on any platform
  t.throws(() => app.franceConnect.requireLogin({ acrValues: 'eidas0' }))
  const event: keyof LoginEvents = 'franceconnect:login:failed'
  t.ok(event)
  await app.ready()
})

t.test('the sandbox’s settings are options as they are', async (t) => {
  const sandbox = await startSandbox({ port: 0 })
  t.teardown(() => sandbox.close())
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl: 'http://localhost:3000' })
  await app.ready()
})
