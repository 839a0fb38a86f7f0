/** A JSON Schema, as far as it is looked at here. */
export interface SchemaNode {
  readonly type?: unknown
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
  readonly additionalProperties?: unknown
  readonly patternProperties?: Readonly<Record<string, unknown>>
  readonly items?: unknown
  readonly anyOf?: readonly unknown[]
  readonly allOf?: readonly unknown[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly description?: string
  readonly 'x-decimals'?: boolean
}

/** Says nothing of the value. */
const ANNOTATION = /^(title|description|default|examples|deprecated|readOnly|writeOnly|\$(comment|id|schema)|x-.+|~.+)$/

const READ: Readonly<Record<string, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties', 'patternProperties'],
  array: ['items'],
  string: ['minLength', 'maxLength', 'pattern'],
  number: ['minimum', 'maximum'],
  integer: ['minimum', 'maximum'],
  boolean: [],
  null: []
}

const ANY_TYPE = ['type', 'anyOf', 'allOf', 'enum', 'const']

export type Kind = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null'

/** The type of a schema, the one that its members imply where it names none; `null` for several or any. */
export function kindOf({ type, properties, patternProperties, items }: SchemaNode): Kind | null {
  if (typeof type === 'string') return type as Kind
  if (type !== undefined) return null
  if (properties || patternProperties) return 'object'
  return items ? 'array' : null
}

export function isKind(type: unknown): type is Kind {
  return typeof type === 'string' && Object.hasOwn(READ, type)
}

/** True for a schema with a rule that is not read here, its members apart: TypeBox checks it then. */
export function isForeign(node: SchemaNode): boolean {
  const kind = kindOf(node)
  const read = [...ANY_TYPE, ...(kind ? (READ[kind] ?? []) : [])]
  if (Array.isArray(node.items)) return true
  return Object.keys(node).some((name) => name === '~refine' || (!ANNOTATION.test(name) && !read.includes(name)))
}

function isNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The schemas right inside a schema that readers go through. */
export function inside(node: SchemaNode): unknown[] {
  const { properties, patternProperties, additionalProperties, items, anyOf = [], allOf = [] } = node
  const members = [properties, patternProperties].flatMap((some) => Object.values(some ?? {}))
  const single = [additionalProperties, items].filter(isNode)
  return [...members, ...single, ...anyOf, ...allOf]
}

/** True when a schema inside names another by `$ref`: it is then checked as one whole. */
export function refersElsewhere(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false
  const { $ref: reference, $dynamicRef: dynamic } = schema as Record<string, unknown>
  if (typeof reference === 'string' || typeof dynamic === 'string') return true
  return Object.values(schema).some(refersElsewhere)
}

/** True when TypeBox is needed to read what this schema describes. */
export function needsTypeBox(schema: unknown): boolean {
  return isNode(schema) && (isForeign(schema) || inside(schema).some(needsTypeBox) || refersElsewhere(schema))
}
