import t from 'tap'
import { Type } from 'typebox'
import { anneeMois } from '../../src/apis/parameters.ts'
import { paramsChecker } from '../../src/calls/params.ts'

const check = paramsChecker(
  'ville/test',
  Type.Object({ a: Type.String({ maxLength: 5 }), b: Type.Optional(Type.Integer()) }, { additionalProperties: false }),
  { wrong: t.fail as never }
)

t.test('good parameters come back in one order, absent ones left out', async (t) => {
  t.equal(JSON.stringify(check({ b: 1, a: 'x' })), '{"a":"x","b":1}')
  t.equal(JSON.stringify(check({ a: 'x', b: undefined })), '{"a":"x"}')
})

t.test('a query string writes numbers as texts: they are numbers where one is wanted, and there alone', async (t) => {
  t.strictSame(check({ a: '12', b: '12' }), { a: '12', b: 12 })
  t.strictSame(check({ a: '075', b: ' 7 ' }), { a: '075', b: 7 })
  t.equal(JSON.stringify(check({ a: 'x', b: '1' })), JSON.stringify(check({ a: 'x', b: 1 })), 'one call, written twice')
})

t.test('a misspelt parameter gets the one that was meant', async (t) => {
  const months = paramsChecker('dss/quotient-familial', anneeMois, { wrong: t.fail as never })
  t.throws(() => months({ anne: 2026 }), { message: /"anne" is unknown, did you mean "annee"\?/ })
  t.throws(() => months({ annee: 2026, mois: 13 }), { message: /mois must be <= 12/ })
  t.throws(() => months({ annee: 'deux mille', mois: '1' }), { message: /annee must be integer/ })
})

t.test('wrong ones are refused by name, never by value', async (t) => {
  const secret = 'jean.dupont@example.fr'
  const cases: [unknown, RegExp][] = [
    [null, /must be an object/],
    [[], /must be an object/],
    ['a', /must be an object/],
    [Promise.resolve({ a: 'x' }), /must be an object/],
    [new URLSearchParams('a=x'), /must be an object/],
    [new Map([['a', 'x']]), /must be an object/],
    [{}, /required: a/],
    [{ a: secret }, /a must not have more than 5/],
    [{ a: 'x', b: 'one' }, /b must be integer/],
    [{ a: 'x', b: '1.5' }, /b must be integer/],
    [{ a: 'x', b: '' }, /b must be integer/],
    [{ a: 'x', b: '0x1' }, /b must be integer/],
    [{ a: 'x', c: 1 }, /"c" is unknown.*known parameters: a, b/],
    [{ a: 'x', b: Number.NaN }, /b must be a text/],
    [{ a: ['x'] }, /a must be a text, a number or a boolean/],
    [{ a: { toString: () => 'x' } }, /a must be a text/],
    [{ a: null }, /a must be a text/],
    [{ a: '\ud800' }, /well-formed/],
    [{ a: 'x', [secret]: 1 }, /known parameters: a, b/],
    [JSON.parse('{"a":"x","__proto__":{"admin":1}}'), /unknown parameter/]
  ]
  for (const [params, message] of cases) {
    const error = t.throws(() => check(params), {
      code: 'FST_FC_DATA_INVALID_PARAMS',
      statusCode: 400,
      message
    }) as Error
    t.notOk(error.message?.includes(secret), String(message))
  }
})

t.test('an API without parameters says so', async (t) => {
  const none = paramsChecker('ville/rien', Type.Object({}, { additionalProperties: false }), { wrong: t.fail as never })
  t.throws(() => none({ a: 1 }), { message: /takes no parameter/ })
})
