/** A field, as a dotted path (arrays are walked through), with the scopes that it needs: all of them. */
export type Field = readonly [path: string, ...scopes: string[]]

/** Steps of the paths kept; the empty step marks a path that ends here, and keeps all that is below. */
type Tree = Map<string, Tree>

function treeOf(paths: string[]): Tree {
  const root: Tree = new Map()
  for (const path of paths) {
    let node = root
    for (const step of path.split('.')) {
      const next = node.get(step) ?? new Map()
      node.set(step, next)
      node = next
    }
    node.set('', new Map())
  }
  return root
}

function keep(value: unknown, tree: Tree): unknown {
  if (tree.has('') || value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((item) => keep(item, tree))
  const entries = Object.entries(value).filter(([name]) => tree.has(name))
  return Object.fromEntries(entries.map(([name, inner]) => [name, keep(inner, tree.get(name) ?? new Map())]))
}

/** Leaves out, rather than sets to null, every field whose scopes were not granted: as the real providers do. */
export function mask(
  data: Record<string, unknown>,
  fields: readonly Field[],
  granted: readonly string[]
): Record<string, unknown> {
  const paths = fields.filter(([, ...scopes]) => scopes.every((scope) => granted.includes(scope)))
  const tree = treeOf(paths.map(([path]) => path))
  return paths.length === 0 ? {} : (keep(data, tree) as Record<string, unknown>)
}
