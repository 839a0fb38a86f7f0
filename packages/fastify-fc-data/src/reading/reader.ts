import { isForeign, isKind, type Kind, kindOf, refersElsewhere, type SchemaNode } from './node.ts'
import { oneOfReader, scalarReader } from './scalar.ts'
import { type Read, startWalk, UNFIT, unfit, type Walk } from './walk.ts'
import { listReader, type Member, objectReader, type Unnamed, unionReader } from './whole.ts'

export interface ReaderOptions {
  /** Makes the check of a schema with rules that are not read here; it throws for a schema that is wrong. */
  foreign?: (schema: object) => (value: unknown) => boolean
  /** Called for a schema that is wrong, with what is wrong in it. */
  wrong(why: string): never
}

/** What was read of a value. */
export interface Found {
  /** The value, mended in place; {@link UNFIT} when it is not what the schema describes. */
  value: unknown
  /** Dotted paths of the members left out, indices as received. */
  leftOut: readonly string[]
  /** The last thing that did not fit: its path and what was expected, never its value. */
  wrong: string | null
}

/** Prepares the reading of a JSON Schema, once. */
export function readerOf(schema: unknown, options: ReaderOptions): (value: unknown) => Found {
  const read = refersElsewhere(schema) ? foreignReader(schema as SchemaNode, options) : compile(schema, options)
  return (value) => {
    const walk = startWalk()
    return { value: read(value, walk), leftOut: walk.leftOut, wrong: walk.wrong }
  }
}

function compile(schema: unknown, options: ReaderOptions): Read {
  if (schema === true) return (value) => value
  if (schema === false) return (_, walk) => unfit(walk, 'must be absent')
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return options.wrong('it is no schema')
  const node: SchemaNode = schema
  const rules = rulesOf(node, options)
  return rules.length === 1 ? rules[0]! : every(rules)
}

/** All that a schema asks, one after the other. */
function every(rules: readonly Read[]): Read {
  return (value, walk) => {
    let read = value
    for (const rule of rules) {
      read = rule(read, walk)
      if (read === UNFIT) return UNFIT
    }
    return read
  }
}

function rulesOf(node: SchemaNode, options: ReaderOptions): Read[] {
  const rules: Read[] = []
  const { type, anyOf, allOf = [] } = node
  const kind = kindOf(node)
  if (Array.isArray(type)) rules.push(unionReader(type.map((one) => compile({ ...node, type: one }, options))))
  else if (kind !== null) rules.push(kindReader(kind, node, options))
  if (anyOf) rules.push(alternatives(anyOf, options))
  for (const one of allOf) rules.push(compile(one, options))
  if (node.enum) rules.push(oneOfReader(node.enum))
  if ('const' in node) rules.push(oneOfReader([node.const]))
  if (isForeign(node)) rules.push(foreignReader(node, options))
  return rules
}

function kindReader(kind: Kind, node: SchemaNode, options: ReaderOptions): Read {
  if (!isKind(kind)) return options.wrong(`"${kind}" is not a type`)
  if (kind === 'array') return arrayReader(node, options)
  if (kind !== 'object') return scalar(kind, node, options)
  const { properties = {}, required = [] } = node
  const members = Object.entries(properties).map(
    ([name, one]): Member => ({ name, required: required.includes(name), read: compile(one, options) })
  )
  for (const name of required)
    if (!Object.hasOwn(properties, name)) members.push({ name, required: true, read: (value) => value })
  return objectReader(members, unnamedOf(node, options))
}

function scalar(kind: Exclude<Kind, 'object' | 'array'>, node: SchemaNode, options: ReaderOptions): Read {
  try {
    return scalarReader(kind, node)
  } catch {
    return options.wrong('its pattern is not a regular expression')
  }
}

function unnamedOf(node: SchemaNode, options: ReaderOptions): Unnamed | null {
  const { additionalProperties = true, patternProperties = {} } = node
  const patterns = Object.entries(patternProperties).map(
    ([pattern, one]) => [patternOf(pattern, options), compile(one, options)] as const
  )
  if (patterns.length === 0 && additionalProperties === true) return null
  const others =
    typeof additionalProperties === 'boolean' ? additionalProperties : compile(additionalProperties, options)
  return (name) => patterns.find(([pattern]) => pattern.test(name))?.[1] ?? others
}

function patternOf(pattern: string, options: ReaderOptions): RegExp {
  try {
    return new RegExp(pattern, 'u')
  } catch {
    return options.wrong('a pattern of its properties is not a regular expression')
  }
}

function arrayReader({ items = true }: SchemaNode, options: ReaderOptions): Read {
  const tuple = Array.isArray(items)
  const read = tuple ? (value: unknown) => value : compile(items, options)
  return listReader(read, tuple ? null : itemKind(items))
}

/** What an item of a list is, where it is a whole that can be empty. */
function itemKind(items: unknown): 'object' | 'array' | null {
  const node: SchemaNode = typeof items === 'object' && items !== null ? items : {}
  const kinds = [...(node.anyOf ?? []), ...(node.allOf ?? [])].map(itemKind)
  const kind = kindOf(node) ?? kinds.find((one) => one !== null) ?? null
  return kind === 'object' || kind === 'array' ? kind : null
}

/** A union; the commonest one, something or null, costs no copy. */
function alternatives(anyOf: readonly unknown[], options: ReaderOptions): Read {
  const isNull = (one: unknown) => (one as SchemaNode | null)?.type === 'null'
  const others = anyOf.filter((one) => !isNull(one))
  const read = unionReader(others.map((one) => compile(one, options)))
  if (others.length === anyOf.length) return read
  return (value: unknown, walk: Walk) =>
    value === null ? null : others.length ? read(value, walk) : unfit(walk, 'must be null')
}

function foreignReader(node: SchemaNode, options: ReaderOptions): Read {
  const check = checkOf(node, options)
  return (value, walk) => (check(value) ? value : unfit(walk, 'does not follow its schema'))
}

function checkOf(node: SchemaNode, { foreign, wrong }: ReaderOptions): (value: unknown) => boolean {
  try {
    return foreign?.(node) ?? wrong('it has a rule that is not known')
  } catch {
    return wrong('TypeBox cannot read it')
  }
}
