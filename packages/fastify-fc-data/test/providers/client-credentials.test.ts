import { createHttp } from 'franceconnect-protocol/http'
import t, { type Test } from 'tap'
import { type ClientCredentials, clientCredentials } from '../../src/providers/client-credentials.ts'
import { type DataServer, json, startDataServer } from '../data-server.ts'

async function bench(t: Test, expiresIn: unknown = 3600): Promise<{ server: DataServer; tokens: ClientCredentials }> {
  const server = await startDataServer(t)
  const http = createHttp({ timeout: 15_000 })
  t.teardown(() => http.close())
  let count = 0
  server.answerToken((_, response) =>
    setTimeout(() => json(response, 200, { access_token: `token-${++count}`, expires_in: expiresIn }), 20)
  )
  const options = {
    tokenUrl: `${server.url}/token?tenant=dgfip`,
    clientId: 'id',
    clientSecret: 's3cret:with/signs',
    timeout: 3000
  }
  return { server, tokens: clientCredentials('dgfip', options, http) }
}

function at(t: Test, seconds: number): void {
  const real = Date.now
  t.teardown(() => {
    Date.now = real
  })
  Date.now = () => real() + seconds * 1000
}

t.test('one fetch for everybody, one token per scope', async (t) => {
  const { server, tokens } = await bench(t)
  const all = await Promise.all(Array.from({ length: 50 }, () => tokens.get('RessourceIR')))
  t.strictSame(new Set(all), new Set(['token-1']))
  t.equal(await tokens.get('RessourceIR'), 'token-1')
  t.equal(await tokens.get('RessourceIFI'), 'token-2')
  t.equal(server.tokenCalls.length, 2)
  t.match(server.tokenCalls[0], {
    url: '/token?tenant=dgfip',
    body: 'grant_type=client_credentials&scope=RessourceIR',
    headers: {
      authorization: `Basic ${Buffer.from('id:s3cret:with/signs').toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded'
    }
  })
})

t.test('it is renewed before it ends', async (t) => {
  const { tokens } = await bench(t, 100)
  t.equal(await tokens.get('a'), 'token-1')
  at(t, 79)
  t.equal(await tokens.get('a'), 'token-1')
  at(t, 4)
  t.equal(await tokens.get('a'), 'token-2', 'with a fifth of its life left')
})

t.test('a life that is not said, zero or absurd', async (t) => {
  const unsaid = await bench(t, undefined)
  t.equal(await unsaid.tokens.get('a'), 'token-1')
  t.equal(await unsaid.tokens.get('a'), 'token-1')
  for (const life of [0, -5, 'x', 1]) {
    const { tokens } = await bench(t, life)
    await tokens.get('a')
    t.equal(await tokens.get('a'), 'token-2', `${life} is not held`)
  }
})

t.test('a token that the provider refused is fetched again, once a minute', async (t) => {
  const { server, tokens } = await bench(t)
  const first = await tokens.get('a')
  t.ok(tokens.refuse(first))
  t.ok(tokens.refuse(first), 'for those who used it and hear it later too')
  t.equal(await tokens.get('a'), 'token-2')
  t.ok(tokens.refuse(first), 'for them another one is there')
  t.notOk(tokens.refuse('token-2'), 'a provider that refuses whatever it gives')
  t.equal(await tokens.get('a'), 'token-2')
  at(t, 61)
  t.ok(tokens.refuse('token-2'))
  t.equal(await tokens.get('a'), 'token-3')
  t.equal(server.tokenCalls.length, 3)
})

t.test('a passing failure is asked once more, and a byte order mark read', async (t) => {
  for (const [name, fail] of Object.entries<Parameters<DataServer['answerToken']>[0]>({
    '503': (_, response) => json(response, 503, {}),
    '502 with a wait': (_, response) => json(response, 502, {}, { 'retry-after': '1' }),
    'a connection lost': (request) => request.socket.resetAndDestroy()
  })) {
    const { server, tokens } = await bench(t)
    let count = 0
    server.answerToken((request, response, call) =>
      count++ === 0
        ? fail(request, response, call)
        : json(response, 200, '\uFEFF{"access_token":"good","expires_in":60}')
    )
    t.equal(await tokens.get('a'), 'good', name)
    t.equal(server.tokenCalls.length, 2)
  }
  const { server, tokens } = await bench(t)
  server.answerToken((_, response) => json(response, 503, {}))
  await t.rejects(tokens.get('a'), { code: 'FST_FC_DATA_CREDENTIALS_FAILED', remedy: 'retry' })
  t.equal(server.tokenCalls.length, 2)
  server.answerToken((_, response) => json(response, 401, {}))
  await t.rejects(tokens.get('a'), { code: 'FST_FC_DATA_CREDENTIALS_FAILED', remedy: 'configuration' })
  t.equal(server.tokenCalls.length, 3, 'a refusal is not')
})

t.test('a refusal names no secret and is not kept', async (t) => {
  const { server, tokens } = await bench(t)
  const answers: [string, Parameters<DataServer['answerToken']>[0]][] = [
    ['401', (_, response) => json(response, 401, { error: 'invalid_client', error_description: 's3cret:with/signs' })],
    ['not JSON', (_, response) => json(response, 200, '<html>')],
    ['no token', (_, response) => json(response, 200, {})],
    ['a token with a line break', (_, response) => json(response, 200, { access_token: 'a\r\nx-admin: 1' })],
    ['a redirect', (_, response) => response.writeHead(302, { location: '/elsewhere' }).end()],
    ['nothing', () => undefined]
  ]
  for (const [name, answer] of answers) {
    server.answerToken(answer)
    const error = (await tokens.get('a').catch((reason: unknown) => reason)) as Error
    t.match(error, { code: 'FST_FC_DATA_CREDENTIALS_FAILED', statusCode: 502, provider: 'dgfip' }, name)
    t.notMatch(JSON.stringify(error) + error.message + error.stack, /s3cret|czNjcmV0/, name)
  }
  server.answerToken((_, response) => json(response, 200, { access_token: 'good', expires_in: 60 }))
  t.equal(await tokens.get('a'), 'good')
})
