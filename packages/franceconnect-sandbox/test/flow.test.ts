import { compactDecrypt, createRemoteJWKSet, decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import t from 'tap'
import type { SandboxClient } from '../src/index.ts'
import { plusClients, privateKeys } from './plus-clients.ts'
import { type PlatformName, recording } from './recorded.ts'
import { RelyingParty, recordedClients, recordedSandbox } from './relying-party.ts'

type Claims = Record<string, unknown>

interface Flow {
  authorize_params: Record<string, string>
  token_response: { status: number; headers: Record<string, string>; body: Claims }
  id_token: { header?: Claims; jws_header?: Claims; jwe_header?: Claims; payload?: Claims; claims?: Claims }
  userinfo: { header?: Claims; jws_header?: Claims; jwe_header?: Claims; payload?: Claims; claims?: Claims }
}

const flows: [PlatformName, string, SandboxClient][] = [
  ['franceconnect', 'flow-es256', recordedClients.es256],
  ['franceconnect', 'flow-rs256', recordedClients.rs256],
  ['franceconnect', 'flow-private', recordedClients.private],
  ['franceconnect', 'flow-promptlogin', recordedClients.promptlogin],
  ['franceconnect-plus', 'flow-rsa256-eidas2', plusClients.rsa256],
  ['franceconnect-plus', 'flow-ecdh-eidas3', plusClients.ecdh],
  ['franceconnect-plus', 'flow-private-eidas2', plusClients.private]
]

/** Values that change at each login. */
const moving = ['sub', 'auth_time', 'iat', 'exp', 'nonce', 'iss', 'aud', 'epk']
const still = (claims: Claims) => ({
  ...claims,
  ...Object.fromEntries(moving.filter((name) => name in claims).map((name) => [name, '…']))
})

async function opened(token: string, issuer: string) {
  let jws = token
  let jwe: Claims | undefined
  for (const key of token.split('.').length === 5 ? privateKeys : []) {
    const clear = await compactDecrypt(token, await importJWK(key, key.alg)).catch(() => undefined)
    if (clear) [jws, jwe] = [Buffer.from(clear.plaintext).toString('utf8'), { ...clear.protectedHeader }]
  }
  const { payload } = await jwtVerify(jws, createRemoteJWKSet(new URL(`${issuer}/jwks`)), { issuer })
  return { jwe, header: { ...decodeProtectedHeader(jws) } as Claims, payload: payload as Claims }
}

for (const [platform, name, client] of flows) {
  t.test(`${name}: the same tokens as FranceConnect's`, async (t) => {
    const sandbox = await recordedSandbox(t, [client])
    const service = new RelyingParty(sandbox, client, platform)
    const { authorize_params, token_response, id_token, userinfo } = recording<Flow>(platform, name)
    const { client_id: _id, ...asked } = authorize_params
    const response = await service.token(await service.code(asked))
    t.equal(response.status, 200)
    t.equal(response.headers.get('cache-control'), 'no-store')
    const body = (await response.json()) as Record<string, string>
    t.same(Object.keys(body).sort(), Object.keys(token_response.body).sort())
    t.match(body, { expires_in: 60, scope: token_response.body.scope, token_type: 'Bearer' })
    t.match(body.access_token, /^[\w-]{43}$/)

    for (const [token, expected] of [
      [body.id_token!, id_token],
      [await (await service.userinfo(body.access_token)).text(), userinfo]
    ] as const) {
      const { jwe, header, payload } = await opened(token, service.issuer)
      t.same(header, expected.header ?? expected.jws_header)
      t.same(still(payload), still((expected.payload ?? expected.claims)!))
      const life = Number(payload.exp) - Number(payload.iat)
      t.ok(life <= 60 && life > 30, 'a minute from the token response')
      if (expected.jwe_header) t.same(still(jwe!), still(expected.jwe_header))
      t.match(payload.sub, /^[0-9a-f]{64}v1$/)
    }
  })
}

t.test('sub is stable, differs from service to service, and follows the entity', async (t) => {
  const sibling = { ...recordedClients.es256, clientId: 'sibling', entityId: recordedClients.es256.clientId }
  const sandbox = await recordedSandbox(t, [recordedClients.es256, recordedClients.private, sibling])
  const subOf = async (client: SandboxClient) => {
    const service = new RelyingParty(sandbox, client)
    return (await opened((await service.tokens()).id_token, service.issuer)).payload.sub
  }
  const sub = await subOf(recordedClients.es256)
  t.equal(await subOf(recordedClients.es256), sub)
  t.equal(await subOf(sibling), sub)
  t.not(await subOf(recordedClients.private), sub)
})
