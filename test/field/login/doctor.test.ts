import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTls } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { startSandbox } from 'franceconnect-sandbox'
import t, { type Test } from 'tap'
import { examine, type Report } from '../../../packages/fastify-franceconnect/src/doctor/examine.ts'
import { selfSigned } from './certificate.ts'

const folder = new URL('../../../packages/fastify-franceconnect', import.meta.url).pathname
const clientSecret = 'fedcba9876543210'.repeat(4)
const base = {
  clientId: '0123456789abcdef'.repeat(4),
  clientSecret,
  baseUrl: 'http://localhost:3000',
  secret: '9f2c4b1e7a605d38c1b4e29f7085a36d'
}

function doctor(franceConnect: object, more: { fcData?: object; offline?: boolean } = {}): Promise<Report> {
  const { fcData, offline = false } = more
  const settings = { source: 'test', production: false, franceConnect: { ...base, ...franceConnect } }
  return examine({ ...settings, fcData: fcData as Record<string, unknown> }, { offline, folder })
}

const find = (report: Report, code: string) => report.findings.find((finding) => finding.code === code)

async function listen(t: Test, server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  t.teardown(() => server.close())
  await new Promise((listening) => server.once('listening', listening))
  return (server.address() as AddressInfo).port
}

t.test('the level that the platform does not give, told by discovery', async (t) => {
  const sandbox = await startSandbox({ port: 0 })
  t.teardown(() => sandbox.close())
  const low = await doctor({ issuer: sandbox.issuer, acrValues: 'eidas2' })
  t.match(find(low, 'acr-not-served'), { level: 'error', message: /donne eidas1 et non eidas2.*invalid_acr/ })
  const plus = await doctor({ issuer: sandbox.plusIssuer, acrValues: 'eidas1' })
  t.match(find(plus, 'acr-not-served'), { level: 'error', message: /eidas2, eidas3 et non eidas1/ })
  t.notOk(find(await doctor({ issuer: sandbox.issuer }), 'acr-not-served'))
})

t.test(
  'FranceConnect+ by issuer without decryptionKeys; an algorithm that the platform does not sign with',
  async (t) => {
    const sandbox = await startSandbox({ port: 0 })
    t.teardown(() => sandbox.close())
    const plus = await doctor({ issuer: sandbox.plusIssuer, acrValues: 'eidas2', idTokenSignedResponseAlg: 'RS256' })
    t.match(find(plus, 'decryption-keys-needed'), { level: 'error', option: 'decryptionKeys' })
    const signed = find(plus, 'algorithm-not-served') ?? find(plus, 'algorithm-plus')
    t.match(signed, { level: 'error', option: 'idTokenSignedResponseAlg' })
    const low = await doctor({ issuer: sandbox.issuer })
    t.notOk(find(low, 'decryption-keys-needed'))
    t.notOk(find(low, 'algorithm-not-served'))
  }
)

t.test('an unknown scope is told as such, with the nearest one; a refused scope is named', async (t) => {
  const strange = await doctor({ environment: 'integration', scope: 'openid foo_bar' }, { offline: true })
  t.match(find(strange, 'scope-unknown'), { message: /foo_bar n’est pas dans la liste/ })
  t.notOk(find(strange, 'scope-pivot'))
  for (const [written, meant] of [
    ['given_names', 'given_name'],
    ['brithdate', 'birthdate'],
    ['cnaf_quotien_familail', 'cnaf_quotient_familial']
  ]) {
    const report = await doctor({ environment: 'integration', scope: `openid ${written}` }, { offline: true })
    t.match(find(report, 'scope-unknown')?.fix, meant)
  }
  const client = {
    ...base,
    redirectUris: ['http://localhost:3000/franceconnect/callback'],
    scopes: ['openid', 'gender']
  }
  const sandbox = await startSandbox({
    port: 0,
    clients: [{ ...client, postLogoutRedirectUris: [], idTokenSignedResponseAlg: 'ES256' }]
  })
  t.teardown(() => sandbox.close())
  const refused = await doctor({ issuer: sandbox.issuer, scope: 'openid gender birthdate email' })
  t.match(find(refused, 'scope-not-granted'), { message: /le scope birthdate .*invalid_scope/, fix: /DataPass/ })
})

t.test('a private authority: the TLS cause; nothing listens: host, port and the sandbox', async (t) => {
  const port = await listen(t, createTls(selfSigned) as unknown as Server)
  const tls = await doctor({ issuer: `https://127.0.0.1:${port}/api/v2` })
  t.match(find(tls, 'issuer-tls'), {
    message: new RegExp(`127\\.0\\.0\\.1:${port}.*DEPTH_ZERO_SELF_SIGNED_CERT`),
    fix: /NODE_EXTRA_CA_CERTS/
  })
  const plain = await doctor({ issuer: `https://127.0.0.1:${await listen(t, createServer())}/api/v2` })
  t.match(find(plain, 'issuer-tls'), { message: /TLS.*ERR_SSL_WRONG_VERSION_NUMBER/, fix: /port/ })
  t.notMatch(find(plain, 'issuer-tls'), { fix: /NODE_EXTRA_CA_CERTS/ })
  const empty = await doctor({
    issuer: `http://127.0.0.1:${await listen(
      t,
      createServer((_request, answer) => answer.end('{}'))
    )}`
  })
  t.match(find(empty, 'issuer-unreachable'), { message: /répond 200 sans document de découverte/ })
  const refused = await doctor({ issuer: 'http://127.0.0.1:9/api/v2' })
  t.match(find(refused, 'issuer-unreachable'), { message: /127\.0\.0\.1:9 \(ECONNREFUSED\)/, fix: /bac à sable/ })
  const unknown = await doctor({ issuer: 'https://nowhere.invalid/api/v2' })
  t.match(find(unknown, 'issuer-unreachable'), { message: /ENOTFOUND|EAI_AGAIN/, fix: /DNS/ })
})

t.test('a token endpoint on another origin never gets clientSecret', async (t) => {
  const bodies: string[] = []
  const elsewhere = await listen(
    t,
    createServer(async (request: IncomingMessage, answer: ServerResponse) => {
      bodies.push((await text(request)) + request.url)
      answer.end('{}')
    })
  )
  for (const name of ['token_endpoint', 'authorization_endpoint', 'userinfo_endpoint', 'jwks_uri']) {
    const port: number = await listen(
      t,
      createServer((_request, answer) => {
        const issuer = `http://127.0.0.1:${port}`
        const endpoints = ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri']
        const document = Object.fromEntries(endpoints.map((endpoint) => [endpoint, `${issuer}/${endpoint}`]))
        answer.end(JSON.stringify({ issuer, ...document, [name]: `http://127.0.0.1:${elsewhere}/x` }))
      })
    )
    const report = await doctor({ issuer: `http://127.0.0.1:${port}` })
    t.match(find(report, 'discovery-refused'), { level: 'error', message: new RegExp(`place ${name} hors de`) })
  }
  t.same(bodies, [])
})

t.test('the URLs to declare have the prefix of the registration', async (t) => {
  const client = {
    ...base,
    redirectUris: ['http://localhost:3000/demarche/franceconnect/callback'],
    postLogoutRedirectUris: [],
    scopes: ['openid', 'gender']
  }
  const sandbox = await startSandbox({ port: 0, clients: [{ ...client, idTokenSignedResponseAlg: 'ES256' }] })
  t.teardown(() => sandbox.close())
  const report = await doctor({ issuer: sandbox.issuer, scope: 'openid gender', prefix: '/demarche' })
  t.match(report, {
    redirectUri: 'http://localhost:3000/demarche/franceconnect/callback',
    postLogoutRedirectUri: 'http://localhost:3000/demarche/franceconnect/logout/callback'
  })
  t.ok(find(report, 'authorize'), 'FranceConnect takes it')
})

t.test('SameSite=Strict, and everything else at once, in French', async (t) => {
  const strict = await doctor(
    { environment: 'integration', session: { cookie: { sameSite: 'strict' } } },
    { offline: true }
  )
  t.match(find(strict, 'options-refused'), { message: /session\.cookie\.sameSite est strict/, fix: /lax/ })
  const many = await doctor(
    {
      environment: 'integration',
      sessionMaxage: 3600,
      session: { cookie: { sameSite: 'strict', maxAge: '1h', httponly: true }, store: new Map() },
      timeout: -1,
      onLogin: 'x',
      routes: { login: 'login' },
      pkce: 'yes'
    },
    { offline: true }
  )
  const told = many.findings.filter(({ code }) => code === 'options-refused')
  const options = told.map(({ option }) => option).sort()
  t.same(options, [
    'onLogin',
    'pkce',
    'routes.login',
    'session.cookie.httponly',
    'session.cookie.maxAge',
    'session.cookie.sameSite',
    'session.store',
    'sessionMaxage',
    'timeout'
  ])
  for (const { message } of told) t.notMatch(message, /\b(is|expected|unknown|must)\b/, message)
  t.match(find(many, 'logout-landing'), { level: 'info', option: 'postLogoutReturnTo' })
})

t.test('what fastify-fc-data refuses is told for each API, whether or not the login is right', async (t) => {
  const report = await doctor(
    { environment: 'integration', clientId: undefined },
    { offline: true, fcData: { apis: ['dss/quotient-familia', 'nulle/part', 'dss/quotient-familial'] } }
  )
  const told = report.findings.filter(({ code }) => code === 'data-options-refused')
  t.ok(told.some(({ message, fix }) => /quotient-familia »/.test(message) && fix?.includes('dss/quotient-familial')))
  t.ok(told.some(({ message }) => /« nulle\/part » n’est pas une API/.test(message)))
  t.ok(told.some(({ message }) => /fournisseur apiParticulier/.test(message)))
  t.ok(find(report, 'clientId-missing'))
})
