import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeProtectedHeader } from 'jose'
import t from 'tap'
import { plusClients, privateKeys, publicKeys } from '../plus-clients.ts'
import { noted, type RecordedAnswer, recording, sameAnswer } from '../recorded.ts'
import { RelyingParty, recordedSandbox } from '../relying-party.ts'

interface Failure {
  authorize: string | RecordedAnswer
  token: RecordedAnswer
  'same code again': RecordedAnswer
}

type Serve = (response: ServerResponse) => void

const json =
  (body: unknown, headers: Record<string, string> = {}): Serve =>
  (response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    response.end(JSON.stringify(body))
  }

/** How the service's key address behaved, by the name of the recorded case. */
const behaviours: Record<string, Serve> = {
  s404: (response) => {
    response.statusCode = 404
    response.end('{}')
  },
  s500: (response) => {
    response.statusCode = 500
    response.end('oops')
  },
  html: (response) => void response.end('<html>not a key set</html>'),
  redirect: (response) => {
    response.statusCode = 302
    response.setHeader('location', '/moved')
    response.end()
  },
  slow: () => {},
  empty: json({ keys: [] }),
  sigonly: json({ keys: [{ ...publicKeys.rsa, use: 'sig' }] }),
  wrongalg: json({ keys: [{ ...publicKeys.rsa, alg: 'RSA-OAEP' }] }),
  wrongkty: json({ keys: [publicKeys.ec] }),
  privatekey: json({ keys: [privateKeys[0]] })
}

/** A service's key address on this machine. */
async function keyAddress(t: { teardown(end: () => unknown): unknown }) {
  const state = { serve: json({ keys: [publicKeys.rsa] }), requests: 0 }
  const server = createServer((request, response) => {
    if (request.url === '/moved') return json({ keys: [publicKeys.rsa] })(response)
    state.requests += 1
    state.serve(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return Object.assign(state, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks` })
}

const { jwks: _jwks, ...keyless } = plusClients.rsa256
const plus = 'franceconnect-plus'
const {
  'rotation and outage (JWKS served with max-age=5)': _rotation,
  nojwks,
  ...failures
} = recording<Record<string, Failure>>(plus, 'jwks-failures')

t.test('every recorded failure of the key address of a service', async (t) => {
  t.jobs = 4
  for (const [name, expected] of Object.entries(failures)) {
    t.test(name, { buffered: true }, async (t) => {
      const address = await keyAddress(t)
      const jwksUri = { down: 'https://127.0.0.1:9/jwks', downdns: 'https://nowhere.invalid/jwks' }[name] ?? address.url
      address.serve = behaviours[name] ?? address.serve
      const sandbox = await recordedSandbox(t, [{ ...keyless, jwksUri }])
      const service = new RelyingParty(sandbox, sandbox.client, plus)
      const code = await service.code()
      t.equal(address.requests, 0, 'read at the token request only')
      await sameAnswer(t, await service.token(code), expected.token, service.issuer, 'token')
      await sameAnswer(t, await service.token(code), expected['same code again'], service.issuer, 'again')
    })
  }
})

t.test('services that FranceConnect+ does not take', async (t) => {
  const { idTokenEncryptedResponseAlg: _alg, ...unencrypted } = plusClients.rsa256
  for (const [client, code] of [
    [keyless, (nojwks!.authorize as RecordedAnswer).errorCode],
    [unencrypted, 'Y043310B'],
    [{ ...plusClients.rsa256, idTokenSignedResponseAlg: 'RS256' }, 'Y043310B'],
    [{ ...plusClients.rsa256, scopes: ['openid', 'cnaf_enfants'] }, 'Y043310B'],
    [{ ...keyless, jwksUri: 'http://localhost:3000/jwks' }, 'Y04EA6EF']
  ] as const) {
    const sandbox = await recordedSandbox(t, [client as typeof plusClients.rsa256])
    const service = new RelyingParty(sandbox, sandbox.client, plus)
    service.scope = 'openid'
    const answer = await noted(await fetch(service.authorizeUrl(), { headers: { accept: 'text/html' } }))
    t.equal(answer.status, 400)
    t.equal(answer.errorCode, code)
  }
})

t.test('how long the keys of a service are kept', async (t) => {
  const address = await keyAddress(t)
  const sandbox = await recordedSandbox(t, [{ ...keyless, jwksUri: address.url }])
  const service = new RelyingParty(sandbox, sandbox.client, plus)
  const kid = async () => decodeProtectedHeader((await service.tokens()).id_token).kid
  const publish = (name: string, headers?: Record<string, string>) => {
    address.serve = json({ keys: [{ ...publicKeys.rsa, kid: name }] }, headers)
  }
  publish('one', { 'cache-control': 'max-age=5' })
  t.equal(await kid(), 'one')
  publish('two', { 'cache-control': 'max-age=86400' })
  sandbox.advance(30)
  t.equal(await kid(), 'one', 'at least a minute')
  sandbox.advance(33)
  t.equal(await kid(), 'two')
  publish('three')
  sandbox.advance(86_300)
  t.equal(await kid(), 'two', 'as long as max-age says')
  sandbox.advance(200)
  t.equal(await kid(), 'three')
  t.equal(address.requests, 3)

  const { access_token } = await service.tokens()
  address.serve = (response) => void response.end('<html>')
  sandbox.advance(0)
  t.equal((await service.userinfo(access_token)).status, 200, 'an outage is not noticed while they are kept')
})

t.test('userinfo with the key address down: 400, and the token survives', async (t) => {
  const address = await keyAddress(t)
  const sandbox = await recordedSandbox(t, [{ ...keyless, jwksUri: address.url }])
  const service = new RelyingParty(sandbox, sandbox.client, plus)
  await service.tokens()
  sandbox.advance(50)
  const { access_token } = await service.tokens()
  address.serve = (response) => void response.end('<html>')
  sandbox.advance(15)
  const refused = await service.userinfo(access_token, '*/*')
  t.equal(refused.status, 400)
  t.match(refused.headers.get('www-authenticate'), /error="invalid_client_metadata"/)
  t.match(await refused.json(), { error: 'invalid_client_metadata' })
  address.serve = json({ keys: [publicKeys.rsa] })
  t.equal((await service.userinfo(access_token)).status, 200)
})
