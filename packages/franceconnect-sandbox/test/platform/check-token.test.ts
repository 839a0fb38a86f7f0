import t from 'tap'
import type { DataProviderClient } from '../../src/index.ts'
import { startSandbox } from '../../src/index.ts'
import { opened, taxOffice } from '../data-provider.ts'
import { plusClients } from '../plus-clients.ts'
import { type PlatformName, type RecordedAnswer, recording, sameAnswer } from '../recorded.ts'
import { RelyingParty, recordedClients } from '../relying-party.ts'

type Noted = RecordedAnswer & { jweHeader?: object; header?: object; payload?: { token_introspection: object } }
type Ask = (service: RelyingParty, token: string) => Promise<Response>

const check = (service: RelyingParty, change: Record<string, string | undefined>, provider = taxOffice) => {
  const all = { client_id: provider.clientId, client_secret: provider.clientSecret, ...change }
  const entries = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return service.post('/checktoken', new URLSearchParams(entries))
}

const json: Ask = (service, token) =>
  service.post(
    '/checktoken',
    JSON.stringify({ token, client_id: taxOffice.clientId, client_secret: taxOffice.clientSecret }),
    { 'content-type': 'application/json' }
  )

/** What was sent, by the name of the recorded case. */
const requests: Record<string, Ask> = {
  valid: (service, token) => check(service, { token }),
  'valid, scope dgfip_rfr cnam_paiements_ij (this data provider only has dgfip_*)': (service, token) =>
    check(service, { token }),
  'valid, eidas2, scope openid given_name dgfip_rfr cnam_caisse': (service, token) => check(service, { token }),
  'wrong secret': (service, token) => check(service, { token, client_secret: 'f'.repeat(64) }),
  'unknown client': (service, token) => check(service, { token, client_id: 'f'.repeat(64) }),
  'missing token': (service) => check(service, {}),
  'extra parameter': (service, token) => check(service, { token, foo: 'bar' }),
  'unknown token': (service) => check(service, { token: 'x'.repeat(43) }),
  'token after logout': async (service) => {
    const browser = service.sandbox.browser()
    const tokens = await service.tokens({}, browser)
    await service.logout(tokens.id_token, browser)
    return check(service, { token: tokens.access_token })
  },
  token_type_hint: (service, token) => check(service, { token, token_type_hint: 'access_token' }),
  'JSON body': json,
  GET: (service) => service.get('/checktoken', { accept: 'text/html' }),
  'expired access token': (service, token) => {
    service.sandbox.advance(61)
    return check(service, { token })
  }
}

/** Recorded at a data provider's own address, which is another program. */
const elsewhere = 'real mock-data-provider (dpp1): POST /api/v1/data, auth_secret + Bearer base64(access token)'

for (const platform of ['franceconnect', 'franceconnect-plus'] satisfies PlatformName[]) {
  t.test(`every recorded checktoken request of ${platform}`, async (t) => {
    const clients = [recordedClients.es256, plusClients.rsa256]
    const sandbox = await startSandbox({ port: 0, clients, dataProviders: [taxOffice] })
    t.teardown(() => sandbox.close())
    const service = new RelyingParty(sandbox, clients[platform === 'franceconnect' ? 0 : 1]!, platform)
    service.scope = `openid given_name dgfip_rfr ${platform === 'franceconnect' ? 'cnam_paiements_ij' : 'cnam_caisse'}`
    const { [elsewhere]: _other, ...cases } = recording<Record<string, Noted>>(platform, 'errors-checktoken')
    for (const [name, expected] of Object.entries(cases)) {
      const ask = requests[name]
      if (!ask) throw new Error(`no request for the recorded case ${name}`)
      const answer = await ask(service, (await service.tokens()).access_token)
      await sameAnswer(t, answer.clone(), expected, service.issuer, name)
      if (expected.payload) await sameContent(t, answer, expected, service, name)
    }
  })
}

t.test('checktoken of FranceConnect+, repaired', async (t) => {
  const sandbox = await startSandbox({
    port: 0,
    clients: [plusClients.rsa256],
    dataProviders: [taxOffice],
    plusChecktoken: true
  })
  t.teardown(() => sandbox.close())
  const service = new RelyingParty(sandbox, plusClients.rsa256, 'franceconnect-plus')
  service.scope = 'openid given_name dgfip_rfr cnam_caisse'
  const cases = recording<Record<string, Noted>>('franceconnect-plus', 'checktoken-software-key-variant')
  for (const [name, acr] of [
    ['valid, eidas2, scope openid given_name dgfip_rfr cnam_caisse', 'eidas2'],
    ['valid, eidas3', 'eidas3']
  ] as const) {
    const { access_token } = await service.tokens({ acr_values: acr })
    const expected = cases[name]!
    const answer = await check(service, { token: access_token })
    await sameAnswer(t, answer.clone(), expected, service.issuer, name)
    await sameContent(t, answer, expected, service, name)
  }
})

t.test('checktoken outlives userinfo: 60 seconds', async (t) => {
  const sandbox = await startSandbox({ port: 0, clients: [recordedClients.es256], dataProviders: [taxOffice] })
  t.teardown(() => sandbox.close())
  const service = new RelyingParty(sandbox, recordedClients.es256)
  const { access_token } = await service.tokens()
  const active = async () => {
    const { payload } = await opened(await (await check(service, { token: access_token })).text(), service.issuer)
    return (payload.token_introspection as { active: boolean }).active
  }
  sandbox.advance(58)
  t.equal((await service.userinfo(access_token)).status, 401)
  t.equal(await active(), true)
  sandbox.advance(3)
  t.equal(await active(), false)
})

t.test('a provider whose key cannot be used gets the error 500', async (t) => {
  const keyless: DataProviderClient = { ...taxOffice, jwks: { keys: [] } }
  const sandbox = await startSandbox({ port: 0, clients: [recordedClients.es256], dataProviders: [keyless] })
  t.teardown(() => sandbox.close())
  const service = new RelyingParty(sandbox, recordedClients.es256)
  const answer = await check(service, { token: 'x'.repeat(43) })
  t.equal(answer.status, 500)
  t.match(await answer.json(), { error: 'server_error' })
})

/** Members and fixed values of the token, its signature and its encryption. */
async function sameContent(t: Tap.Test, answer: Response, expected: Noted, service: RelyingParty, name: string) {
  const { jweHeader, header, payload } = await opened(await answer.text(), service.issuer)
  const ours = payload.token_introspection as Record<string, unknown>
  const theirs = expected.payload!.token_introspection as Record<string, unknown>
  const moving = { sub: null, iat: null, exp: null, jti: null, aud: null }
  t.same(Object.keys(jweHeader).sort(), Object.keys(expected.jweHeader!).sort(), `${name}: header of the encryption`)
  t.same(header, { ...expected.header, ...(service.issuer.includes('/plus/') && { alg: 'ES256' }) }, `${name}: header`)
  t.same(Object.keys(payload).sort(), Object.keys(expected.payload!).sort(), `${name}: members`)
  t.same(Object.keys(ours).sort(), Object.keys(theirs).sort(), `${name}: members of the introspection`)
  t.same({ ...ours, ...moving }, { ...theirs, ...moving }, `${name}: values`)
  t.equal(payload.aud, taxOffice.clientId)
}

declare namespace Tap {
  type Said = [message: string] | []
  type Test = Record<'same' | 'equal', (a: unknown, b: unknown, ...said: Said) => unknown>
}
