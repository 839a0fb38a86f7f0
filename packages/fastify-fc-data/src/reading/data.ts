import { kindOf, type SchemaNode } from './node.ts'
import { type ReaderOptions, readerOf } from './reader.ts'
import { UNFIT } from './walk.ts'

export interface GoodData {
  data: unknown
  /** Dotted paths of the members left out, indices as received. */
  leftOut: readonly string[]
}

/** Data that was read, or why it could not be. */
export type DataReading = GoodData | { wrong: string }

/** Names that the schema gives to the members of an answer, or of the items of an answer that is a list. */
function namesOf(schema: unknown): readonly string[] {
  const node = (schema ?? {}) as SchemaNode
  return kindOf(node) === 'array' ? namesOf(node.items) : Object.keys(node.properties ?? {})
}

/** True for something in which no known member is left: it is not an answer of this API at all. */
function isStrange(data: unknown, names: readonly string[], leftOut: readonly string[]): boolean {
  const objects = (Array.isArray(data) ? data : [data]) as object[]
  if (names.length === 0 || objects.length === 0) return false
  const fits = objects.some((one) => names.some((name) => Object.hasOwn(one, name)))
  return !fits && (leftOut.length > 0 || objects.some((one) => Object.keys(one).length > 0))
}

/** True where the answer names a member of the API to say that it has none. */
function saysNull(given: unknown, names: readonly string[]): boolean {
  const object = (Array.isArray(given) ? given[0] : given) as Record<string, unknown> | null | undefined
  return typeof object === 'object' && object !== null && names.some((name) => object[name] === null)
}

/**
 * The reading of an API's data: a member that does not fit is left out. Wrong is what is not an answer of the API: another
 * root, a required member that is not there or does not fit, members of which none is known.
 */
export function dataReader(schema: unknown, options: ReaderOptions): (data: unknown) => DataReading {
  const read = readerOf(schema, options)
  const names = namesOf(schema)
  return (given) => {
    const known = saysNull(given, names)
    const { value, leftOut, wrong } = read(given)
    if (value === UNFIT) return { wrong: wrong ?? 'it does not follow its schema' }
    if (known || !isStrange(value, names, leftOut)) return { data: value, leftOut }
    return { wrong: wrong ?? `none of its members is there (${names.slice(0, 8).join(', ')})` }
  }
}
