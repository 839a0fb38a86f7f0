import t from 'tap'
import { jws, keyServer, signingPair } from '../key-server.ts'

const header = { alg: 'ES256', kid: 'hsm' }

t.test('the keys are fetched once, shared by those who wait', async (t) => {
  const { state, verify, fetches } = await keyServer(t)
  const pair = signingPair('ES256', 'hsm')
  state.keys = [pair.jwk]
  await Promise.all(Array.from({ length: 10 }, () => verify(jws(pair, header))))
  t.equal(fetches(), 1)
})

t.test('a rotation under the same kid: fetched again, verified again', async (t) => {
  const { state, verify, fetches } = await keyServer(t)
  const [old, next] = [signingPair('ES256', 'hsm'), signingPair('ES256', 'hsm')]
  state.keys = [old.jwk]
  await verify(jws(old, header))
  state.keys = [next.jwk]
  await Promise.all([verify(jws(next, header)), verify(jws(next, header))])
  t.equal(fetches(), 2, 'one fetch for both')
  await t.rejects(verify(jws(old, header)), { name: 'ProtocolError', reason: 'unverified' })
})

t.test('the cool-down starts when the same keys come back, and only then', async (t) => {
  const { state, verify, fetches } = await keyServer(t)
  const [known, stranger, next] = [signingPair('ES256', 'a'), signingPair('ES256', 'a'), signingPair('ES256', 'b')]
  state.keys = [known.jwk]
  await verify(jws(known, { alg: 'ES256', kid: 'a' }))
  state.keys = [next.jwk, known.jwk]
  await verify(jws(next, { alg: 'ES256', kid: 'b' }))
  t.equal(fetches(), 2)
  for (let i = 0; i < 5; i += 1)
    await t.rejects(verify(jws(stranger, { alg: 'ES256', kid: 'a' })), { name: 'ProtocolError', reason: 'unverified' })
  t.equal(fetches(), 3, 'the same keys: no more fetches for ten seconds')
  await verify(jws(known, { alg: 'ES256', kid: 'a' }))
})

t.test('old keys stay usable while the endpoint is down; a new one waits for it', async (t) => {
  const { state, verify } = await keyServer(t)
  const [known, next] = [signingPair('ES256', 'a'), signingPair('ES256', 'b')]
  state.keys = [known.jwk]
  await verify(jws(known, { alg: 'ES256', kid: 'a' }))
  state.answer = (response) => response.writeHead(500).end()
  await t.rejects(verify(jws(next, { alg: 'ES256', kid: 'b' })), { name: 'ProtocolError', reason: 'unavailable' })
  await verify(jws(known, { alg: 'ES256', kid: 'a' }))
  state.answer = null
  state.keys = [next.jwk]
  await verify(jws(next, { alg: 'ES256', kid: 'b' }))
})

t.test('a key set without a usable key, or with two under one kid, is not kept', async (t) => {
  const { state, verify, fetches } = await keyServer(t)
  const [one, two] = [signingPair('ES256', 'hsm'), signingPair('ES256', 'hsm')]
  for (const keys of [
    [],
    [{ ...one.jwk, use: 'enc' }],
    [{ kty: 'oct', k: 'AAAA' }],
    [null, 3, 'x'],
    [{ ...one.jwk, alg: 'ES384' }]
  ]) {
    state.keys = keys
    await t.rejects(verify(jws(one, header)), { name: 'ProtocolError', reason: 'unavailable' })
  }
  const before = fetches()
  state.keys = [one.jwk, two.jwk]
  await verify(jws(two, header))
  await verify(jws(one, header))
  t.equal(fetches() - before, 2, 'each login fetched its own')
})

t.test('keys without kid are all tried; a weak RSA key never', async (t) => {
  const { state, verify } = await keyServer(t)
  const [one, two] = [signingPair('ES256'), signingPair('ES256')]
  state.keys = [one.jwk, two.jwk]
  await verify(jws(two, { alg: 'ES256' }))
  const rsa = await keyServer(t, 'RS256')
  const weak = signingPair('RS256', 'w', 1024)
  const strong = signingPair('RS256', 's')
  rsa.state.keys = [weak.jwk, strong.jwk]
  await rsa.verify(jws(strong, { alg: 'RS256', kid: 's' }))
  await t.rejects(rsa.verify(jws(weak, { alg: 'RS256', kid: 'w' })), { name: 'ProtocolError', reason: 'unverified' })
})
