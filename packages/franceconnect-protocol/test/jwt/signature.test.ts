import { createHmac, sign } from 'node:crypto'
import t from 'tap'
import { claimsOf } from '../../src/jwt/signature.ts'
import { jws, keyServer, signingPair } from '../key-server.ts'

const pair = signingPair('ES256', 'hsm')
const header = { alg: 'ES256', kid: 'hsm' }
const good = jws(pair, header)
const [head, body, tail] = good.split('.') as [string, string, string]
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const der = sign('sha256', Buffer.from(`${head}.${body}`), pair.privateKey).toString('base64url')
const mac = createHmac('sha256', 'secret')
  .update(`${encode({ alg: 'HS256' })}.${body}`)
  .digest('base64url')

const forged: [name: string, text: string, reason: string][] = [
  ['another key', jws(signingPair('ES256'), header), 'unverified'],
  ['an unknown kid', jws(pair, { alg: 'ES256', kid: '../../etc/passwd' }), 'unverified'],
  ['the payload changed', `${head}.${encode({ sub: 'y' })}.${tail}`, 'unverified'],
  ['no signature', `${head}.${body}.`, 'not-a-jwt'],
  ['a signature of zeros', `${head}.${body}.${Buffer.alloc(64).toString('base64url')}`, 'unverified'],
  ['a DER signature', `${head}.${body}.${der}`, 'unverified'],
  ['a signature too long', `${head}.${body}.${tail}AAAA`, 'unverified'],
  ['alg none', `${encode({ alg: 'none' })}.${body}.`, 'not-a-jwt'],
  ['alg none, signed', jws(pair, { alg: 'none' }), 'algorithm'],
  ['alg None', jws(pair, { alg: 'None' }), 'algorithm'],
  ['no alg', jws(pair, { kid: 'hsm' }), 'algorithm'],
  ['alg null', jws(pair, { alg: null }), 'algorithm'],
  ['another algorithm', jws(pair, { alg: 'RS256' }), 'algorithm'],
  ['HS256', `${encode({ alg: 'HS256' })}.${body}.${mac}`, 'algorithm'],
  ['crit', jws(pair, { ...header, crit: ['x'] }), 'not-a-jwt'],
  ['b64', jws(pair, { ...header, b64: false }), 'not-a-jwt'],
  ['a kid that is a number', jws(pair, { ...header, kid: 3 }), 'not-a-jwt'],
  ['its own key embedded', jws(signingPair('ES256'), { alg: 'ES256', jwk: pair.jwk }), 'unverified'],
  ['two parts', `${head}.${body}`, 'not-a-jwt'],
  ['four parts', `${good}.x`, 'not-a-jwt'],
  ['a header that is an array', `${encode([])}.${body}.${tail}`, 'not-a-jwt'],
  ['a header that is no JSON', `AAAA.${body}.${tail}`, 'not-a-jwt'],
  ['base64 with padding', `${head}.${body}.${tail}=`, 'not-a-jwt'],
  ['a space before', ` ${good}`, 'not-a-jwt'],
  ['nothing', '', 'not-a-jwt']
]

t.test('only the registered algorithm under a published key passes', async (t) => {
  const { state, verify, fetches } = await keyServer(t)
  state.keys = [pair.jwk]
  t.strictSame(claimsOf(await verify(good)), { sub: 'x' })
  for (const [name, text, reason] of forged) await t.rejects(verify(text), { name: 'ProtocolError', reason }, name)
  t.ok(fetches() <= 2)
  await verify(good)
})

t.test('RS256 when it is registered', async (t) => {
  const { state, verify } = await keyServer(t, 'RS256')
  const rsa = signingPair('RS256', 'r')
  state.keys = [rsa.jwk, pair.jwk]
  await verify(jws(rsa, { alg: 'RS256', kid: 'r' }))
  await t.rejects(verify(good), { name: 'ProtocolError', reason: 'algorithm' })
})
