import type { Difference } from './difference.ts'
import { members, type OpenApi } from './openapi.ts'

interface Shape {
  type: string
  nullable: boolean
  values: readonly string[]
  properties: Record<string, unknown>
  items: unknown
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** What a schema says, as the catalogue and both versions of OpenAPI write it. */
function shapeOf(schema: unknown, { resolve }: OpenApi): Shape {
  const node = resolve(schema)
  const branches = [...listOf(node['anyOf']), ...listOf(node['oneOf'])].map((one) => resolve(one))
  const main = branches.find((one) => one['type'] !== 'null') ?? node
  const types = listOf(main['type']).length > 0 ? listOf(main['type']) : [main['type']]
  const type = types.find((one) => one !== 'null') ?? ('properties' in main ? 'object' : 'any')
  const nullable = node['nullable'] === true || types.includes('null') || branches.some((one) => one['type'] === 'null')
  const values = listOf(main['enum'])
  return {
    type: String(type),
    nullable,
    values: values.filter((one) => one !== null).map(String),
    properties: members(main['properties']) as Record<string, unknown>,
    items: main['items']
  }
}

/** The catalogue lists the values that it knows as examples: others are let through. */
function known(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema
  if (Array.isArray(schema)) return schema.map(known)
  const found = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, known(value)]))
  return Array.isArray(found['examples']) ? { ...found, enum: found['examples'] } : found
}

function said(only: readonly string[]): string {
  return only.length === 0 ? 'nothing more' : only.join(', ')
}

/** What differs between a schema of the catalogue and one of the file; of the type alone, or of everything inside too. */
export function compareSchemas(
  api: string,
  at: string,
  mine: unknown,
  theirs: unknown,
  file: OpenApi,
  depth: 'type' | 'all' = 'all'
): Difference[] {
  return compare(api, at, known(mine), theirs, file, depth)
}

function compare(
  api: string,
  at: string,
  mine: unknown,
  theirs: unknown,
  file: OpenApi,
  depth: 'type' | 'all'
): Difference[] {
  const [ours, official] = [shapeOf(mine, file), shapeOf(theirs, file)]
  if (ours.type !== official.type) return [{ api, at, catalogue: ours.type, file: official.type }]
  if (depth === 'type') return []
  const found: Difference[] = []
  if (ours.nullable !== official.nullable) {
    const word = (nullable: boolean) => (nullable ? 'may be null' : 'never null')
    found.push({ api, at, catalogue: word(ours.nullable), file: word(official.nullable) })
  }
  const [more, fewer] = [without(ours.values, official.values), without(official.values, ours.values)]
  if (more.length + fewer.length > 0)
    found.push({ api, at: `${at} (values)`, catalogue: said(more), file: said(fewer) })
  for (const name of new Set([...Object.keys(ours.properties), ...Object.keys(official.properties)])) {
    const inside = `${at}.${name}`
    const has = (shape: Shape) => (Object.hasOwn(shape.properties, name) ? 'there' : 'absent')
    if (has(ours) !== has(official)) found.push({ api, at: inside, catalogue: has(ours), file: has(official) })
    else found.push(...compare(api, inside, ours.properties[name], official.properties[name], file, depth))
  }
  if (ours.type === 'array') found.push(...compare(api, `${at}[]`, ours.items, official.items, file, depth))
  return found
}

function without(some: readonly string[], others: readonly string[]): string[] {
  return some.filter((one) => !others.includes(one))
}
