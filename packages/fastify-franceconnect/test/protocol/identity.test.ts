import t from 'tap'
import { reconciliationKey } from '../../src/protocol/identity.ts'

const secret = 'a secret of at least thirty-two characters'

t.test('the key is that of the protocol package; a secret that is too short gets an error of this plugin', (t) => {
  const angela = { sub: 'x', given_name: 'Angela', family_name: 'DUBOIS', birthdate: '1962-08-24' }
  const whole = { ...angela, gender: 'female', birthplace: '75107', birthcountry: '99100' }
  t.match(reconciliationKey(whole, secret), /^[0-9a-f]{64}$/)
  t.equal(reconciliationKey(angela, secret), null)
  t.throws(() => reconciliationKey(whole, 'short'), { code: 'FST_FC_INVALID_OPTIONS' })
  t.end()
})
