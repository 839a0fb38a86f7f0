import { inspect } from 'node:util'
import { createSealer } from 'franceconnect-protocol/seal'
import t from 'tap'
import { LoginKey } from '../../src/session/login-cookie.ts'
import type { LoginData } from '../../src/session/opened-login.ts'
import { createLoginRecords } from '../../src/session/record.ts'
import { bytesOf, headOf, restOf } from '../../src/session/record-bytes.ts'

const key = new LoginKey('s'.repeat(22), 't'.repeat(43))
const jwt = ['{"alg":"ES256"}', '{"sub":"a","nom":"Éloïse"}', 'signature'].map((part) =>
  Buffer.from(part).toString('base64url')
)
const data: LoginData = {
  id: `${key.slot}0123456789abcdef`,
  sub: 'a',
  userInfo: { given_name: 'Éloïse\u0000', sub: 'a', address: { country: 'France' } } as never,
  acr: 'eidas1',
  amr: ['pwd'],
  authTime: null,
  scope: ['openid'],
  loggedInAt: Date.now(),
  expiresAt: Date.now() + 60_000,
  accessToken: 'access',
  accessTokenExpiresAt: Date.now() + 60_000,
  idToken: jwt.join('.'),
  returnTo: '/é',
  session: { id: 'session', signed: 'session.mac' }
}

t.test('a login is the same once written and read', async (t) => {
  const others: Partial<LoginData>[] = [
    {},
    { sub: 'another' },
    { idToken: 'not.canonical=.x' },
    { idToken: '' },
    { session: { id: 'session', signed: 'otherwise' } },
    { authTime: 1, amr: [] }
  ]
  for (const other of others) {
    const bytes = bytesOf({ ...data, ...other }, key.slot)
    t.same({ ...headOf(bytes, key.slot), ...restOf(bytes) }, { ...data, ...other })
  }
  t.same(Object.keys(headOf(bytesOf(data, key.slot), key.slot).userInfo), ['given_name', 'sub', 'address'], 'in order')
})

t.test('a record opens with its own key alone, whole, and shows no token', async (t) => {
  const secret = 'a'.repeat(40)
  const writes = createLoginRecords(createSealer([secret], 'x'))
  const reads = createLoginRecords(createSealer(['b'.repeat(40), secret], 'x'))
  const { sealed } = writes.seal(data, key)
  for (let times = 0; times < 4; times++) {
    const opened = reads.open(sealed, key)
    t.same(opened?.data, data)
    t.equal(opened?.login.idToken, data.idToken)
    t.equal(opened?.login.accessToken?.value, 'access')
    t.notMatch(inspect(opened, { depth: 9, showHidden: true, getters: true }), /access"|access'|ES256|eyJ/)
    t.throws(() => Object.assign(opened!.login.userInfo, { given_name: 'x' }), 'frozen')
  }
  t.equal(reads.open(sealed, new LoginKey(key.slot, 'u'.repeat(43))), null)
  t.equal(reads.open(sealed, new LoginKey('u'.repeat(22), key.token)), null)
  t.equal(reads.open(`${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}`, key), null)
  t.equal(reads.open(writes.seal({ ...data, expiresAt: Date.now() - 1 }, key).sealed, key), null)
})

t.test('the tokens of a login that is kept open are opened when somebody reads one', async (t) => {
  const sealer = createSealer(['a'.repeat(40)], 'x')
  let times = 0
  const counting = {
    ...sealer,
    unsealBytes: (...given: Parameters<typeof sealer.unsealBytes>) => {
      times += 1
      return sealer.unsealBytes(...given)
    }
  }
  const records = createLoginRecords(counting)
  const { sealed } = records.seal(data, key)
  for (let pages = 0; pages < 3; pages++) t.equal(records.open(sealed, key)?.login.sub, 'a')
  t.equal(times, 1, 'kept open')
  for (let pages = 0; pages < 3; pages++) t.equal(records.open(sealed, key)?.login.idToken, data.idToken)
  t.equal(times, 2)
})
