import fc from 'fast-check'
import t, { type Test } from 'tap'
import type { Fault } from '../hostile/fault.ts'
import type { Draft } from '../hostile/jwt.ts'
import { clientId } from '../hostile/provider.ts'
import { anyJson, nasty, searching, wellFormed } from './runs.ts'
import { CookieJar, redirected, type Service, startService } from './service.ts'

const refusals = [400, 403, 502, 503]
const now = () => Math.floor(Date.now() / 1000)

/** One login under a fault: who is logged in afterwards, after an answer of the error table. */
async function loginUnder(service: Service, fault: Fault): Promise<string | undefined> {
  service.provider.fault = fault
  const jar = new CookieJar()
  const answer = await service.login(jar)
  service.provider.fault = {}
  const sub = await service.whoIs(jar)
  if (redirected(answer) !== (sub !== undefined)) throw new Error(`${answer.status} and logged in: ${sub}`)
  if (!redirected(answer) && !refusals.includes(answer.status)) throw new Error(`${answer.status}: ${answer.body}`)
  return sub
}

async function search<T>(
  t: Test,
  arbitrary: fc.Arbitrary<T>,
  runs: number,
  check: (service: Service, value: T) => Promise<void>
) {
  const service = await startService(t)
  await t.resolves(
    fc.assert(
      fc.asyncProperty(arbitrary, (value) => check(service, value)),
      searching(runs)
    )
  )
  t.ok(redirected(await service.login(new CookieJar())), 'an honest login right after')
  t.equal(({} as { polluted?: unknown }).polluted, undefined, 'Object.prototype is as it was')
}

const idTokenClaims = ['iss', 'aud', 'exp', 'iat', 'nonce', 'sub', 'acr', 'azp', 'nbf'] as const
function acceptable(claim: string, value: unknown, honest: unknown): boolean {
  if (value === honest) return true
  if (claim === 'aud') return Array.isArray(value) && value.length === 1 && value[0] === clientId
  if (claim === 'exp') return typeof value === 'number' && value > now() - 12
  if (claim === 'iat') return typeof value === 'number' && value < now() + 12
  if (claim === 'nbf') return typeof value === 'number' && value < now() + 12
  if (claim === 'azp') return value === clientId || value === undefined
  return claim === 'acr' && typeof value === 'string' && /^eidas[123]$/.test(value)
}

t.test('a verified claim of the ID Token with another value logs nobody in', (t) =>
  search(
    t,
    fc.tuple(fc.constantFrom(...idTokenClaims), fc.oneof(anyJson, nasty)),
    100,
    async (service, [claim, value]) => {
      let fine = false
      const idToken = (draft: Draft) => {
        fine = acceptable(claim, value, draft.claims[claim])
        draft.claims[claim] = value
      }
      if ((await loginUnder(service, { idToken })) !== undefined && !fine) throw new Error('logged in')
    }
  )
)

t.test('a verified claim of userinfo with another value logs nobody in', (t) =>
  search(
    t,
    fc.tuple(fc.constantFrom('iss', 'aud', 'exp', 'sub'), fc.oneof(anyJson, nasty)),
    75,
    async (service, [claim, value]) => {
      let fine = false
      const userinfo = (draft: Draft) => {
        fine = acceptable(claim, value, draft.claims[claim])
        draft.claims[claim] = value
      }
      if ((await loginUnder(service, { userinfo })) !== undefined && !fine) throw new Error('logged in')
    }
  )
)

const header = fc.record(
  {
    alg: fc.oneof(anyJson, fc.constantFrom('none', 'None', 'HS256', 'RS256', 'ES384', 'ES256')),
    kid: fc.oneof(anyJson, nasty)
  },
  { requiredKeys: [] }
)
t.test('a JWS is taken whole or not at all', (t) => {
  const change = fc.record({
    header,
    extra: fc.dictionary(fc.constantFrom('crit', 'b64', 'jwk', 'jku', 'x5c', 'typ', 'enc', '__proto__'), anyJson, {
      maxKeys: 2
    }),
    text: fc.option(
      fc.record({ at: fc.nat({ max: 900 }), character: fc.constantFrom('A', 'B', '.', '=', '+', ' ', 'é', '') })
    ),
    where: fc.constantFrom('idToken' as const, 'userinfo' as const)
  })
  return search(t, change, 125, async (service, { header, extra, text, where }) => {
    let fine = true
    const bend = (draft: Draft) => {
      const honest = draft.header['kid']
      Object.assign(draft.header, header, extra)
      const { alg, kid, crit, b64 } = draft.header
      fine = alg === 'ES256' && kid === honest && crit === undefined && (b64 === undefined || b64 === true)
      draft.finish = (jwt) => {
        if (!text) return jwt
        const i = text.at % jwt.length
        const bent = jwt.slice(0, i) + text.character + jwt.slice(i + 1)
        fine &&= bent === jwt || sameBytes(bent, jwt)
        return bent
      }
    }
    if ((await loginUnder(service, { [where]: bend })) !== undefined && !fine) throw new Error(`logged in: ${where}`)
  })
})

/** The last character of a part holds bits that carry nothing. */
function sameBytes(a: string, b: string): boolean {
  const parts = (text: string) => text.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex'))
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(a) && parts(a).join() === parts(b).join()
}

t.test('claims that nothing verifies arrive as they were sent, whatever they hold', (t) => {
  const registered = /^(iss|aud|exp|iat|sub|nbf|jti|nonce|azp|at_hash|acr|amr|auth_time|sid|events|__proto__)$/
  const claims = fc.dictionary(
    fc.oneof(fc.constantFrom('given_name', 'birthdate', 'then', 'toString'), nasty),
    anyJson,
    { maxKeys: 5 }
  )
  return search(t, claims, 75, async (service, given) => {
    const sent = Object.entries(given).filter(([name]) => !registered.test(name) && name === wellFormed(name))
    service.provider.fault = { userinfo: (draft) => void Object.assign(draft.claims, Object.fromEntries(sent)) }
    const jar = new CookieJar()
    const answer = await service.login(jar)
    service.provider.fault = {}
    if (!redirected(answer)) throw new Error(`${answer.status}: ${answer.body}`)
    const { userInfo } = JSON.parse((await service.open('/me', jar)).body) as { userInfo: Record<string, unknown> }
    for (const [name, value] of sent)
      if (JSON.stringify(userInfo[name]) !== JSON.stringify(value)) throw new Error(`${name} was changed`)
  })
})

t.test('a token answer of any shape is refused or read, and never breaks the server', (t) => {
  const member = fc.constantFrom(
    'access_token',
    'token_type',
    'expires_in',
    'scope',
    'id_token',
    'refresh_token',
    '__proto__'
  )
  const shape = fc.oneof(
    anyJson.map((whole) => ({ whole })),
    fc.record({ member, value: fc.oneof(anyJson, nasty) })
  )
  return search(t, shape, 100, async (service, given) => {
    const tokens = (honest: Record<string, unknown>) =>
      'whole' in given ? given.whole : { ...honest, [given.member]: given.value }
    await loginUnder(service, { tokens })
  })
})

t.test('an HTTP answer of any status, type and body logs nobody in', (t) => {
  const types = [
    'application/json',
    'application/jwt',
    'text/html',
    'application/x-www-form-urlencoded',
    '',
    'application/JSON;charset=x'
  ]
  const answer = fc.record({
    endpoint: fc.constantFrom('token' as const, 'userinfo' as const),
    status: fc.oneof(
      fc.constantFrom(200, 201, 204, 206, 302, 400, 401, 403, 404, 429, 500, 503),
      fc.integer({ min: 200, max: 599 })
    ),
    type: fc.constantFrom(...types),
    body: fc.oneof(
      nasty,
      anyJson.map((value) => JSON.stringify(value)),
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes))
    )
  })
  return search(t, answer, 75, async (service, { endpoint, status, type, body }) => {
    const bend = (honest: { status: number; headers: Record<string, string | string[]>; body: string | Buffer }) =>
      void Object.assign(honest, { status, headers: { 'content-type': type }, body })
    if ((await loginUnder(service, { answer: { [endpoint]: bend } })) !== undefined) throw new Error('logged in')
  })
})
