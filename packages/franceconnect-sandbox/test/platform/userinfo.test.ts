import { decodeProtectedHeader } from 'jose'
import t from 'tap'
import { plusClients, signed } from '../plus-clients.ts'
import { type PlatformName, type RecordedAnswer, recording, sameAnswer } from '../recorded.ts'
import { RelyingParty, recordedClients, recordedSandbox } from '../relying-party.ts'

type Ask = (service: RelyingParty, token: string) => Promise<Response>
type Noted = RecordedAnswer & { jwtClaims?: string[]; jwe_header?: Record<string, unknown> }

const unknown = 'x'.repeat(43)
const bearer = (service: RelyingParty, token: string, accept?: string) =>
  service.get('/userinfo', { authorization: `Bearer ${token}`, ...(accept && { accept }) })

/** What was sent, by the name of the recorded case; the recorder's own Accept was that of a browser. */
const requests: Record<string, Ask> = {
  'valid (Authorization: Bearer)': (service, token) => service.userinfo(token),
  'same token again': (service, token) => service.userinfo(token),
  'token in query': (service, token) => service.get(`/userinfo?access_token=${token}`),
  'POST with form token': (service, token) =>
    service.post('/userinfo', new URLSearchParams({ access_token: token }), { accept: 'text/html' }),
  'POST with bearer': (service, token) =>
    service.post('/userinfo', '', { authorization: `Bearer ${token}`, accept: 'text/html' }),
  'unknown token, Accept: */*': (service) => bearer(service, unknown, '*/*'),
  'unknown token, Accept: application/json': (service) => bearer(service, unknown, 'application/json'),
  'unknown token, Accept: application/jwt': (service) => bearer(service, unknown, 'application/jwt'),
  'unknown token, Accept: application/json, application/jwt': (service) =>
    bearer(service, unknown, 'application/json, application/jwt'),
  'unknown token, Accept: undefined': (service) => bearer(service, unknown),
  'unknown token, Accept: text/html': (service) => bearer(service, unknown, 'text/html'),
  'no token': (service) => service.userinfo(undefined),
  'unknown token': (service) => service.userinfo(unknown),
  'Basic scheme': (service) => service.get('/userinfo', { authorization: 'Basic eDp5', accept: 'text/html,*/*' }),
  '?schema=openid as in FranceConnect v1': (service, token) =>
    service.get('/userinfo?schema=openid', { authorization: `Bearer ${token}` }),
  'Accept: application/json': (service, token) => bearer(service, token, 'application/json'),
  'revocation response': (service, token) => revoke(service, token),
  'after revocation': async (service, token) => {
    await revoke(service, token)
    return service.userinfo(token)
  },
  'after RP-initiated logout': async (service) => {
    const browser = service.sandbox.browser()
    const tokens = await service.tokens({}, browser)
    await service.logout(await signed(tokens.id_token), browser)
    return service.userinfo(tokens.access_token)
  },
  'expired access token (61.5 s)': (service, token) => {
    service.sandbox.advance(61.5)
    return service.userinfo(token)
  }
}

const revoke = ({ client, ...service }: RelyingParty, token: string): Promise<Response> => {
  const body = new URLSearchParams({ token, client_id: client.clientId, client_secret: client.clientSecret })
  return fetch(`${service.issuer}/token/revocation`, { method: 'POST', body })
}

for (const platform of ['franceconnect', 'franceconnect-plus'] satisfies PlatformName[]) {
  t.test(`every recorded userinfo request of ${platform}`, async (t) => {
    const sandbox = await recordedSandbox(t, [...Object.values(recordedClients), ...Object.values(plusClients)])
    const client = platform === 'franceconnect' ? recordedClients.es256 : plusClients.rsa256
    const service = new RelyingParty(sandbox, client, platform)
    const cases = recording<Record<string, Noted>>(platform, 'errors-userinfo')
    const life = ['same token 28 s after the consent', 'same token 33 s after the consent (checktoken still active)']

    for (const [name, expected] of Object.entries(cases).filter(([name]) => !life.includes(name))) {
      const ask = requests[name]
      if (!ask) throw new Error(`no request for the recorded case ${name}`)
      const answer = await ask(service, (await service.tokens()).access_token)
      await sameAnswer(t, answer.clone(), expected, service.issuer, name)
      const text = await answer.text()
      if (expected.jwtClaims) t.same(Object.keys(payloadOf(text)).sort(), [...expected.jwtClaims].sort(), name)
      if (expected.jwe_header) {
        const header = { ...expected.jwe_header, iss: service.issuer, aud: client.clientId }
        t.same(decodeProtectedHeader(text), header, `${name}: header of the encryption`)
      }
      if (name === 'revocation response') t.equal(text, '')
    }

    if (platform === 'franceconnect') {
      const { access_token } = await service.tokens()
      sandbox.advance(28)
      t.equal((await service.userinfo(access_token)).status, 200, 'userinfo answers 28 s after the consent')
      sandbox.advance(5)
      const dead = await service.userinfo(access_token, '*/*')
      t.equal(dead.status, 401, 'and no more at 33 s')
      const body = (await dead.json()) as Record<string, string>
      t.match(body, { error: 'invalid_token', error_description: 'invalid token provided (grant not found)' })
      t.match(body.error_uri, /code=Y0489D15/)
    }
  })
}

const payloadOf = (jws: string): object => JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString('utf8'))
