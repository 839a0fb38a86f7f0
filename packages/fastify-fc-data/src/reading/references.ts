import { refersElsewhere } from './node.ts'

type Members = Record<string, unknown>

/** Members of a schema whose own members have any name. */
const NAMED: ReadonlySet<string> = new Set(['properties', 'patternProperties'])
/** Schemas that are there for others to refer to. */
const SHELVES: ReadonlySet<string> = new Set(['$defs', 'definitions'])

class NotInside extends Error {}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null
}

/** What a pointer (RFC 6901) names in a schema. */
function pointed(root: unknown, reference: string): unknown {
  if (!reference.startsWith('#/')) throw new NotInside()
  const names = reference.slice(2).split('/')
  return names.reduce((at: unknown, part) => {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (isObject(at) && Object.hasOwn(at, name)) return at[name]
    throw new NotInside()
  }, root)
}

function inPlace(root: unknown, at: unknown, under: readonly string[], named = false): unknown {
  if (Array.isArray(at)) return at.map((one) => inPlace(root, one, under))
  if (!isObject(at)) return at
  const reference = !named && typeof at['$ref'] === 'string' ? at['$ref'] : null
  if ((!named && '$dynamicRef' in at) || (reference !== null && under.includes(reference))) throw new NotInside()
  const kept = Object.entries(at).filter(
    ([name]) => named || !(SHELVES.has(name) || (reference !== null && name === '$ref'))
  )
  const own = Object.fromEntries(
    kept.map(([name, one]) => [name, inPlace(root, one, under, !named && NAMED.has(name))])
  )
  if (reference === null) return own
  const target = inPlace(root, pointed(root, reference), [...under, reference])
  return kept.length > 0 ? { allOf: [target, own] } : target
}

/**
 * The same schema with what it refers to inside itself (`#/$defs/…`) in the place of each reference, so that its members
 * are read one by one. Left as it is where something refers to itself, outside, or to nothing: it is then checked as one whole.
 */
export function inlined<T>(schema: T): T {
  if (!refersElsewhere(schema)) return schema
  try {
    return inPlace(schema, schema, []) as T
  } catch (error) {
    if (error instanceof NotInside) return schema
    throw error
  }
}
