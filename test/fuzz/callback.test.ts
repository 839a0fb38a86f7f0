import fc from 'fast-check'
import t from 'tap'
import { nasty, searching, wellFormed } from './runs.ts'
import { CookieJar, startService } from './service.ts'

const names = [
  'code',
  'state',
  'iss',
  'error',
  'error_description',
  'error_uri',
  'id_token',
  'access_token',
  'response'
]
const name = fc.oneof(fc.constantFrom(...names, 'code[]', 'state[0]', 'iss[toString]', '__proto__[state]', ''), nasty)
const value = fc.oneof(
  fc.constantFrom(
    'GENUINE code',
    'GENUINE state',
    'GENUINE iss',
    'access_denied',
    'invalid_scope',
    'temporarily_unavailable'
  ),
  nasty
)
const query = fc.array(fc.tuple(name, value), { maxLength: 6 })
const encode = (text: string) => encodeURIComponent(wellFormed(text))

const shrunk: [string, string][][] = [
  [],
  [
    ['code', 'GENUINE code'],
    ['state', 'GENUINE state'],
    ['iss', 'GENUINE iss'],
    ['state', 'GENUINE state']
  ],
  [
    ['code', 'GENUINE code'],
    ['state', 'GENUINE state'],
    ['iss', '']
  ],
  [
    ['code', 'GENUINE code'],
    ['state', ''],
    ['iss', 'GENUINE iss']
  ],
  [
    ['code', '\r\n'],
    ['state', 'GENUINE state'],
    ['iss', 'GENUINE iss']
  ],
  [
    ['error', ''],
    ['state', 'GENUINE state'],
    ['iss', 'GENUINE iss']
  ]
]

t.test('whatever stands in the query of a callback, the answer is a redirect or a 4xx', async (t) => {
  const service = await startService(t)
  const check = async (given: [string, string][]) => {
    const jar = new CookieJar()
    const genuine = new URL(await service.start(jar), 'http://localhost:3000').searchParams
    const actual = given.map(([key, text]) => [key, text.startsWith('GENUINE ') ? genuine.get(text.slice(8))! : text])
    const before = service.provider.calls.token
    const text = actual.map(([key = '', text = '']) => `${encode(key)}=${encode(text)}`).join('&')
    const answer = await service.open(`/franceconnect/callback?${text}`, jar)
    const honest = ['code', 'state', 'iss'].every((key) => {
      const all = actual.filter(([found]) => found === key)
      return all.length === 1 && all[0]?.[1] === genuine.get(key)
    })
    if (answer.status < 300 || answer.status >= 500) throw new Error(`${answer.status}: ${answer.body}`)
    for (const secret of [genuine.get('code')!, genuine.get('state')!])
      if (answer.body.includes(secret)) throw new Error('the answer shows the code or the state')
    if (service.provider.calls.token - before > 1) throw new Error('more than one token request')
    if (!honest && (await service.whoIs(jar)) !== undefined) throw new Error('logged in')
  }
  for (const given of shrunk) await t.resolves(check(given), JSON.stringify(given))
  await t.resolves(fc.assert(fc.asyncProperty(query, check), searching(150)))
  t.ok(await service.login(new CookieJar()), 'and an honest login still works')
})

t.test('nobody is logged in by a callback that this browser did not start', async (t) => {
  const service = await startService(t)
  const stolen = fc.asyncProperty(fc.array(nasty, { maxLength: 3 }), async (values) => {
    const back = await service.start(new CookieJar())
    const thief = new CookieJar()
    for (const text of values) thief.take([`fc_attempt=${encode(text)}; Path=/`], new URL('http://localhost:3000'))
    const before = service.provider.calls.token
    const answer = await service.open(back, thief)
    if (answer.status !== 400) throw new Error(`${answer.status}`)
    if (service.provider.calls.token !== before) throw new Error('the code was spent')
  })
  await t.resolves(fc.assert(stolen, searching(40)))
})
