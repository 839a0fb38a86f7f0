import t from 'tap'
import type { AuditEvent } from '../../src/routes/audit/event.ts'
import { Jar, logIn, open, sandboxFor, serviceFor, upToCallback } from '../service.ts'

const names = [
  ...['acr', 'at', 'attempt', 'cause', 'code', 'expiresAt', 'ip', 'loginId'],
  ...['platform', 'reason', 'subject', 'type']
]

t.test(
  'a login, a second one, a logout and an end from the server each leave one event, without a secret',
  async (t) => {
    const sandbox = await sandboxFor(t)
    const events: AuditEvent[] = []
    const canaries: unknown[] = []
    const app = await serviceFor(t, sandbox, {
      server: { trustProxy: true },
      onAudit: (event) => void events.push(event),
      onLogin: (_request, _reply, { sub, idToken, accessToken, userInfo }) => {
        const { given_name, family_name, birthdate } = userInfo
        canaries.push(sub, idToken, accessToken?.value, given_name, family_name, birthdate)
      },
      pages: (app) => {
        app.get('/fin', ({ franceConnect }) => app.franceConnect.end(franceConnect!.id))
        app.get('/hash', async ({ franceConnect }) => app.franceConnect.hash(franceConnect!.sub, 'audit'))
      }
    })
    const jar = new Jar()
    const callback = await upToCallback(app, sandbox, jar)
    const { searchParams } = new URL(callback)
    canaries.push(searchParams.get('code'), searchParams.get('state'))
    await open(app, jar, callback, { 'x-forwarded-for': '192.0.2.7' })
    await open(app, jar, callback)
    t.equal(events.length, 1, 'a reload is no second login')
    const subject = (await open(app, jar, '/hash')).body
    t.match(events[0], { type: 'login', subject, acr: 'eidas1', ip: '192.0.2.7', code: null, cause: null })
    t.match(events[0]?.attempt, /^[0-9a-f]{12}$/)
    await logIn(app, sandbox, jar)
    await open(app, jar, '/franceconnect/logout')
    await open(app, jar, '/franceconnect/logout')
    await logIn(app, sandbox, jar)
    await open(app, jar, '/fin')
    const [first, replaced, second, out, third, ended] = events
    t.strictSame(
      events.map(({ type, cause }) => [type, cause]),
      [
        ...[
          ['login', null],
          ['end', 'replaced'],
          ['login', null]
        ],
        ...[
          ['logout', null],
          ['login', null],
          ['end', 'server']
        ]
      ]
    )
    t.equal(replaced?.loginId, first?.loginId)
    t.match(out, { loginId: second?.loginId, subject, acr: 'eidas1' })
    t.match(ended, { loginId: third?.loginId, ip: null })
    const text = JSON.stringify(events)
    t.equal(canaries.filter((canary) => typeof canary === 'string' && canary !== '').length, canaries.length)
    for (const canary of canaries) t.notOk(text.includes(String(canary)), 'no secret, no claim')
    for (const event of events) t.strictSame(Object.keys(event).sort(), names)
  }
)

t.test('refusals: of the citizen, of onLogin with the subject, of a foreign logout; a failure', async (t) => {
  const sandbox = await sandboxFor(t)
  const events: AuditEvent[] = []
  let mode = 'refusal'
  const app = await serviceFor(t, sandbox, {
    onAudit: (event) => void events.push(event),
    onLogin() {
      if (mode === 'refusal') throw app.franceConnect.refusal('/non')
      if (mode === 'own') throw Object.assign(new Error('closed'), { statusCode: 403 })
    }
  })
  await logIn(app, sandbox, new Jar())
  mode = 'own'
  await logIn(app, sandbox, new Jar())
  const state = new URL(await upToCallback(app, sandbox, new Jar())).searchParams.get('state')
  await open(
    app,
    new Jar(),
    `/franceconnect/callback?code=canary&state=${state}&iss=${encodeURIComponent(sandbox.issuer)}`
  )
  await open(app, new Jar(), '/franceconnect/logout', { 'sec-fetch-site': 'cross-site' })
  const jar = new Jar()
  const login = await open(app, jar, '/franceconnect/login')
  const sent = new URL(String(login.headers.location)).searchParams.get('state')
  const left = new URLSearchParams({
    error: 'access_denied',
    error_description: 'canary',
    state: sent!,
    iss: sandbox.issuer
  })
  await open(app, jar, `/franceconnect/callback?${left}`)
  t.match(events, [
    { type: 'refusal', code: 'FST_FC_REFUSED_BY_SERVICE', subject: /^[\w-]{43}$/, acr: 'eidas1', loginId: null },
    { type: 'refusal', code: 'onLogin', subject: /^[\w-]{43}$/ },
    { type: 'failure', code: 'FST_FC_ATTEMPT_NOT_FOUND', subject: null },
    { type: 'refusal', code: 'FST_FC_LOGOUT_REFUSED', attempt: null },
    { type: 'refusal', code: 'FST_FC_LOGIN_REFUSED', reason: /^(left|refused|failed)$/, attempt: /^[0-9a-f]{12}$/ }
  ])
  t.equal(events.length, 5)
  t.notMatch(JSON.stringify(events), /canary|closed/)
  t.notOk(JSON.stringify(events).includes(state!))
})

t.test('an onAudit that throws, rejects or hangs changes nothing, and is logged without its message', async (t) => {
  const sandbox = await sandboxFor(t)
  for (const onAudit of [
    () => {
      throw new Error('canary')
    },
    async () => Promise.reject(Object.assign(new Error('canary'), { code: 'EDISK' })),
    () => new Promise(() => {})
  ]) {
    const lines: string[] = []
    const server = { logger: { stream: { write: (line: string) => void lines.push(line) } } }
    const app = await serviceFor(t, sandbox, { onAudit, server })
    const jar = new Jar()
    t.equal((await logIn(app, sandbox, jar)).statusCode, 303)
    t.match((await open(app, jar, '/moi')).json().sub, /v1$/)
    t.equal((await open(app, jar, '/franceconnect/logout')).statusCode, 303)
    const said = lines.filter((line) => line.includes('onAudit failed'))
    t.equal(said.length, String(onAudit).includes('new Promise') ? 0 : 2)
    t.notMatch(said.join(''), 'canary')
  }
})
