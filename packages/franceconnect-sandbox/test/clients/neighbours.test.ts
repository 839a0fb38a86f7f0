import t from 'tap'
import { type Received, send } from '../exchanges/wire.ts'
import { RelyingParty, recordedClients, recordedSandbox } from '../relying-party.ts'

const html = { accept: 'text/html' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const code = ({ text }: Received) => />(Y[0-9A-F]{6,7})</.exec(text)?.[1]

/** Requests beside the recorded ones, answered by the same rules. */
t.test('authorize', async (t) => {
  const sandbox = await recordedSandbox(t)
  const service = new RelyingParty(sandbox, recordedClients.es256)
  const { origin } = new URL(service.issuer)
  const ask = (change: Record<string, string>, more = '') => {
    const { pathname, search } = new URL(service.authorizeUrl(change))
    return send(origin, 'GET', pathname + search + more, html)
  }
  for (const [name, value] of Object.entries({
    empty: '',
    relative: '/callback',
    'of an application': 'myapp://callback',
    'of a mailbox': 'mailto:a@localhost',
    spaced: 'http://localhost:3000/ callback'
  })) {
    t.equal(code(await ask({ redirect_uri: value })), 'Y030007', `redirect_uri ${name}`)
  }
  t.equal(code(await ask({ redirect_uri: 'http://localhost:3000/%63allback' })), 'Y04C013C', 'an encoded letter')
  const encoded = 'HTTP://localhost:3000/x/../callback'
  t.match((await ask({ redirect_uri: encoded })).headers.location, /interaction/, 'an address once normalised')
  t.equal((await ask({ prompt: 'login' }, '&prompt=login')).text, 'Internal Server Error', 'prompt twice')
  t.equal(
    (await ask({}, '&acr_values=eidas1&foo=1')).status,
    500,
    'a repeated list breaks before anything is looked at'
  )
  t.match(
    (await ask({ scope: 'openid\tgiven_name é "x"' })).headers.location,
    /error=invalid_request/,
    'a tab parts nothing'
  )
  t.match((await ask({ scope: ' openid  given_name é "x" ' })).headers.location, /interaction/)
  for (const claims of [
    '{"id_token":{"x":1}}',
    '{"userinfo":{"x":["y"]}}',
    '{"id_token":{"acr":{"values":["eidas1"]}}}'
  ]) {
    t.match((await ask({ claims })).headers.location, /interaction/, claims)
  }
  for (const claims of ['null', '[]', '{"id_token":"x"}', '{']) {
    t.match((await ask({ claims })).headers.location, /error=invalid_request/, claims)
  }
})

t.test('addresses', async (t) => {
  const sandbox = await recordedSandbox(t)
  const { origin } = new URL(sandbox.issuer)
  const status = async (method: string, path: string) => (await send(origin, method, path, html)).status
  t.equal(await status('GET', '/API/V2/JWKS/'), 200, 'in another case')
  t.equal(await status('GET', '/api/v2//jwks'), 404)
  t.equal(await status('GET', '/api/v2/jwks/x'), 404)
  t.equal(await status('GET', '/api/v2/%zz'), 400)
  t.equal(await status('POST', '/api/v2/jwks'), 404)
  t.equal(await status('GET', '/api/v2/session/end%20'), 404)
})

t.test('an Origin is refused at /token and /userinfo, even with a good token', async (t) => {
  const sandbox = await recordedSandbox(t)
  const service = new RelyingParty(sandbox, recordedClients.es256)
  const origin = { origin: 'http://a.example' }
  const refused = await service.token(await service.code(), {}, origin)
  t.equal(refused.status, 400)
  t.match(await refused.json(), { error: 'invalid_request', error_uri: /Y0489AFE/ })
  const { access_token } = await service.tokens()
  const userinfo = await service.get('/userinfo', { ...origin, authorization: `Bearer ${access_token}` })
  t.equal(userinfo.status, 400)
})

t.test('bodies', async (t) => {
  const sandbox = await recordedSandbox(t)
  const { origin } = new URL(sandbox.issuer)
  const post = (prefix: string, path: string, type: string, body: string) =>
    send(origin, 'POST', prefix + path, { ...html, 'content-type': type }, body)
  t.equal(code(await post('/api/v2', '/login', 'application/json', '"x"')), 'Y000400', 'JSON that is no object')
  t.equal(code(await post('/plus/api/v2', '/login', 'application/json', '{')), 'Y000000', 'JSON is not read')
  t.equal(code(await post('/api/v2', '/login', 'text/plain', 'csrfToken=x')), 'Y000000', 'nor is plain text')
  t.equal(code(await post('/api/v2', '/nowhere', form['content-type'], 'x'.repeat(110_000))), 'Y000000')
  t.equal(code(await post('/api/v2', '/redirect-to-idp', form['content-type'], 'a=b')), 'Y470002')
})

t.test('an authorize during a logout breaks the form of the logout', async (t) => {
  const sandbox = await recordedSandbox(t)
  const service = new RelyingParty(sandbox, recordedClients.es256)
  const browser = sandbox.browser()
  const { id_token } = await service.tokens({}, browser)
  await browser.get(`${service.issuer}/session/end?${new URLSearchParams({ id_token_hint: id_token })}`)
  await browser.get(service.authorizeUrl())
  const broken = await browser.post(`${service.issuer}/client/disconnect-from-idp`, {})
  t.equal(broken.status, 500)
  t.match(broken.text, />Y020019</)
})

t.test('after a rotation of the keys an old hint ends nothing', async (t) => {
  const sandbox = await recordedSandbox(t)
  const service = new RelyingParty(sandbox, recordedClients.es256)
  const browser = sandbox.browser()
  const { id_token } = await service.tokens({}, browser)
  await sandbox.rotateKeys()
  const [page] = await service.logout(id_token, browser)
  t.equal(page?.status, 400)
  t.match(page?.text, />Y045AFAE</)
})

t.test('errors of token and userinfo that no recording has', async (t) => {
  const sandbox = await recordedSandbox(t)
  const service = new RelyingParty(sandbox, recordedClients.es256)
  const { clientId, clientSecret } = service.client
  const basic = (text: string) => ({ authorization: `Basic ${btoa(text)}` })
  const noSecret = { client_secret: undefined }
  const jwt = (payload: object) => `${btoa('{}')}.${btoa(JSON.stringify(payload))}.x`.replaceAll('=', '')
  const rows: [
    what: string,
    change: Record<string, string | undefined>,
    headers: Record<string, string>,
    error: RegExp
  ][] = [
    [
      'another client_id',
      { ...noSecret, client_id: 'x' },
      basic(`${clientId}:${clientSecret}`),
      /mismatch in body and authorization client ids \(undefined\).*Y0419ECE/
    ],
    [
      'no secret in Basic',
      { ...noSecret, client_id: undefined },
      basic(`${clientId}:`),
      /must be provided in the Authorization header \(undefined\).*Y045CC8C/
    ],
    [
      'bad escapes in Basic',
      { ...noSecret, client_id: undefined },
      basic('%zz:x'),
      /not properly encoded \(undefined\).*Y04328E9/
    ],
    [
      'an assertion without a type',
      { ...noSecret, client_assertion: jwt({ sub: clientId }) },
      {},
      /client_assertion_type must be provided \(undefined\).*Y04AF36C/
    ],
    [
      'an assertion without a subject',
      { ...noSecret, client_assertion: jwt({}) },
      {},
      /sub \(JWT subject\) must be provided.*Y044B38D/
    ],
    [
      'a secret in a header and another way',
      {},
      basic(`${clientId}:${clientSecret}`),
      /one mechanism \(undefined\).*Y04DADA6/
    ]
  ]
  for (const [what, change, headers, error] of rows) {
    t.match(await (await service.token('x', change, headers)).text(), error, what)
  }
  const { access_token } = await service.tokens()
  const missing = await service.get('/userinfo?scope=dgfip_rfr', { authorization: `Bearer ${access_token}` })
  t.equal(missing.status, 403)
  t.match(await missing.json(), { error: 'insufficient_scope', error_uri: /Y04CE9C8/ })
})
