import t from 'tap'
import { type TSchema, Type } from 'typebox'
import { dataReader } from '../../src/reading/data.ts'
import { typeBoxFor } from '../../src/reading/typebox.ts'

const wrong = (why: string): never => {
  throw why
}

async function reading(schema: TSchema | object, data: unknown) {
  return dataReader(schema, { foreign: await typeBoxFor([schema]), wrong })(structuredClone(data))
}

t.test('a required member that does not fit costs its object, up to one that may be absent', async (t) => {
  const pupil = Type.Object({ name: Type.String(), age: Type.Optional(Type.Integer()) })
  const schema = Type.Object({
    balance: Type.Number(),
    pupil: Type.Optional(pupil),
    others: Type.Optional(Type.Array(pupil))
  })
  const cases: [unknown, unknown][] = [
    [{ balance: '12.50' }, { data: { balance: 12.5 }, leftOut: [] }],
    [
      { balance: 1, pupil: { name: 'A', age: null } },
      { data: { balance: 1, pupil: { name: 'A' } }, leftOut: ['pupil.age'] }
    ],
    [
      { balance: 1, pupil: { age: 7 } },
      { data: { balance: 1 }, leftOut: ['pupil'] }
    ],
    [
      { balance: 1, pupil: { name: 7, age: 'x' } },
      { data: { balance: 1 }, leftOut: ['pupil'] }
    ],
    [
      { balance: 1, others: [{ name: 'A' }, { age: 7 }] },
      { data: { balance: 1 }, leftOut: ['others'] }
    ],
    [{ balance: null }, { wrong: 'balance must be number' }],
    [{ pupil: { name: 'A' } }, { wrong: 'required: balance' }],
    [[], { wrong: 'must be object' }],
    ['x', { wrong: 'must be object' }],
    [null, { wrong: 'must be object' }]
  ]
  for (const [data, found] of cases) t.strictSame(await reading(schema, data), found, JSON.stringify(data))
})

t.test('items that do not fit become empty, scalars are taken out, indices are those received', async (t) => {
  const schema = Type.Object({
    objects: Type.Optional(Type.Array(Type.Object({ a: Type.Optional(Type.Integer()) }))),
    lists: Type.Optional(Type.Array(Type.Array(Type.Integer()))),
    numbers: Type.Optional(Type.Array(Type.Integer()))
  })
  t.strictSame(await reading(schema, { objects: [{ a: 1 }, null, { a: 'x' }, { a: '3' }] }), {
    data: { objects: [{ a: 1 }, {}, {}, { a: 3 }] },
    leftOut: ['objects.1', 'objects.2.a']
  })
  t.strictSame(await reading(schema, { lists: [[1], 'x', [2, null]], numbers: [1, 'x', '3', 4.5] }), {
    data: { lists: [[1], [], [2]], numbers: [1, 3] },
    leftOut: ['lists.1', 'lists.2.1', 'numbers.1', 'numbers.3']
  })
})

t.test('a union takes the branch with the fewest left out, then the one that mends least', async (t) => {
  const car = Type.Object({ kind: Type.Literal('car'), doors: Type.Optional(Type.Integer()) })
  const boat = Type.Object({ kind: Type.Literal('boat'), doors: Type.Optional(Type.String()) })
  const wide = Type.Object({ a: Type.Optional(Type.Integer()), b: Type.Optional(Type.Integer()) })
  const other = Type.Object({ a: Type.Optional(Type.String()), b: Type.Optional(Type.Integer()) })
  const schema = Type.Object({
    thing: Type.Optional(Type.Union([car, boat])),
    either: Type.Optional(Type.Union([wide, other])),
    code: Type.Optional(Type.Union([Type.Integer(), Type.String()])),
    level: Type.Optional(Type.Union([Type.Literal(1), Type.Literal('2'), Type.Null()]))
  })
  const cases: [object, object, string[]][] = [
    [{ thing: { kind: 'boat', doors: 'two' } }, { thing: { kind: 'boat', doors: 'two' } }, []],
    [{ thing: { kind: 'boat', doors: 2 } }, { thing: { kind: 'boat' } }, ['thing.doors']],
    [{ thing: { kind: 'plane' }, code: 1 }, { code: 1 }, ['thing']],
    [{ either: { a: 'x', b: 1 } }, { either: { a: 'x', b: 1 } }, []],
    [{ either: { a: null, b: 'x' } }, { either: {} }, ['either.a', 'either.b']],
    [{ code: '075' }, { code: '075' }, []],
    [{ code: 75 }, { code: 75 }, []],
    [{ level: '1' }, { level: 1 }, []],
    [{ level: '2' }, { level: '2' }, []],
    [{ level: null }, { level: null }, []],
    [{ level: 3, code: 1 }, { code: 1 }, ['level']]
  ]
  for (const [data, kept, leftOut] of cases)
    t.strictSame(await reading(schema, data), { data: kept, leftOut }, JSON.stringify(data))
})

t.test('a number in a text is a number, a text is never made of a number', async (t) => {
  const schema = Type.Object({
    n: Type.Optional(Type.Number()),
    i: Type.Optional(Type.Integer()),
    s: Type.Optional(Type.String())
  })
  const numbers: [unknown, unknown][] = [
    ['12', 12],
    [' 12 ', 12],
    ['-12.50', -12.5],
    ['+3', 3],
    ['1e3', 1000],
    ['', undefined],
    [' ', undefined],
    ['12,5', undefined],
    ['0x10', undefined],
    ['Infinity', undefined],
    ['1e999', undefined],
    ['12 €', undefined],
    [true, undefined],
    [[12], undefined]
  ]
  for (const [sent, read] of numbers) {
    const found = (await reading(schema, { n: sent, s: 'x' })) as { data: { n?: number }; leftOut: string[] }
    t.strictSame([found.data.n, found.leftOut], [read, read === undefined ? ['n'] : []], JSON.stringify(sent))
  }
  t.strictSame(await reading(schema, { i: '12345678901234567890', s: '1' }), { data: { s: '1' }, leftOut: ['i'] })
  t.strictSame(await reading(schema, { i: '7.0', s: 75002 }), { data: { i: 7 }, leftOut: ['s'] })
})

t.test('dates and enumerations that do not fit are left out too, by rules that are TypeBox’s', async (t) => {
  const schema = Type.Object({
    day: Type.Optional(Type.String({ format: 'date' })),
    level: Type.Optional(Type.Enum(['a', 'b'])),
    code: Type.Optional(Type.String({ pattern: '^[A-Z]+$', minLength: 2, maxLength: 3 })),
    even: Type.Optional(Type.Integer({ multipleOf: 2, minimum: 0, maximum: 10 })),
    pair: Type.Optional(Type.Tuple([Type.String(), Type.Integer()])),
    both: Type.Optional(Type.Intersect([Type.Object({ a: Type.String() }), Type.Object({ b: Type.String() })])),
    rest: Type.Optional(Type.Record(Type.String(), Type.Integer())),
    kept: Type.Optional(Type.Unknown())
  })
  const good = {
    day: '2026-11-27',
    level: 'a',
    code: 'ABC',
    even: '4',
    pair: ['a', 1],
    both: { a: 'x', b: 'y' },
    rest: { z: '7' },
    kept: null
  }
  t.strictSame(await reading(schema, good), { data: { ...good, even: 4, rest: { z: 7 } }, leftOut: [] })
  const bad = {
    day: '2026-13-45',
    level: 'c',
    code: 'a',
    even: 3,
    pair: ['a'],
    both: { a: 'x' },
    rest: { jean: 'x', z: 1 },
    kept: 1
  }
  t.strictSame(await reading(schema, bad), {
    data: { rest: { z: 1 }, kept: 1 },
    leftOut: ['day', 'level', 'code', 'even', 'pair', 'both', 'rest.*']
  })
})

t.test('members that the schema closes out are left out under no name', async (t) => {
  const schema = Type.Object({ a: Type.Optional(Type.Integer()) }, { additionalProperties: false })
  t.strictSame(await reading(schema, { a: 1, 'jean.dupont@example.fr': 1 }), { data: { a: 1 }, leftOut: ['*'] })
})

t.test('a schema that refers to itself is checked as a whole', async (t) => {
  const tree = Type.Cyclic({ Tree: Type.Object({ name: Type.String(), under: Type.Array(Type.Ref('Tree')) }) }, 'Tree')
  const good = { name: 'a', under: [{ name: 'b', under: [] }] }
  t.strictSame(await reading(tree, good), { data: good, leftOut: [] })
  t.match(await reading(tree, { name: 'a', under: [{ name: 1 }] }), { wrong: /does not follow its schema/ })
})

t.test('a wrong schema says what is wrong in it', async (t) => {
  const cases: [object, RegExp][] = [
    [{ type: 'strnig' }, /"strnig" is not a type/],
    [{ type: 'object', properties: { a: { type: 'string', pattern: '(' } } }, /pattern/],
    [{ type: 'object', properties: { a: 42 } }, /no schema/],
    [{ type: 'array', items: 'text' }, /no schema/]
  ]
  for (const [schema, why] of cases) {
    const foreign = await typeBoxFor([schema])
    let said = ''
    try {
      dataReader(schema, { foreign, wrong })
    } catch (error) {
      said = String(error)
    }
    t.match(said, why, JSON.stringify(schema))
  }
})

t.test('nothing of a schema with rules that are all read here needs TypeBox', async (t) => {
  const plain = Type.Object({
    a: Type.Array(Type.Object({ b: Type.Union([Type.Number({ minimum: 1 }), Type.Null()]) }))
  })
  t.equal(await typeBoxFor([plain, undefined]), undefined)
  t.type(await typeBoxFor([Type.String({ format: 'date' })]), 'function')
})
