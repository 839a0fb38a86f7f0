import t from 'tap'
import { isBornAbroad, parseBirthdate, reconciliationKey, type UserInfo } from '../../src/identity/identity.ts'

t.test('a birthdate keeps its missing parts', async (t) => {
  t.same(parseBirthdate('1962-08-24'), { year: 1962, month: 8, day: 24 })
  t.same(parseBirthdate('1992-11-00'), { year: 1992, month: 11, day: null })
  t.same(parseBirthdate('1992-00-00'), { year: 1992, month: null, day: null })
  t.same(parseBirthdate('2000-02-29'), { year: 2000, month: 2, day: 29 })
  for (const text of [undefined, '', '1992', '1992-00-03', '1992-13-01', '1999-02-29', '1992-04-31', '24/08/1962']) {
    t.equal(parseBirthdate(text), null, String(text))
  }
})

t.test('born abroad is told by the country alone', async (t) => {
  t.equal(isBornAbroad({ birthcountry: '99100' }), false)
  t.equal(isBornAbroad({ birthcountry: '99352' }), true)
  t.equal(isBornAbroad({}), null)
})

const angela: UserInfo = {
  sub: 'x',
  given_name: 'Angela Claire Louise',
  family_name: 'DUBOIS-ŒUVRÉ',
  birthdate: '1962-08-24',
  gender: 'female',
  birthplace: '75107',
  birthcountry: '99100',
  email: 'a@example.fr'
}
const secret = 'the secret that keys the hashes of identities'

t.test('the reconciliation key is the same person’s, and nothing else’s', async (t) => {
  const key = reconciliationKey(angela, secret)
  t.match(key, /^[0-9a-f]{64}$/)
  t.equal(reconciliationKey({ ...angela, sub: 'y', email: 'b@example.fr', family_name: 'Dubois Oeuvre' }, secret), key)
  t.equal(reconciliationKey({ ...angela, given_name: 'ANGÉLA Claire  Louise' }, secret), key)
  t.not(reconciliationKey({ ...angela, birthdate: '1962-08-25' }, secret), key)
  const [one, other] = ['Олена', 'Ольга'].map((given_name) => reconciliationKey({ ...angela, given_name }, secret))
  t.not(one, other, 'letters of other scripts count')
  t.not(reconciliationKey({ ...angela, birthplace: '75108' }, secret), key)
  t.not(reconciliationKey(angela, `${secret} another`), key)
  t.equal(reconciliationKey({ ...angela, family_name: '' }, secret), null)
  t.equal(reconciliationKey({ sub: 'x', email: 'a@example.fr' }, secret), null)
  t.throws(() => reconciliationKey(angela, 'short'), { name: 'OptionProblem', option: 'secret' })
})

t.test('the civil register’s identity is taken when it is whole', async (t) => {
  const register = Object.fromEntries(Object.entries(angela).map(([name, value]) => [`rnipp_${name}`, value]))
  const plus = { ...angela, ...register, sub: 'x', given_name: 'Angie', birthdate: '1962-00-00' }
  t.equal(reconciliationKey(plus, secret), reconciliationKey(angela, secret))
})
