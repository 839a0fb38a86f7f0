import t from 'tap'
import { Agent, EnvHttpProxyAgent } from 'undici'
import { annrev, coded, freshQf, GOOD, IR, PRIME, QF, qf, startCitizens } from './citizens.ts'
import { json, startHost } from './host.ts'

const good = (_: unknown, response: Parameters<typeof json>[0]) => json(response, 200, GOOD)
const ir = (request: import('fastify').FastifyRequest) => request.fcData('dgfip/situation-ir', { annrev })

t.test('an identity that cannot be matched is said so, and to be given by hand', async (t) => {
  const host = await startHost(t)
  const { refused } = await startCitizens(t, host.url)
  for (const code of ['36560', '36561', '26563', '51564', '00391', '31563', '35565']) {
    host.answers((_, response) => json(response, 422, coded(code)))
    const error = await refused(code, qf)
    t.match(error, {
      code: 'FST_FC_DATA_IDENTITY_NOT_MATCHED',
      statusCode: 404,
      remedy: 'byHand',
      api: 'dss/quotient-familial',
      provider: 'apiParticulier',
      providerStatusCode: 422,
      providerErrors: [{ code, title: 'Titre' }],
      correlationId: String
    })
    t.match(error.userMessage, /à la main/)
    t.notMatch(error.userMessage, /réessayer/)
  }
})

t.test('a refusal that lasts is not told as a service that answers badly', async (t) => {
  const host = await startHost(t)
  const { refused } = await startCitizens(t, host.url)
  for (const [status, body] of [
    [422, coded('00203')],
    [422, coded('98765')],
    [400, {}],
    [404, '<html>Not Found</html>']
  ] as const) {
    host.answers((_, response) => json(response, status, body))
    const error = await refused('a', qf)
    t.match(error, { code: 'FST_FC_DATA_PROVIDER_ERROR', remedy: /byHand|configuration/ })
    t.notMatch(error.userMessage, /réessayer/)
  }
})

for (const code of ['51501', '50001', '51504', '00101', '00103', '00105', '00108', '00109', '51999', '']) {
  t.test(`a living token refused (401 ${code}): a login would not mend it`, async (t) => {
    const host = await startHost(t)
    const { refused } = await startCitizens(t, host.url)
    host.answers((_, response) => json(response, 401, code ? coded(code) : {}))
    const error = await refused('a', qf)
    t.match(error, { code: 'FST_FC_DATA_TOKEN_REFUSED', statusCode: 502, remedy: 'configuration' })
    t.equal(error.loginUrl, undefined)
    t.match(error.message, /: ./, 'with what is known of it')
  })
}

t.test('a token that FranceConnect no longer knows is mended by a login', async (t) => {
  const host = await startHost(t)
  const { refused } = await startCitizens(t, host.url)
  for (const code of ['50002', '51502']) {
    host.answers((_, response) => json(response, 401, coded(code)))
    t.match(await refused('a', qf), { code: 'FST_FC_DATA_TOKEN_EXPIRED', statusCode: 401, remedy: 'login' })
  }
  host.answers((_, response) => json(response, 401, coded('51503')))
  t.match(await refused('a', qf), { code: 'FST_FC_DATA_SCOPE_MISSING', remedy: 'configuration' })
})

t.test('401 from a provider without codes, once the token is over', async (t) => {
  const host = await startHost(t)
  const { refused } = await startCitizens(t, host.url, {}, 2300)
  host.answers((_, response) => setTimeout(() => json(response, 401, {}), 2500))
  t.match(await refused('a', qf), { code: 'FST_FC_DATA_TOKEN_EXPIRED' })
})

t.test('DGFiP: the gateway’s token revoked is fetched again, and the call tried once', async (t) => {
  const host = await startHost(t)
  const { as, refused } = await startCitizens(t, host.url, { apis: [IR] })
  host.answersToken((_, response) => json(response, 200, { access_token: `p-${host.tokens}`, expires_in: 3600 }))
  host.answers(({ headers }, response) =>
    headers.authorization === 'Bearer p-1' ? json(response, 401, {}) : json(response, 200, { rfr: '12' })
  )
  const pages = await Promise.all(Array.from({ length: 5 }, (_, i) => as(`c${i}`, ir)))
  t.ok(pages.every(({ data }) => data?.rfr === 12))
  t.equal(host.tokens, 2, 'one renewal for all')
  host.answers((_, response) => json(response, 401, {}))
  for (let i = 0; i < 3; i++) t.match(await refused(`d${i}`, ir), { code: 'FST_FC_DATA_TOKEN_REFUSED' })
  t.equal(host.tokens, 2, 'one a minute')
})

t.test('DGFiP: /token answers 503 once, or with a byte order mark', async (t) => {
  for (const kind of ['503', 'bom']) {
    const host = await startHost(t)
    const { as } = await startCitizens(t, host.url, { apis: [IR] })
    host.answersToken((_, response) =>
      kind === '503' && host.tokens === 1
        ? json(response, 503, {})
        : json(response, 200, `${kind === 'bom' ? '\uFEFF' : ''}{"access_token":"p","expires_in":3600}`)
    )
    host.answers((_, response) => json(response, 200, { rfr: 12 }))
    t.match(await as('a', ir), { data: { rfr: 12 } }, kind)
  }
})

t.test('403: the address refused, a firewall, a scope', async (t) => {
  const host = await startHost(t)
  const { refused } = await startCitizens(t, host.url)
  const rows = [
    [json, coded('00107'), /address/],
    [json, coded('00100'), /DataPass/],
    [html, '<html>Access denied</html>', /firewall/],
    [json, { message: 'Forbidden' }, /firewall/],
    [json, [], /firewall/]
  ] as const
  for (const [send, body, said] of rows) {
    host.answers((_, response) => send(response, 403, body))
    const error = await refused('a', qf)
    t.match(error, { code: 'FST_FC_DATA_FORBIDDEN', statusCode: 403, remedy: 'configuration' })
    t.match(error.message, said)
    if (/firewall/.test(String(said))) t.notMatch(error.message, /DataPass/)
  }
})

function html(response: Parameters<typeof json>[0], status: number, body: unknown): void {
  json(response, status, body, { 'content-type': 'text/html' })
}

t.test('the status says the family, the code refines it', async (t) => {
  const host = await startHost(t)
  const { refused } = await startCitizens(t, host.url, { apis: [QF, PRIME] })
  const rows = [
    [403, '39001', 'FST_FC_DATA_FORBIDDEN'],
    [422, '36001', 'FST_FC_DATA_PROVIDER_ERROR'],
    [502, '36001', 'FST_FC_DATA_UNAVAILABLE'],
    [502, '51001', 'FST_FC_DATA_UNAVAILABLE'],
    [502, '51004', 'FST_FC_DATA_UNAVAILABLE'],
    [504, '36002', 'FST_FC_DATA_TIMEOUT'],
    [502, '36000', 'FST_FC_DATA_PROVIDER_ERROR'],
    [502, '51008', 'FST_FC_DATA_RATE_LIMITED']
  ] as const
  for (const [status, code, expected] of rows) {
    host.answers((_, response) => json(response, status, coded(code)))
    t.match(await refused('a', qf), { code: expected, providerStatusCode: status }, `${status} ${code}`)
  }
  host.answers((_, response) => json(response, 429, coded('39004')))
  const limited = (request: import('fastify').FastifyRequest) => request.fcData('dss/prime-activite')
  t.match(await refused('b', limited), { code: 'FST_FC_DATA_RATE_LIMITED' }, '429 39004')
})

t.test('the request’s id is sent, the provider’s kept, and a User-Agent is there', async (t) => {
  const host = await startHost(t)
  const { as, refused } = await startCitizens(t, host.url)
  host.answers((_, response) => json(response, 200, GOOD, { 'x-request-id': 'ap-42' }))
  const { meta } = (await as('a', qf)) as { meta: { correlationId: string; requestId: string } }
  t.equal(host.seen[0]?.headers['x-request-id'], meta.correlationId)
  t.equal(meta.requestId, 'ap-42')
  t.match(host.seen[0]?.headers['user-agent'], /^fastify-fc-data\/\d/)
  host.answers((_, response) => json(response, 500, {}, { 'x-request-id': 'ap-43' }))
  const error = await refused('a', qf)
  t.match(error, { requestId: 'ap-43', correlationId: host.seen[1]?.headers['x-request-id'] })
  host.answers((request, response) =>
    json(response, 500, {}, { 'x-request-id': request.headers.authorization!.slice(7) })
  )
  t.equal((await refused('a', qf)).requestId, undefined, 'never a token that comes back')
  const annee = new Date().getUTCFullYear()
  host.answers((_, response) => json(response, 500, {}, { 'x-request-id': `${annee}1127-0042` }))
  const ofTheYear = await refused('a', (request) => request.fcData('dss/quotient-familial', { annee, mois: 1 }))
  t.equal(ofTheYear.requestId, `${annee}1127-0042`, 'a year is in many of them, and names nobody')
})

t.test('an error that was kept is shown again at info', async (t) => {
  const { startLogins } = await import('./logins.ts')
  const host = await startHost(t)
  host.answers((_, response) => json(response, 500, {}))
  const { citizen, logs } = await startLogins(t, host.url, { prefetch: ['dss/quotient-familial'] })
  const angela = citizen()
  await angela.open('/franceconnect/login')
  for (let i = 0; i < 3; i++)
    t.match((await angela.send({ url: '/qf' })).json(), { code: 'FST_FC_DATA_PROVIDER_ERROR' })
  const lines = logs()
    .split('\n')
    .filter((line) => line.includes('"msg":"fcData"'))
    .map((line) => JSON.parse(line))
  t.strictSame(
    lines.map(({ level, held }) => [level, held]),
    [[40, false], ...Array(3).fill([30, true])]
  )
  t.equal(host.seen.length, 1)
})

t.test('a proxy of the environment is not followed, and that is said once, without its address', async (t) => {
  const host = await startHost(t)
  host.answers(good)
  process.env['HTTPS_PROXY'] = 'http://user:password@proxy.example:3128'
  t.teardown(() => {
    delete process.env['HTTPS_PROXY']
  })
  const { as, logs } = await startCitizens(t, host.url)
  await as('a', freshQf)
  t.equal(logs().match(/EnvHttpProxyAgent/g)?.length, 1)
  t.notMatch(logs(), /password|proxy\.example/)
  const given = await startCitizens(t, host.url, { dispatcher: new EnvHttpProxyAgent() })
  t.notMatch(given.logs(), /EnvHttpProxyAgent/)
  const agent = new Agent()
  t.teardown(() => agent.close())
  t.match(await (await startCitizens(t, host.url, { dispatcher: agent })).as('a', qf), { data: GOOD.data })
})
