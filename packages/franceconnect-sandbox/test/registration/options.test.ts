import t from 'tap'
import { citizen, type SandboxOptions, startSandbox } from '../../src/index.ts'
import { recordedClients } from '../relying-party.ts'

const client = recordedClients.es256

t.test('a wrong option is refused in one sentence that names it', async (t) => {
  const wrong: [unknown, RegExp][] = [
    [null, /options must be an object/],
    [{ prot: 1 }, /unknown option prot/],
    [{ port: 'x' }, /port must be a whole number/],
    [{ port: 70_000 }, /port must be/],
    [{ clients: [] }, /clients must be a list/],
    [{ clients: [null] }, /clients\[0\] must be an object/],
    [{ clients: [{ ...client, clientId: '' }] }, /clients\[0\]\.clientId/],
    [{ clients: [{ ...client, clientSecret: undefined }] }, /clients\[0\]\.clientSecret/],
    [{ clients: [{ ...client, redirectUris: [] }] }, /clients\[0\]\.redirectUris/],
    [{ clients: [{ ...client, redirectUris: ['/callback'] }] }, /clients\[0\]\.redirectUris must be an http/],
    [{ clients: [{ ...client, scopes: 'openid' }] }, /clients\[0\]\.scopes/],
    [{ clients: [{ ...client, scopes: ['openid email'] }] }, /clients\[0\]\.scopes .* one by entry/],
    [{ automaticCitizen: 'nobody' }, /no citizen has the id nobody/],
    [{ clients: [{ ...client, idTokenSignedResponseAlg: 'HS256' }] }, /idTokenSignedResponseAlg/],
    [{ clients: [client, client] }, /different clientId/],
    [{ baseUrl: 'localhost:3000' }, /baseUrl must be an http/],
    [{ citizens: [] }, /citizens must be a list/],
    [{ citizens: [{ id: 'x' }] }, /citizens\[0\] must have register\.gender/],
    [{ hostName: 'http://x' }, /hostName must be a host name/],
    [{ listenAddress: '0.0.0.0' }, /not a loopback address.*allowBeyondLoopback/]
  ]
  for (const [options, message] of wrong) {
    await t.rejects(startSandbox(options as SandboxOptions), { code: 'FST_FC_SANDBOX_INVALID_OPTIONS', message })
  }
})

t.test('time passes by a number of seconds, and nothing else moves it', async (t) => {
  const sandbox = await startSandbox({ port: 0 })
  t.teardown(() => sandbox.close())
  for (const wrong of ['60', undefined, Number.NaN, Number.POSITIVE_INFINITY] as number[])
    t.throws(() => sandbox.advance(wrong), { code: 'FST_FC_SANDBOX_INVALID_OPTIONS' })
})

t.test('a port that is taken', async (t) => {
  const sandbox = await startSandbox({ port: 0 })
  t.teardown(() => sandbox.close())
  const port = Number(new URL(sandbox.issuer).port)
  await t.rejects(startSandbox({ port }), { code: 'FST_FC_SANDBOX_PORT_TAKEN', message: new RegExp(`port ${port}`) })
})

t.test('another host name, in every address, listening everywhere only when told twice', async (t) => {
  const sandbox = await startSandbox({
    port: 0,
    hostName: 'franceconnect.localhost',
    listenAddress: '0.0.0.0',
    allowBeyondLoopback: true
  })
  t.teardown(() => sandbox.close())
  const { port, hostname } = new URL(sandbox.issuer)
  t.equal(hostname, 'franceconnect.localhost')
  const discovery = await fetch(`http://127.0.0.1:${port}/api/v2/.well-known/openid-configuration`)
  const document = (await discovery.json()) as Record<string, string>
  t.equal(document.token_endpoint, `${sandbox.issuer}/token`)
  const url = `http://127.0.0.1:${port}/api/v2/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: sandbox.client.clientId,
    redirect_uri: sandbox.client.redirectUris[0]!,
    scope: 'openid',
    state: 's',
    nonce: 'n'.repeat(22),
    acr_values: 'eidas1'
  })}`
  const response = await fetch(url, { redirect: 'manual' })
  t.match(response.headers.get('location'), `${sandbox.issuer}/interaction/`)
})

t.test("citizens of one's own", async (t) => {
  const own = citizen('moi', {
    title: 'Moi',
    given: ['Ada'],
    family_name: 'Lovelace',
    gender: 'female',
    birthdate: '1990-00-00'
  })
  t.equal(own.register.birthdate, '1990-01-01', 'the register completes a presumed date')
  t.equal(own.provider.birthdate, '1990-00-00')
  const sandbox = await startSandbox({ port: 0, citizens: [own] })
  t.teardown(() => sandbox.close())
  t.same(sandbox.citizens, [own])
})
