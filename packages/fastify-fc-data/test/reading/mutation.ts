import { Compile } from 'typebox/schema'
import { sampleOf } from '../apis/sample.ts'

interface Node {
  type?: string
  anyOf?: Node[]
  properties?: Record<string, Node>
  items?: Node
  'x-decimals'?: boolean
}

export type Path = readonly (string | number)[]

/** A place of an answer, and what the schema says of it. */
export interface Place {
  path: Path
  node: Node
  inList: boolean
}

const samples = new Map<unknown, string>()

/** An answer with every field filled and two items in each list. */
export function answerOf(schema: unknown): unknown {
  if (!samples.has(schema)) samples.set(schema, JSON.stringify(filled(schema)))
  return JSON.parse(samples.get(schema)!)
}

function filled(schema: unknown): unknown {
  const twice = (value: unknown): unknown => {
    if (Array.isArray(value)) return [...value, ...value].map(twice)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, twice(member)]))
  }
  return twice(sampleOf(schema))
}

/** Every place of an answer but its root. */
export function placesOf(node: Node, path: Path = []): Place[] {
  const found: Place[] = []
  const whole = node.anyOf?.find((one) => one.type === 'object' || one.type === 'array') ?? node
  for (const [name, member] of Object.entries(whole.properties ?? {})) {
    found.push({ path: [...path, name], node: member, inList: false }, ...placesOf(member, [...path, name]))
  }
  for (const index of whole.items ? [0, 1] : []) {
    const item = whole.items!
    found.push({ path: [...path, index], node: item, inList: true }, ...placesOf(item, [...path, index]))
  }
  return found
}

export const ABSENT = Symbol('absent')

/** What takes the place of a member: one of each kind, as a provider may send it. */
export const intruders: readonly [name: string, value: unknown][] = [
  ['absent', ABSENT],
  ['null', null],
  ['a text', 'citizen-datum'],
  ['an empty text', ''],
  ['a number in a text', '2026'],
  ['a decimal in a text', '12.5'],
  ['a number', 75002],
  ['a decimal', 12.5],
  ['a boolean', true],
  ['an object', { inconnu: 'citizen-datum' }],
  ['an empty list', []],
  ['a list of texts', ['citizen-datum']]
]

export function put(root: unknown, path: Path, value: unknown): void {
  let at = root as Record<string | number, unknown>
  for (const name of path.slice(0, -1)) at = at[name] as typeof at
  const last = path.at(-1)!
  if (value !== ABSENT) at[last] = value
  else delete at[last]
}

const checks = new Map<Node, (value: unknown) => boolean>()

/** TypeBox's own opinion: another reader of the same schema. */
function fits(node: Node, value: unknown): boolean {
  if (!checks.has(node)) {
    const compiled = Compile(node as Parameters<typeof Compile>[0])
    checks.set(node, (one) => compiled.Check(one))
  }
  return checks.get(node)!(value)
}

/** What an intruder becomes, and the paths that are left out for it. */
export function expected({ path, node, inList }: Place, intruder: unknown): { value: unknown; leftOut: string[] } {
  if (intruder === ABSENT) return { value: ABSENT, leftOut: [] }
  const number = typeof intruder === 'string' && intruder !== '' ? Number(intruder) : Number.NaN
  for (const value of [intruder, ...(Number.isNaN(number) ? [] : [number])])
    if (fits(node, value) || (node['x-decimals'] && typeof value === 'number')) return { value, leftOut: [] }
  const shown = path.join('.')
  const items = node.items
  if (Array.isArray(intruder) && items)
    return { value: intruder.map(() => ({})), leftOut: intruder.map((_, index) => `${shown}.${index}`) }
  return { value: inList ? {} : ABSENT, leftOut: [shown] }
}
