import type { ReadableSpan } from '@opentelemetry/sdk-trace-node'
import t from 'tap'
import { exporter, own, scrape } from './sdk.ts'
import { startService } from './service.ts'

const service = await startService()
t.teardown(() => service.close())

const named = (name: string) => exporter.getFinishedSpans().filter((span) => span.name === name)
const parentOf = (span: ReadableSpan | undefined) =>
  exporter.getFinishedSpans().find((other) => other.spanContext().spanId === span?.parentSpanContext?.spanId)

/** Whatever left this process for the observers. */
async function told(): Promise<string> {
  const spans = exporter.getFinishedSpans().map(({ name, attributes, events, status, links, resource }) => ({
    ...{ name, attributes, events, status, links },
    resource: resource.attributes
  }))
  return `${JSON.stringify(spans)}\n${await scrape()}`
}

t.test('a login is spans, each under what it is part of', async (t) => {
  exporter.reset()
  const { answer, cookies } = await service.logIn()
  t.equal(answer.status, 303)
  const [start] = named('franceconnect.start')
  t.match(start?.attributes, {
    'franceconnect.platform': 'franceconnect',
    'franceconnect.attempt': /^[0-9a-f]{12}$/,
    'franceconnect.acr_values': 'eidas1'
  })
  const [callback] = named('franceconnect.callback')
  t.match(callback?.attributes, {
    'franceconnect.attempt': start?.attributes['franceconnect.attempt'],
    'franceconnect.acr': 'eidas1',
    'franceconnect.outcome': 'succeeded'
  })
  for (const name of ['franceconnect.token', 'franceconnect.userinfo']) {
    const [exchange] = named(name)
    t.match(exchange, { attributes: { 'http.response.status_code': 200 }, kind: 2 }, name)
    t.equal(parentOf(exchange)?.name, 'franceconnect.callback')
  }
  t.equal(named('franceconnect.verification').length, 2)
  for (const verification of named('franceconnect.verification')) t.equal(parentOf(verification), callback)
  let root = callback
  while (parentOf(root) !== undefined) root = parentOf(root)
  t.match(root?.name, 'GET', 'under the span of the HTTP request')

  t.equal((await service.open('/dossier', cookies)).status, 200)
  const [call] = named('fcData dss/quotient-familial')
  t.match(call?.attributes, {
    'fc_data.api': 'dss/quotient-familial',
    'fc_data.provider': 'apiParticulier',
    'fc_data.held': false,
    'fc_data.correlation_id': String,
    'http.response.status_code': 200
  })
  const left = Number(call?.attributes['fc_data.token_left'])
  t.ok(left > 50 && left <= 60, `${left} s of the token were left`)
})

t.test('a refusal says why by its code; an error is one that somebody must look at', async (t) => {
  const { sandbox } = service
  const ends: [string, () => Promise<unknown>, code: string, error: boolean][] = [
    ['the citizen leaves', () => service.logIn({ cancel: true }), 'FST_FC_LOGIN_REFUSED', false],
    [
      'a state of nobody',
      () => service.logIn({}, (url) => url.searchParams.set('state', 'f'.repeat(64))),
      'FST_FC_ATTEMPT_NOT_FOUND',
      false
    ],
    [
      'a code of nobody',
      () => service.logIn({}, (url) => url.searchParams.set('code', 'a-code-of-nobody')),
      'FST_FC_CODE_REJECTED',
      false
    ],
    [
      'onLogin throws',
      () => {
        service.refuse(() => Object.assign(new Error('Angela est interdite'), { code: 'DUBOIS' }))
        return service.logIn()
      },
      'FST_FC_REFUSED_BY_SERVICE',
      false
    ],
    [
      'onLogin refuses',
      () => {
        service.refuse(() => service.app.franceConnect.refusal('/ferme'))
        return service.logIn()
      },
      'FST_FC_REFUSED_BY_SERVICE',
      false
    ],
    [
      'the token endpoint is down',
      async () => {
        service.refuse(null)
        return service.logIn({}, () => sandbox.faults.set('franceConnect', 'error'))
      },
      'FST_FC_TOKEN_REQUEST_FAILED',
      true
    ]
  ]
  for (const [what, end, code, error] of ends) {
    exporter.reset()
    await end()
    sandbox.faults.clear()
    const span = named('franceconnect.callback').at(-1)
    t.equal(span?.attributes['error.type'], code, what)
    t.equal(span?.status.code === 2, error, `${what}: ${error ? 'an error' : 'none'}`)
  }
  service.refuse(null)
})

t.test('a call that fails says its code', async (t) => {
  exporter.reset()
  service.sandbox.faults.set('apiParticulier', 'error')
  const { cookies } = await service.logIn()
  await service.open('/dossier', cookies)
  service.sandbox.faults.clear()
  const [call] = named('fcData dss/quotient-familial')
  t.match(call, { attributes: { 'error.type': /^FST_FC_DATA_/ }, status: { code: 2 } })
})

t.test('nothing secret and no datum is in a span or a metric, whatever happened', async (t) => {
  exporter.reset()
  const { cookies } = await service.logIn()
  await service.open('/dossier', cookies)
  await service.logIn({ cancel: true })
  await service.logIn({}, (url) => url.searchParams.set('code', 'a-code-of-nobody'))
  service.refuse(() => Object.assign(new Error('Angela est interdite'), { code: 'DUBOIS' }))
  await service.logIn()
  service.refuse(null)
  for (const fault of ['error', 'html'] as const) {
    service.sandbox.faults.set('franceConnect', fault)
    await service.open('/franceconnect/login')
    service.sandbox.faults.clear()
    await service.logIn({}, () => service.sandbox.faults.set('franceConnect', fault))
    service.sandbox.faults.clear()
    service.sandbox.faults.set('apiParticulier', fault)
    const { cookies } = await service.logIn()
    await service.open('/dossier', cookies)
    service.sandbox.faults.clear()
  }
  const out = await service.open('/franceconnect/logout', cookies)
  t.equal(out.status, 303)
  const everything = await told()
  const names = new Set(service.secrets.values())
  for (const name of [
    'code',
    'state',
    'nonce',
    'accessToken',
    'idToken',
    'cookie',
    'family_name',
    'sub',
    'clientSecret'
  ])
    t.ok(names.has(name), `${name} was seen by the test`)
  for (const [secret, name] of service.secrets) t.notOk(everything.includes(secret), `no ${name}`)
  t.notMatch(everything, /interdite|url\.query":"[^"]/)
  t.ok(everything.length > 20_000, 'and much was told')
})

t.test('once disabled nothing is told; once enabled again it is', async (t) => {
  exporter.reset()
  for (const one of own) one.disable()
  await service.logIn()
  t.equal(exporter.getFinishedSpans().filter(({ name }) => name.startsWith('franceconnect')).length, 0)
  for (const one of own) {
    t.strictSame(one.getConfig(), { enabled: false })
    one.setConfig({ enabled: true })
    one.enable()
  }
  await service.logIn()
  t.equal(named('franceconnect.callback').length, 1, 'once')
})
