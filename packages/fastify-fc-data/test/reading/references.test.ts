import t from 'tap'
import { inlined } from '../../src/reading/references.ts'

t.test('what a schema refers to inside itself takes the place of the reference', async (t) => {
  const enfant = { type: 'object', properties: { age: { type: 'integer' } } }
  const schema = {
    type: 'object',
    properties: { un: { $ref: '#/$defs/enfant' }, tous: { type: 'array', items: { $ref: '#/$defs/liste~1un' } } },
    $defs: { enfant, 'liste/un': { $ref: '#/$defs/enfant', description: 'Un enfant' } }
  }
  t.strictSame(inlined(schema), {
    type: 'object',
    properties: {
      un: enfant,
      tous: { type: 'array', items: { allOf: [enfant, { description: 'Un enfant' }] } }
    }
  })
  t.strictSame(inlined({ $ref: '#/definitions/enfant', definitions: { enfant } }), enfant)
  const properties = { definitions: { $ref: '#/$defs/enfant' }, $ref: enfant }
  t.strictSame(
    inlined({ properties, $defs: { enfant } }),
    { properties: { definitions: enfant, $ref: enfant } },
    'names are names'
  )
})

t.test('a schema without references is left as it is', async (t) => {
  const schema = { type: 'object', properties: { $ref: { type: 'string' } }, $defs: {} }
  t.equal(inlined(schema), schema)
  t.equal(inlined(undefined), undefined)
})

t.test('so is one that refers to itself, elsewhere, or to nothing', async (t) => {
  const schemas = [
    { $ref: '#/$defs/a', $defs: { a: { type: 'object', properties: { a: { $ref: '#/$defs/a' } } } } },
    { type: 'object', properties: { a: { $ref: '#' } } },
    { type: 'object', properties: { a: { $ref: 'https://ville.example/schema' } } },
    { type: 'object', properties: { a: { $ref: '#/$defs/rien' } } },
    { type: 'object', properties: { a: { $ref: '#/__proto__' } } },
    { type: 'object', properties: { a: { $dynamicRef: '#a' } } }
  ]
  for (const schema of schemas) t.equal(inlined(schema), schema, JSON.stringify(schema))
})
