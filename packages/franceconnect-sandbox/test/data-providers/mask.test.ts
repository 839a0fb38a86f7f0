import t from 'tap'
import { type Field, mask } from '../../src/data-providers/mask.ts'

const fields: Field[] = [['always'], ['whole', 'a'], ['part.one', 'b'], ['part', 'c'], ['list.x', 'a', 'b']]
const data = {
  always: 1,
  whole: { deep: null },
  part: { one: 1, two: 2 },
  list: [
    { x: 1, y: 2 },
    { x: 3, y: 4 }
  ]
}

t.test('a field is left out unless all its scopes were granted', async (t) => {
  t.strictSame(mask(data, fields, []), { always: 1 })
  t.strictSame(mask(data, fields, ['a']), { always: 1, whole: { deep: null } })
  t.strictSame(mask(data, fields, ['b']), { always: 1, part: { one: 1 } })
  t.strictSame(mask(data, fields, ['b', 'c']), { always: 1, part: { one: 1, two: 2 } }, 'the whole wins over a part')
  t.strictSame(mask(data, fields, ['a', 'b']).list, [{ x: 1 }, { x: 3 }])
})

t.test('nothing granted, nothing given', async (t) => {
  t.strictSame(mask(data, [['whole', 'a']], []), {})
})
