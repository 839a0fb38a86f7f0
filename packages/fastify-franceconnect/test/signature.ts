import { createHmac, sign } from 'node:crypto'
import t from 'tap'
import { jws, keyServer, signingPair } from './key-server.ts'

const pair = signingPair('ES256', 'hsm')
const header = { alg: 'ES256', kid: 'hsm' }
const good = jws(pair, header)
const [head, body, tail] = good.split('.') as [string, string, string]
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const der = sign('sha256', Buffer.from(`${head}.${body}`), pair.privateKey).toString('base64url')
const mac = createHmac('sha256', 'secret')
  .update(`${encode({ alg: 'HS256' })}.${body}`)
  .digest('base64url')

const forged: [name: string, text: string][] = [
  ['another key', jws(signingPair('ES256'), header)],
  ['an unknown kid', jws(pair, { alg: 'ES256', kid: '../../etc/passwd' })],
  ['the payload changed', `${head}.${encode({ sub: 'y' })}.${tail}`],
  ['no signature', `${head}.${body}.`],
  ['a signature of zeros', `${head}.${body}.${Buffer.alloc(64).toString('base64url')}`],
  ['a DER signature', `${head}.${body}.${der}`],
  ['a signature too long', `${head}.${body}.${tail}AAAA`],
  ['alg none', `${encode({ alg: 'none' })}.${body}.`],
  ['alg none, signed', jws(pair, { alg: 'none' })],
  ['alg None', jws(pair, { alg: 'None' })],
  ['no alg', jws(pair, { kid: 'hsm' })],
  ['alg null', jws(pair, { alg: null })],
  ['another algorithm', jws(pair, { alg: 'RS256' })],
  ['HS256', `${encode({ alg: 'HS256' })}.${body}.${mac}`],
  ['crit', jws(pair, { ...header, crit: ['x'] })],
  ['b64', jws(pair, { ...header, b64: false })],
  ['a kid that is a number', jws(pair, { ...header, kid: 3 })],
  ['its own key embedded', jws(signingPair('ES256'), { alg: 'ES256', jwk: pair.jwk })],
  ['two parts', `${head}.${body}`],
  ['four parts', `${good}.x`],
  ['a header that is an array', `${encode([])}.${body}.${tail}`],
  ['a header that is no JSON', `AAAA.${body}.${tail}`],
  ['base64 with padding', `${head}.${body}.${tail}=`],
  ['a space before', ` ${good}`],
  ['nothing', '']
]

t.test('only the registered algorithm under a published key passes', async (t) => {
  const { state, verify, fetches } = await keyServer(t)
  state.keys = [pair.jwk]
  await verify(good)
  for (const [name, text] of forged) await t.rejects(verify(text), { code: 'FST_FC_ID_TOKEN_INVALID' }, name)
  t.ok(fetches() <= 2)
  await verify(good)
})

t.test('RS256 when it is registered', async (t) => {
  const { state, verify } = await keyServer(t, 'RS256')
  const rsa = signingPair('RS256', 'r')
  state.keys = [rsa.jwk, pair.jwk]
  await verify(jws(rsa, { alg: 'RS256', kid: 'r' }))
  await t.rejects(verify(good), { code: 'FST_FC_ID_TOKEN_INVALID' })
})
