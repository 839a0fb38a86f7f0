import fastifyCookie from '@fastify/cookie'
import fastifySession from '@fastify/session'
import Fastify from 'fastify'
import { startSandbox } from 'franceconnect-sandbox'
import t, { type Test } from 'tap'
import franceConnect from '../../src/plugin.ts'
import type { AuditEvent } from '../../src/routes/audit/event.ts'
import { baseUrl, Jar, logIn, open, type ServiceOptions, sandboxFor, secret, serviceFor } from '../service.ts'

/** A service whose trail is kept, and what it says of the ends. */
async function audited(t: Test, options: ServiceOptions = {}) {
  const sandbox = await sandboxFor(t, { clock: 'process' })
  const events: AuditEvent[] = []
  const app = await serviceFor(t, sandbox, { onAudit: (event) => void events.push(event), ...options })
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  return { sandbox, app, jar, events, login: events[0]! }
}

const ended = (login: AuditEvent, cause: AuditEvent['cause']) => ({ type: 'end', cause, loginId: login.loginId })

t.test('a login whose time is over says nothing more: its own event said until when', async (t) => {
  const { sandbox, app, jar, events, login } = await audited(t, { sessionMaxAge: 3600 })
  t.equal(Math.round((login.expiresAt!.getTime() - login.at.getTime()) / 1000), 3600)
  sandbox.advance(3601)
  t.strictSame((await open(app, jar, '/moi')).json().sub, null)
  t.equal(events.length, 1)
  await logIn(app, sandbox, jar)
  t.match(events.slice(1), [{ type: 'login', subject: login.subject, expiresAt: Date }], 'nor is it replaced')
  t.equal(events.length, 2)
})

t.test('a login that nobody used for idleTimeout ends, expired', async (t) => {
  const { sandbox, app, jar, events, login } = await audited(t, { idleTimeout: 600 })
  sandbox.advance(400)
  t.match((await open(app, jar, '/moi')).json().sub, String)
  sandbox.advance(601)
  t.strictSame((await open(app, jar, '/moi')).json().sub, null)
  await open(app, jar, '/moi')
  t.match(events.slice(1), [ended(login, 'expired')])
  t.equal(events.length, 2, 'once')
})

t.test('a session that the application destroys ends its login, session', async (t) => {
  const { app, sandbox, jar, events, login } = await audited(t, {
    pages: (app) => {
      app.get('/detruire', async (request) => {
        await request.session.destroy()
        return ''
      })
    }
  })
  await open(app, jar, '/detruire')
  t.match(events.slice(1), [ended(login, 'session')])
  await logIn(app, sandbox, jar)
  t.match(events.slice(2), [{ type: 'login', subject: login.subject }])
  t.equal(events.length, 3)
})

t.test('a logout says whose it was; a second one, and one of nobody, say nothing', async (t) => {
  const { app, jar, events, login } = await audited(t)
  for (const who of [jar, jar, new Jar()]) await open(app, who, '/franceconnect/logout')
  const { subject, loginId, acr } = login
  t.match(events.slice(1), [{ type: 'logout', subject, loginId, acr, cause: null }])
  t.equal(events.length, 2)
})

t.test('end() from the server, once', async (t) => {
  const { app, jar, events, login } = await audited(t)
  t.equal(await app.franceConnect.end(login.loginId!), true)
  t.equal(await app.franceConnect.end(login.loginId!), false)
  await open(app, jar, '/moi')
  t.match(events.slice(1), [{ ...ended(login, 'server'), ip: null }])
  t.equal(events.length, 2)
})

t.test(
  'two registrations on one session: a login or a logout at one ends the other’s, and both trails say so',
  async (t) => {
    const at = (path: string) => ['fc', 'plus'].map((prefix) => `${baseUrl}/${prefix}/${path}`)
    const [client] = (await sandboxFor(t)).clients
    const sandbox = await startSandbox({
      port: 0,
      clients: [{ ...client!, redirectUris: at('callback'), postLogoutRedirectUris: at('logout/callback') }]
    })
    t.teardown(() => sandbox.close())
    const app = Fastify()
    t.teardown(() => app.close())
    await app.register(fastifyCookie)
    await app.register(fastifySession, { secret, cookie: { secure: false }, saveUninitialized: false })
    const events: (Pick<AuditEvent, 'type' | 'cause' | 'loginId'> & { at: string })[] = []
    for (const prefix of ['fc', 'plus']) {
      await app.register(async (scope) => {
        const path = (name: string) => `/${prefix}/${name}`
        await scope.register(franceConnect, {
          ...{ ...sandbox.franceConnectOptions, secret, baseUrl },
          onAudit: ({ type, cause, loginId }) => void events.push({ at: prefix, type, cause, loginId }),
          routes: {
            ...{ login: path('login'), callback: path('callback'), logout: path('logout') },
            logoutCallback: path('logout/callback')
          }
        })
      })
    }
    const jar = new Jar()
    const enter = async (prefix: string) => {
      const { headers } = await open(app, jar, `/${prefix}/login`)
      await open(app, jar, await sandbox.authorize(String(headers.location)))
    }
    await enter('fc')
    await enter('plus')
    const [first, second, third] = events
    t.match(first, { at: 'fc', type: 'login' })
    t.strictSame(
      [second, third].sort((one, other) => one!.type.localeCompare(other!.type)),
      [
        { at: 'fc', type: 'end', cause: 'replaced', loginId: first?.loginId },
        {
          at: 'plus',
          type: 'login',
          cause: null,
          loginId: [second, third].find((event) => event?.type === 'login')?.loginId
        }
      ]
    )
    events.length = 0
    await open(app, jar, '/fc/logout')
    t.match(events, [{ at: 'plus', type: 'end', cause: 'logout' }], 'a logout at one, of a login at the other')
    t.equal(events.length, 1)
  }
)

t.test('an onAudit that is no function fails the boot, and names the option', async (t) => {
  const sandbox = await sandboxFor(t)
  for (const onAudit of ['audit.log', {}, true, null]) {
    await t.rejects(serviceFor(t, sandbox, { onAudit: onAudit as never }), {
      code: 'FST_FC_INVALID_OPTIONS',
      message: /onAudit/
    })
  }
  await t.rejects(serviceFor(t, sandbox, { onaudit: () => {} } as never), { message: /onaudit.*onAudit/ })
})
