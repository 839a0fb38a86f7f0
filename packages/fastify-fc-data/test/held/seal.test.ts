import t from 'tap'
import { chooseSealer, sealerOf } from '../../src/held/seal.ts'

const [old, recent] = ['an old secret of thirty-two chars', 'a new secret of thirty-two chars!']

t.test('what is sealed opens for its purpose alone', async (t) => {
  const sealer = sealerOf([old])
  const sealed = sealer.seal('464 €', 'login-1')
  t.notMatch(sealed, /464/)
  t.match(sealed, /^v1\.[\w-]+$/)
  t.equal(sealer.unseal(sealed, 'login-1'), '464 €')
  t.equal(sealer.unseal(sealed, 'login-2'), null)
  t.not(sealer.seal('464 €', 'login-1'), sealed, 'never twice the same')
  for (const value of ['', 'x', sealed.slice(1), `${sealed.slice(0, -2)}AA`])
    t.equal(sealer.unseal(value, 'login-1'), null)
})

t.test('secrets rotate', async (t) => {
  const sealed = sealerOf([old]).seal('a', 'p')
  t.equal(sealerOf([recent, old]).unseal(sealed, 'p'), 'a')
  t.equal(sealerOf([recent]).unseal(sealed, 'p'), null)
})

t.test('hashes are keyed, for one purpose', async (t) => {
  const sealer = sealerOf([old])
  t.equal(sealer.hash('sub', 'trace'), sealer.hash('sub', 'trace'))
  t.not(sealer.hash('sub', 'trace'), sealer.hash('sub', 'other'))
  t.not(sealer.hash('sub', 'trace'), sealerOf([recent]).hash('sub', 'trace'))
  t.equal(sealer.hash('sub', 'trace').length, 43)
})

t.test('the option comes first, then the login plugin, then a key of this process', async (t) => {
  const plugin = sealerOf([old])
  t.equal(chooseSealer(null, plugin), plugin)
  t.equal(chooseSealer([recent], plugin).hash('a', 'b'), sealerOf([recent]).hash('a', 'b'))
  t.not(chooseSealer(null, null).hash('a', 'b'), chooseSealer(null, null).hash('a', 'b'))
})
