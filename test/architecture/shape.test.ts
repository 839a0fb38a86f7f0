import t from 'tap'
import { circles, classes, factoriesTwice, lostTests, namesAtTop, roomCircles, strangers } from './shape.ts'
import { packages, type Source, sourceOf, sources } from './tree.ts'

const of = new Map(packages.map((name) => [name, sources(`packages/${name}/src`)]))
const all = [...of.values()].flat()

/** A source that is not in the tree. */
const planted = (path: string, text: string): Source => sourceOf(path, text)

/** Classes that are no error, and why each is one. */
const reasons: Record<string, string> = {
  Exchange: 'a handler of undici with hidden members',
  OpenedLogin: 'hides its record',
  KeptLogin: 'hides its tokens from whoever prints it',
  KeptAccessToken: 'hides its value from whoever prints it',
  LoginKey: 'hides the key from whoever prints it',
  Answer: 'hides what was answered from whoever prints it',
  Html: 'instanceof: text that is already safe'
}

t.test('a src shows a dozen names at most', async (t) => {
  for (const [name, list] of of) {
    const names = namesAtTop(list, `packages/${name}/src`)
    t.ok(names.length <= 12, `${name}: ${names.join(', ')}`)
  }
  const many = Array.from({ length: 13 }, (_, i) => planted(`packages/x/src/file${i}.ts`, ''))
  t.equal(namesAtTop(many, 'packages/x/src').length, 13, 'a thirteenth is seen')
})

t.test('imports make no circle, types included', async (t) => {
  t.strictSame(circles(all), [])
  const one = planted('packages/x/src/one.ts', "import type { B } from './two.ts'\n")
  const two = planted('packages/x/src/two.ts', "import type { C } from './room/three.ts'\n")
  const three = planted('packages/x/src/room/three.ts', "export { A } from '../one.ts'\n")
  t.strictSame(
    circles([...all, one, two, three]),
    [[one, three, two].map(({ path }) => path).sort()],
    'a planted one is seen'
  )
})

t.test('rooms load each other in one direction', async (t) => {
  for (const [name, list] of of) t.strictSame(roomCircles(list, `packages/${name}/src`), [], name)
  const base = 'packages/x/src'
  const up = planted(`${base}/options/one.ts`, "import { b } from '../routes/two.ts'\n")
  const down = planted(`${base}/routes/three.ts`, "import { a } from '../options/four.ts'\n")
  t.strictSame(roomCircles([up, down], base), [[`${base}/options`, `${base}/routes`]], 'a planted one is seen')
})

/** What a test stands in that is no room: a situation, or what others are. */
const situations = ['other-process', 'redis', 'clients', 'exchanges', 'bundle']

t.test('a test stands in the room of what it tests, and is named like the others', async (t) => {
  for (const [name, list] of of) {
    const rooms = [...namesAtTop(list, `packages/${name}/src`), ...situations]
    const base = `packages/${name}/test`
    t.strictSame(lostTests(sources(base), base, rooms), [], name)
  }
  const lost = [planted('packages/x/test/a.ts', 't.test('), planted('packages/x/test/attic/a.test.ts', 't.test(')]
  t.equal(lostTests(lost, 'packages/x/test', ['login']).length, 2, 'planted ones are seen')
})

t.test('no two files serve the same purpose', async (t) => {
  t.strictSame(factoriesTwice(all), [])
  const second = planted('packages/fastify-fc-data/src/held/other-seal.ts', 'export function createSealer() {}\n')
  t.match(factoriesTwice([...all, second]), [/^createSealer: .*other-seal/], 'a second sealer is seen')
})

t.test('a class has a reason', async (t) => {
  t.strictSame(
    classes(all).filter((name) => !(name in reasons)),
    []
  )
  t.strictSame(
    Object.keys(reasons).filter((name) => !classes(all).includes(name)),
    [],
    'none of the reasons is old'
  )
  t.strictSame(
    classes([planted('packages/x/src/a.ts', 'export class Manager {\n}\n')]),
    ['Manager'],
    'a planted one is seen'
  )
})

t.test('plugins stand on the protocol alone, and it on none', async (t) => {
  for (const [name, list] of of) {
    const allowed = name.startsWith('fastify-') ? ['franceconnect-protocol'] : []
    t.strictSame(strangers(list, allowed, packages), [], name)
  }
  const guilty = planted('packages/fastify-fc-data/src/a.ts', "import type { A } from 'fastify-franceconnect'\n")
  t.strictSame(strangers([guilty], ['franceconnect-protocol'], packages), [`${guilty.path}: fastify-franceconnect`])
})
