/** What a provider may answer, made from a JSON Schema: every field filled. */
export function sampleOf(schema: unknown): unknown {
  const { type, anyOf, properties, items, examples } = schema as {
    type?: string
    anyOf?: unknown[]
    properties?: Record<string, unknown>
    items?: unknown
    examples?: unknown[]
  }
  if (anyOf) return sampleOf(anyOf[0])
  if (examples) return examples[0]
  switch (type) {
    case 'object':
      return Object.fromEntries(Object.entries(properties ?? {}).map(([name, value]) => [name, sampleOf(value)]))
    case 'array':
      return [sampleOf(items)]
    case 'integer':
      return 12
    case 'number':
      return 2.5
    case 'boolean':
      return true
    default:
      return 'citizen-datum-Éloïse'
  }
}

/** A value that the schema of one field refuses. */
export function wrongSampleOf(schema: unknown): unknown {
  return Array.isArray(sampleOf(schema)) ? 'not a list' : ['a list']
}
