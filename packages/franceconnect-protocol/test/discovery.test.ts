import t from 'tap'
import { keyServer } from './key-server.ts'

t.test('one request, shared and kept', async (t) => {
  const { state, discovery, document } = await keyServer(t)
  const all = await Promise.all(Array.from({ length: 5 }, () => discovery.metadata()))
  t.match(all[0], { issuer: document['issuer'], authorization_response_iss_parameter_supported: false })
  await discovery.metadata()
  t.equal(state.calls.length, 1)
})

t.test('what is not valid is not kept, and the next login asks again', async (t) => {
  const { state, discovery, issuer } = await keyServer(t)
  const bad: Record<string, unknown>[] = [
    { issuer: `${issuer}/` },
    { issuer: 'http://127.0.0.1:1/api/v2' },
    { token_endpoint: undefined },
    { jwks_uri: null },
    { userinfo_endpoint: '/userinfo' },
    { authorization_endpoint: 'javascript:alert(1)' },
    { token_endpoint: 'http://127.0.0.1:1/token' },
    { token_endpoint: 'https://evil.example/token' },
    { userinfo_endpoint: issuer.replace('http://', 'http://user:password@') },
    { end_session_endpoint: 'https://evil.example/' }
  ]
  for (const metadata of bad) {
    state.metadata = metadata
    await t.rejects(discovery.metadata(), { name: 'ProtocolError', reason: 'unavailable' }, JSON.stringify(metadata))
  }
  for (const body of ['', '[]', 'null', '<html>', '{"issuer":']) {
    state.answer = (response) => response.end(body)
    await t.rejects(discovery.metadata(), { name: 'ProtocolError', reason: 'unavailable' }, body)
  }
  state.answer = (response) => response.writeHead(302, { location: `${issuer}/elsewhere` }).end()
  await t.rejects(discovery.metadata(), { name: 'ProtocolError', reason: 'unavailable' }, 'a redirect')
  state.answer = null
  state.metadata = {}
  t.equal((await discovery.metadata()).issuer, issuer)
  t.notOk(state.calls.some((url) => url.includes('elsewhere')))
})
