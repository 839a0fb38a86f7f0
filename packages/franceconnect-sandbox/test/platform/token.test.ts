import t from 'tap'
import { plusClients } from '../plus-clients.ts'
import { type PlatformName, type RecordedAnswer, recording, sameAnswer } from '../recorded.ts'
import { RelyingParty, recordedClients, recordedSandbox } from '../relying-party.ts'

type Ask = (service: RelyingParty, other: RelyingParty) => Promise<Response>

const withCode =
  (change: Record<string, string | undefined>, headers?: Record<string, string>): Ask =>
  async (service) =>
    service.token(await service.code(), change, headers)

/** What was sent, by the name of the recorded case. */
const requests: Record<string, Ask> = {
  valid: withCode({}),
  'wrong secret': withCode({ client_secret: 'f'.repeat(64) }),
  'no secret': withCode({ client_secret: undefined }),
  'unknown client': withCode({ client_id: 'f'.repeat(64) }),
  'no client_id': withCode({ client_id: undefined, client_secret: undefined }),
  client_secret_basic: async (service) => {
    const { clientId, clientSecret } = service.client
    const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
    return service.token(await service.code(), { client_id: undefined, client_secret: undefined }, { authorization })
  },
  'redirect_uri missing': withCode({ redirect_uri: undefined }),
  'redirect_uri other registered one': withCode({ redirect_uri: 'http://localhost:3000/callback2' }),
  'grant_type missing': withCode({ grant_type: undefined }),
  'grant_type refresh_token': withCode({ grant_type: 'refresh_token' }),
  'grant_type client_credentials': withCode({ grant_type: 'client_credentials' }),
  'code missing': withCode({ code: undefined }),
  'code unknown': withCode({ code: 'x'.repeat(43) }),
  'extra parameter': withCode({ foo: 'bar' }),
  'code_verifier present although no challenge was sent': withCode({ code_verifier: 'v'.repeat(64) }),
  'JSON body': async (service) =>
    service.post('/token', JSON.stringify({ code: await service.code() }), { 'content-type': 'application/json' }),
  'code of another client': async (service, other) => service.token(await other.code()),
  'code expired (after 31.5 s)': async (service) => {
    const code = await service.code()
    service.sandbox.advance(31.5)
    return service.token(code)
  },
  'GET /token': (service) => service.get('/token', { accept: 'text/html' }),
  client_secret_jwt: async (service) =>
    service.token(await service.code(), {
      client_secret: undefined,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion(service)
    })
}

function assertion({ client, issuer }: RelyingParty): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { iss: client.clientId, sub: client.clientId, aud: issuer, exp: 9_999_999_999, jti: 'once' }
  return `${part({ alg: 'HS256' })}.${part(claims)}.c2lnbmF0dXJl`
}

type Recording = Record<string, RecordedAnswer> & {
  'code used twice': {
    first: number
    second: RecordedAnswer
    'userinfo with the first access token afterwards': RecordedAnswer
    'code used a third time': RecordedAnswer
  }
  'two concurrent uses of one code': { status: number }[]
  'wrong secret first, then right secret with the same code'?: { first: number; second: RecordedAnswer }
}

for (const platform of ['franceconnect', 'franceconnect-plus'] satisfies PlatformName[]) {
  t.test(`every recorded token request of ${platform}`, async (t) => {
    const sandbox = await recordedSandbox(t, [...Object.values(recordedClients), ...Object.values(plusClients)])
    const [client, another] =
      platform === 'franceconnect'
        ? [recordedClients.es256, recordedClients.promptlogin]
        : [plusClients.rsa256, plusClients.promptlogin]
    const service = new RelyingParty(sandbox, client, platform)
    const other = new RelyingParty(sandbox, another, platform)
    const {
      'code used twice': twice,
      'two concurrent uses of one code': concurrent,
      ...cases
    } = recording<Recording>(platform, 'errors-token')
    const wrongFirst = cases['wrong secret first, then right secret with the same code']
    delete cases['wrong secret first, then right secret with the same code']

    for (const [name, expected] of Object.entries(cases)) {
      const ask = requests[name]
      if (!ask) throw new Error(`no request for the recorded case ${name}`)
      await sameAnswer(t, await ask(service, other), expected as RecordedAnswer, service.issuer, name)
    }

    await t.test('a code used twice', async (t) => {
      const code = await service.code()
      const first = await service.token(code)
      t.equal(first.status, twice.first)
      const { access_token } = (await first.json()) as { access_token: string }
      await sameAnswer(t, await service.token(code), twice.second, service.issuer, 'second')
      const userinfo = twice['userinfo with the first access token afterwards']
      await sameAnswer(t, await service.userinfo(access_token), userinfo, service.issuer, 'userinfo')
      await sameAnswer(t, await service.token(code), twice['code used a third time'], service.issuer, 'third')
    })

    await t.test('two uses of a code at once', async (t) => {
      const statuses = async () => {
        const code = await service.code()
        const answers = await Promise.all([service.token(code), service.token(code)])
        return answers.map(({ status }) => ({ status }))
      }
      // A busy machine may keep the second request from arriving at the same moment.
      let both = await statuses()
      for (let tries = 1; tries < 10 && both.some(({ status }) => status !== 200); tries += 1) both = await statuses()
      t.same(both, concurrent)
    })

    if (wrongFirst) {
      const code = await service.code()
      t.equal((await service.token(code, { client_secret: 'f'.repeat(64) })).status, wrongFirst.first)
      await sameAnswer(t, await service.token(code), wrongFirst.second, service.issuer, 'a wrong secret burns nothing')
    }
  })
}
