import { reconciliationKey } from 'fastify-franceconnect'
import t from 'tap'
import type { Draft } from '../../hostile/jwt.ts'
import { me, serve, walk } from '../../hostile/relying-party.ts'

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const members = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

t.test('userinfo or an ID Token nested deep is refused as such, never a 500', async (t) => {
  const party = await serve(t)
  // as text: to write so many levels, JSON.stringify would call itself too often
  const add = (json: string) => (jwt: Draft) => {
    jwt.payload = JSON.stringify({ ...jwt.claims, address: '@' }).replace('"@"', json)
  }
  for (const [what, value] of [
    ['5,000 arrays', nested(5000)],
    ['20,000 arrays', nested(20_000)],
    ['1,500 objects', members(1500)],
    ['20 objects', members(20)]
  ] as const) {
    party.provider.fault = { userinfo: add(value) }
    const browser = party.browser()
    const { page } = await walk(browser)
    t.equal(page.status, 502, what)
    t.match(page.body, 'FST_FC_USERINFO_INVALID', what)
    t.equal((await me(browser)).connected, false)
  }
  for (const value of [nested(4000), members(20)]) {
    party.provider.fault = { idToken: add(value) }
    const { page } = await walk(party.browser())
    t.equal(page.status, 502)
    t.match(page.body, 'FST_FC_ID_TOKEN_INVALID')
  }
  party.provider.fault = { userinfo: add('{"country":"FR","lines":[{"text":"1 rue"}]}') }
  const browser = party.browser()
  await walk(browser)
  t.equal((await me(browser)).connected, true, 'an address is not deep')
})

t.test(
  'invalid_scope, invalid_acr, temporarily_unavailable, server_error at warn; a citizen who leaves at info',
  async (t) => {
    const party = await serve(t)
    const levelOf = async (error: string) => {
      party.logs.length = 0
      party.provider.fault = {
        callback: (query) => {
          query.delete('code')
          query.set('error', error)
        }
      }
      await walk(party.browser())
      const lines = party.logs.map((line) => JSON.parse(line) as { level: number; msg: string })
      return lines.find(({ msg }) => msg === 'FranceConnect login failed')?.level
    }
    for (const error of [
      'invalid_scope',
      'invalid_acr',
      'temporarily_unavailable',
      'server_error',
      'unauthorized_client'
    ])
      t.equal(await levelOf(error), 40, error)
    t.equal(await levelOf('access_denied'), 30)
  }
)

const angela = {
  sub: 'x',
  given_name: 'Angela Claire Louise',
  family_name: 'Dubois',
  birthdate: '1962-08-24',
  gender: 'female',
  birthplace: '75107',
  birthcountry: '99100'
} as const
const secret = 'the secret that keys the hashes of identities'
const key = (family_name: string, more: object = {}) => reconciliationKey({ ...angela, family_name, ...more }, secret)

t.test('names outside A–Z: letters of every script are kept, other people have other keys', async (t) => {
  const names = [
    ['Παπαδόπουλος', 'Γεωργίου', 'Иванов', 'Иваненко', 'Петров', 'Bøe', 'Bre', 'Børe', 'Đorđević', 'Łukasz', 'Mukasz'],
    ['Þór', 'Ðór', 'محمد', 'أحمد', '李', '王', 'שמש', 'नमिता', 'नमति', 'Weiß', 'Weit', 'B e', 'Be', 'Ħili', 'Ili']
  ].flat()
  const keys = names.map((name) => key(name))
  t.notOk(keys.includes(null))
  t.equal(new Set(keys).size, names.length)
})

t.test('the same name written otherwise keeps its key', async (t) => {
  for (const [one, other] of [
    ['Lefèvre', 'LEFEVRE'],
    ['Lefe\u0300vre', 'Lefèvre'],
    ['Cœur', 'COEUR'],
    ['Læticia', 'LAETICIA'],
    ['Weiß', 'WEISS'],
    ['Παπαδόπουλος', 'Παπαδο\u0301πουλος'],
    ['Иванов', 'ИВАНОВ'],
    ['Bøe', 'BØE'],
    ['Straße', 'STRAẞE'],
    ['Ｄｕｂｏｉｓ', 'Dubois'],
    ['ﬁlleul', 'Filleul'],
    ['ﻣﺤﻤﺪ', 'محمد'],
    ['Du\u00adbois', 'Dubois'],
    ['Dubois\u200b', 'Dubois'],
    ['D’Arc', "D'ARC"],
    ['Saint-Exupéry', 'SAINT EXUPERY']
  ] as const)
    t.equal(key(one), key(other), `${one} ${other}`)
})

t.test('null when a part normalises to nothing', async (t) => {
  for (const name of ['-', '…', '  ', '😀', '\u0301', "'’"]) t.equal(key(name), null, JSON.stringify(name))
  t.equal(key('Dubois', { birthplace: '--' }), null)
  t.ok(key('Dubois', { birthplace: '' }), 'born abroad')
  t.ok(key('Dubois', { birthplace: undefined }))
})
