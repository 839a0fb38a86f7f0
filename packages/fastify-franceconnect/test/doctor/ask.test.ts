import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startSandbox } from 'franceconnect-sandbox'
import t from 'tap'
import { examine } from '../../src/doctor/examine.ts'
import { codes, folder, sound } from './settings.ts'

const redirectUri = 'http://localhost:3000/franceconnect/callback'
const client = {
  clientId: sound.FC_CLIENT_ID ?? '',
  clientSecret: sound.FC_CLIENT_SECRET ?? '',
  redirectUris: [redirectUri],
  postLogoutRedirectUris: ['http://localhost:3000/franceconnect/logout/callback'],
  scopes: ['openid', 'given_name', 'family_name', 'birthdate', 'gender', 'birthplace', 'birthcountry'],
  idTokenSignedResponseAlg: 'ES256' as const
}

async function asked(issuer: string, changes: Record<string, unknown> = {}) {
  const franceConnect = {
    issuer,
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    baseUrl: 'http://localhost:3000',
    secret: sound.SESSION_SECRET,
    ...changes
  }
  const settings = { source: 'test', production: false, fcData: undefined, franceConnect }
  return examine(settings, { offline: false, folder })
}

t.test('against a FranceConnect that registered this service', async (t) => {
  const sandbox = await startSandbox({ port: 0, clients: [client] })
  t.teardown(() => sandbox.close())

  const good = await asked(sandbox.issuer)
  t.strictSame(codes(good, 'error'), [])
  t.ok(
    ['issuer', 'authorize', 'token'].every((code) => codes(good, 'ok').includes(code)),
    codes(good, 'ok').join(', ')
  )

  const wrong: [code: string, changes: Record<string, unknown>][] = [
    ['client-unknown', { clientId: 'ab'.repeat(32) }],
    ['redirect-undeclared', { baseUrl: 'http://localhost:3001' }],
    ['scope-not-granted', { scope: ['openid', 'email'] }],
    ['credentials-refused', { clientSecret: 'ab'.repeat(32) }]
  ]
  for (const [code, changes] of wrong) {
    const report = await asked(sandbox.issuer, changes)
    t.ok(codes(report, 'error').includes(code), `${code}: ${codes(report, 'error').join(', ')}`)
    t.notMatch(JSON.stringify(report), client.clientSecret)
  }

  const unserved = await asked(sandbox.issuer, { scope: ['openid', 'scope_de_demain'] })
  t.ok(codes(unserved, 'warning').includes('scope-not-served'))
})

t.test('a FranceConnect that does not answer, or is another one', async (t) => {
  const server = createServer((request, response) => {
    const issuer = request.url?.startsWith('/other') ? 'https://ailleurs.example' : origin
    response.setHeader('date', new Date(Date.now() - 120_000).toUTCString())
    response.end(JSON.stringify({ issuer }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  t.ok(codes(await asked('http://127.0.0.1:1'), 'error').includes('issuer-unreachable'))
  t.ok(codes(await asked(`${origin}/other`), 'error').includes('issuer-mismatch'))
  t.ok(codes(await asked(origin), 'error').includes('clock'), 'two minutes apart')
})
