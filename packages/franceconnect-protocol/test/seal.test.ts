import t from 'tap'
import { randomPart, randomText } from '../src/random.ts'
import { createSealer } from '../src/seal.ts'

const first = 'the first secret, long enough for everybody'
const second = 'the second secret, long enough as well, yes'

t.test('what is sealed opens under the same purpose and context alone', async (t) => {
  const sealer = createSealer([first], 'salt')
  const sealed = sealer.seal('héhé 🎉', 'attempt', 'state')
  t.equal(sealer.unseal(sealed, 'attempt', 'state'), 'héhé 🎉')
  t.equal(sealer.unseal(sealed, 'attempt', 'other'), null)
  t.equal(sealer.unseal(sealed, 'login', 'state'), null)
  t.equal(createSealer([second], 'salt').unseal(sealed, 'attempt', 'state'), null)
  t.not(sealer.seal('héhé 🎉', 'attempt', 'state'), sealed)
  t.equal(createSealer([first], 'other package').unseal(sealed, 'attempt', 'state'), null)
})

t.test('every secret opens, the first seals', async (t) => {
  const old = createSealer([first], 'salt')
  const rotated = createSealer([second, first], 'salt')
  t.equal(rotated.unseal(old.seal('x', 'p'), 'p'), 'x')
  t.equal(old.unseal(rotated.seal('x', 'p'), 'p'), null)
  t.equal(rotated.hashes('x', 'p')[1], old.hash('x', 'p'))
})

t.test('anything else gives null, never an error', async (t) => {
  const sealer = createSealer([first], 'salt')
  const sealed = sealer.seal('text', 'p')
  const flipped = [...sealed]
    .map((character, index) => (index === 12 ? (character === 'A' ? 'B' : 'A') : character))
    .join('')
  const foreign = [
    '',
    'v1.',
    'v2.abcd',
    sealed.slice(0, -4),
    `${sealed}AAAA`,
    flipped,
    'v1.'.padEnd(9000, 'A'),
    '\u0000'
  ]
  for (const text of foreign) t.equal(sealer.unseal(text, 'p'), null, JSON.stringify(text.slice(0, 20)))
  t.equal(sealer.unseal(undefined as unknown as string, 'p'), null)
})

t.test('no nonce is used twice, and none is left behind', async (t) => {
  const sealer = createSealer([first], 'salt')
  const nonces = new Set<string>()
  for (let i = 0; i < 2000; i++) nonces.add(sealer.seal('text', 'use').slice(3, 3 + 16))
  t.equal(nonces.size, 2000)
  const part = randomPart(12)
  const copy = Buffer.from(part)
  randomText(4000, 'hex')
  t.same(part, copy, 'a copy, not a part of the pool')
  t.not(randomPart(12).toString('hex'), Buffer.alloc(12).toString('hex'))
})
