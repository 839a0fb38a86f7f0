import { randomBytes } from 'node:crypto'
import t from 'tap'
import { createSealer } from '../src/seal.ts'

const secret = 'the first secret, long enough for everybody'
const other = 'the second secret, long enough as well, yes'
const sealer = createSealer([secret], 'salt')
/** Every byte that there is: what is not text must come back too. */
const bytes = Buffer.from(Array.from({ length: 256 }, (_, value) => value))
const sealed = sealer.sealBytes(bytes, 'login', 'slot')
const version = sealed.slice(0, sealed.indexOf('.') + 1)
const inner = Buffer.from(sealed.slice(version.length), 'base64url')
const text = (of: Uint8Array) => version + Buffer.from(of).toString('base64url')

t.test('bytes come back as they were, whatever they are and however many', async (t) => {
  t.same(sealer.unsealBytes(sealed, 'login', 'slot'), bytes)
  t.match(sealed, /^v1\.[\w-]+$/)
  const sizes = [0, 1, 2, 3, 15, 16, 17, 1024 * 1024]
  for (const size of sizes) {
    const given = randomBytes(size)
    const opened = sealer.unsealBytes(sealer.sealBytes(given, 'login'), 'login')
    t.ok(opened !== null && given.equals(opened), `${size} bytes`)
  }
})

t.test('what is given to be sealed is neither changed nor kept, and never sealed twice alike', async (t) => {
  const given = Buffer.from('à sceller')
  const first = sealer.sealBytes(given, 'login')
  t.equal(given.toString(), 'à sceller')
  given.fill(0)
  t.equal(sealer.unsealBytes(first, 'login')?.toString(), 'à sceller')
  const many = new Set(Array.from({ length: 1000 }, () => sealer.sealBytes(bytes, 'login').slice(0, 19)))
  t.equal(many.size, 1000, 'an initialisation vector of its own each time')
})

t.test('another secret, purpose, context or sealer opens nothing', async (t) => {
  t.equal(createSealer([other], 'salt').unsealBytes(sealed, 'login', 'slot'), null)
  t.equal(createSealer([secret], 'other package').unsealBytes(sealed, 'login', 'slot'), null)
  for (const purpose of ['', 'logi', 'login ', 'Login', 'attempt'])
    t.equal(sealer.unsealBytes(sealed, purpose, 'slot'), null, `purpose ${JSON.stringify(purpose)}`)
  for (const context of [undefined, '', 'slo', 'slot ', 'other'])
    t.equal(sealer.unsealBytes(sealed, 'login', context), null, `context ${JSON.stringify(context)}`)
  // what ends the purpose and what begins the context are told apart
  t.equal(sealer.unsealBytes(sealer.sealBytes(bytes, 'a', 'b\0c'), 'a\0b', 'c'), null)
  t.same(createSealer([other, secret], 'salt').unsealBytes(sealed, 'login', 'slot'), bytes)
})

t.test('cut anywhere, or lengthened, it does not open', async (t) => {
  const cut = Array.from(inner, (_, at) => [inner.subarray(0, at), inner.subarray(at + 1)]).flat()
  const longer = [1, 16, 28].flatMap((more) => [
    [inner, Buffer.alloc(more)],
    [Buffer.alloc(more), inner]
  ])
  for (const given of [...cut, ...longer.map((parts) => Buffer.concat(parts))])
    if (sealer.unsealBytes(text(given), 'login', 'slot') !== null)
      t.fail(`${given.length} bytes of ${inner.length} open`)
  t.equal(cut.length, 2 * inner.length)
})

t.test('each bit of it flipped: it does not open', async (t) => {
  let opened = 0
  for (let place = 0; place < inner.length * 8; place += 1) {
    const flipped = Buffer.from(inner)
    flipped[place >> 3]! ^= 1 << (place & 7)
    if (sealer.unsealBytes(text(flipped), 'login', 'slot') !== null) opened += 1
  }
  t.equal(opened, 0)
})

t.test('each character of it changed: it opens for what was sealed, or not at all', async (t) => {
  let same = 0
  for (let place = 0; place < sealed.length; place += 1)
    for (const character of ['A', '_', '=', ' ', 'é', '\0', '']) {
      const found = sealer.unsealBytes(sealed.slice(0, place) + character + sealed.slice(place + 1), 'login', 'slot')
      if (found?.equals(bytes)) same += 1
      else if (found !== null) t.fail(`something else with ${JSON.stringify(character)} at ${place}`)
    }
  // the letter itself, and at the very end the bits that base64url leaves over
  t.ok(same < 16, `${same} of ${sealed.length * 7} changes leave it as it was`)
})

t.test('a megabyte with one byte changed, or nothing at all: null, never an error', async (t) => {
  const long = Buffer.from(sealer.sealBytes(randomBytes(1024 * 1024), 'login').slice(version.length), 'base64url')
  long[512 * 1024]! ^= 1
  t.equal(sealer.unsealBytes(text(long), 'login'), null)
  for (const nothing of ['', 'v1', version, `${version}${'A'.repeat(36)}`, undefined, null, 7, {}, bytes])
    t.equal(sealer.unsealBytes(nothing as string, 'login'), null)
})

t.test('a text and its bytes are sealed alike', async (t) => {
  t.equal(sealer.unseal(sealer.sealBytes(Buffer.from('héhé 🎉'), 'p', 'c'), 'p', 'c'), 'héhé 🎉')
  t.equal(sealer.unsealBytes(sealer.seal('héhé 🎉', 'p', 'c'), 'p', 'c')?.toString(), 'héhé 🎉')
})
