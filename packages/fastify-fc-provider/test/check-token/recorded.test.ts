import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import Fastify from 'fastify'
import { CompactEncrypt, CompactSign, exportJWK } from 'jose'
import t, { type Test } from 'tap'
import { MockAgent } from 'undici'
import fcProvider from '../../src/index.ts'

interface Recorded {
  status: number
  type: string
  json?: object
  page?: string
  jweHeader?: { alg: string; enc: string }
  header?: { alg: 'ES256' | 'RS256'; kid: string }
  payload?: { iss: string; aud: string; iat: number; token_introspection: Record<string, unknown> }
}

const file = new URL('../recordings/checktoken.json', import.meta.url)
const recordings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, Recorded>>
const issuer = 'https://core-fcp-low.docker.dev-franceconnect.fr/api/v2'
const clientId = '423dcbdc5a15ece61ed00ff5989d72379c26d9ed4c8e4e05a87cffae019586e0'
const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const signing = {
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 })
}

/** A recorded answer, signed and encrypted again by keys that the test has, at the present time. */
async function body({ json, page, header, jweHeader, payload }: Recorded): Promise<string> {
  if (!payload || !header || !jweHeader) return json ? JSON.stringify(json) : (page ?? '')
  const later = Math.floor(Date.now() / 1000) - payload.iat
  const { token_introspection: token, ...around } = payload
  const shifted = {
    ...token,
    ...('exp' in token && { iat: Number(token['iat']) + later, exp: Number(token['exp']) + later })
  }
  const claims = {
    ...around,
    iss: payload.iss.replace('fcp-high', 'fcp-low'),
    iat: payload.iat + later,
    token_introspection: shifted
  }
  const jws = await new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader(header)
    .sign(signing[header.alg].privateKey)
  const { alg, enc } = jweHeader
  return new CompactEncrypt(Buffer.from(jws)).setProtectedHeader({ alg, enc }).encrypt(own.publicKey)
}

/** The town before a FranceConnect that answers as recorded. */
async function replay(t: Test, recorded: Recorded, token: string) {
  const { alg = 'RS256', kid = 'k' } = recorded.header ?? {}
  const agent = new MockAgent()
  agent.disableNetConnect()
  t.teardown(() => agent.close())
  const pool = agent.get(new URL(issuer).origin)
  const keys = [{ ...(await exportJWK(signing[alg].publicKey)), kid, alg, use: 'sig' }]
  const json = { headers: { 'content-type': 'application/json' } }
  pool
    .intercept({ path: '/api/v2/.well-known/openid-configuration' })
    .reply(200, { issuer, jwks_uri: `${issuer}/jwks` }, json)
  pool.intercept({ path: '/api/v2/jwks' }).reply(200, { keys }, json)
  const answer = await body(recorded)
  pool
    .intercept({ path: '/api/v2/checktoken', method: 'POST' })
    .reply(recorded.status, answer, { headers: { 'content-type': recorded.type } })
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(fcProvider, {
    issuer,
    clientId,
    clientSecret: 'recorded-secret-of-32-characters-or-more',
    signedResponseAlg: alg,
    decryptionKeys: [own.privateKey.export({ format: 'jwk' })],
    scopes: { dgfip_rfr: 'Revenu fiscal de référence' },
    dispatcher: agent
  })
  app.get('/', { preHandler: app.fcProvider.require('dgfip_rfr') }, async (request) => request.fcCaller)
  const response = await app.inject({ url: '/', headers: { authorization: `Bearer ${token}` } })
  return { status: response.statusCode, code: response.json().errors?.[0]?.code as unknown, json: response.json() }
}

const codeOf = (recorded: Recorded): [number, string | undefined] => {
  const token = recorded.payload?.token_introspection
  if (token) return token['active'] === true ? [200, undefined] : [401, 'FST_FC_PROVIDER_TOKEN_INVALID']
  if (recorded.status === 401) return [502, 'FST_FC_PROVIDER_CREDENTIALS_FAILED']
  return recorded.status >= 500 ? [503, 'FST_FC_PROVIDER_UNAVAILABLE'] : [502, 'FST_FC_PROVIDER_INVALID_RESPONSE']
}

for (const [server, exchanges] of Object.entries(recordings)) {
  t.test(server, async (t) => {
    for (const [name, recorded] of Object.entries(exchanges)) {
      const token = recorded.payload?.token_introspection
      const jti = typeof token?.['jti'] === 'string' && !token['jti'].startsWith('<') ? token['jti'] : 'x'.repeat(43)
      const { status, code, json } = await replay(t, recorded, jti)
      t.strictSame([status, code], codeOf(recorded), name)
      if (status !== 200) continue
      const { sub, aud, acr } = token!
      t.match(json, { sub, consumer: aud, acr, scopes: ['dgfip_rfr'] }, name)
      t.strictSame(json.identity, {
        familyName: 'DUBOIS',
        givenNames: ['Angela', 'Claire', 'Louise'],
        gender: 'female',
        birthdate: '1962-08-24',
        birthplace: '75107',
        birthcountry: '99100'
      })
      t.notMatch(JSON.stringify(json), jti)
    }
  })
}
