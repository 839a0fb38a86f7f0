import fc from 'fast-check'
import t from 'tap'
import { startProvider } from '../hostile/provider.ts'
import { anyJson, nasty, searching } from './runs.ts'
import { CookieJar, drive, makeApp, redirected } from './service.ts'

const members = [
  'issuer',
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'jwks_uri',
  'end_session_endpoint',
  'response_types_supported',
  'id_token_signing_alg_values_supported',
  'authorization_response_iss_parameter_supported',
  'scopes_supported',
  '__proto__'
]
const required = members.slice(0, 5)
const odd = fc.oneof(
  anyJson,
  nasty,
  fc.constantFrom('javascript:alert(1)', 'file:///etc/passwd', 'ftp://127.0.0.1/', '//x', 'http://')
)

t.test('a discovery document of any shape is refused before it is kept', async (t) => {
  const provider = await startProvider()
  t.teardown(() => provider.close())
  const shape = fc.oneof(
    anyJson.map((whole) => ({ whole })),
    fc.record({ member: fc.constantFrom(...members), value: odd })
  )
  const property = fc.asyncProperty(shape, async (given) => {
    const app = await makeApp(provider.issuer)
    try {
      const service = drive(app, provider)
      provider.fault = {
        metadata: (honest) => ('whole' in given ? given.whole : { ...honest, [given.member]: given.value })
      }
      const bent = await service.open('/franceconnect/login', new CookieJar())
      provider.fault = {}
      if (bent.status !== 503 && !bent.location?.startsWith(`${provider.issuer}/authorize?`))
        throw new Error(`${bent.status} ${bent.location} ${bent.body}`)
      const essential = 'whole' in given || required.includes(given.member)
      if (essential && bent.status !== 503) throw new Error('a document that lacks the essential was kept')
      if (!redirected(await service.login(new CookieJar())))
        throw new Error('the next login, on a healthy document, fails')
    } finally {
      await app.close()
    }
  })
  await t.resolves(fc.assert(property, { ...searching(50), examples: [[{ whole: null }]] }))
  t.equal(({} as { polluted?: unknown }).polluted, undefined, 'Object.prototype is as it was')
})

t.test('a key set of any shape logs nobody in that it should not, and is not kept', async (t) => {
  const provider = await startProvider()
  t.teardown(() => provider.close())
  const member = fc.constantFrom('kty', 'crv', 'x', 'y', 'use', 'alg', 'kid', 'key_ops', 'd', 'x5u')
  const shape = fc.oneof(
    anyJson.map((whole) => ({ whole })),
    fc.array(odd, { maxLength: 3 }).map((keys) => ({ whole: { keys } })),
    fc.record({ member, value: odd })
  )
  const property = fc.asyncProperty(shape, async (given) => {
    const app = await makeApp(provider.issuer)
    try {
      const service = drive(app, provider)
      provider.fault = {
        keySet: (set) =>
          'whole' in given
            ? given.whole
            : { keys: set.keys.map((key) => ({ ...(key as object), [given.member]: given.value })) }
      }
      const jar = new CookieJar()
      const answer = await service.login(jar)
      provider.fault = {}
      const known = 'member' in given && !['kty', 'crv', 'x', 'y'].includes(given.member)
      if (redirected(answer) && !known) throw new Error('logged in without a key')
      if (!redirected(answer) && ![502, 503].includes(answer.status))
        throw new Error(`${answer.status}: ${answer.body}`)
      if (!redirected(await service.login(new CookieJar()))) throw new Error('the next login, on healthy keys, fails')
    } finally {
      await app.close()
    }
  })
  await t.resolves(fc.assert(property, { ...searching(50), examples: [[{ whole: null }]] }))
})
