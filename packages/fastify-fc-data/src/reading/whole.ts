import { giveUp, pathOf, type Read, startWalk, UNFIT, unfit, type Walk } from './walk.ts'

export interface Member {
  name: string
  required: boolean
  read: Read
}

/** What becomes of a member that the schema does not name: kept, left out, or read. */
export type Unnamed = (name: string) => Read | boolean

type Members = Record<string, unknown>

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads one member; false when it does not fit, and is out. `shown` is its name as paths show it. */
function readMember(object: Members, name: string, read: Read, walk: Walk, shown = name): boolean {
  walk.path.push(shown)
  const value = object[name]
  const since = walk.leftOut.length
  const found = read(value, walk)
  if (found === UNFIT) {
    giveUp(walk, since)
    walk.leftOut.push(pathOf(walk))
    delete object[name]
  } else if (found !== value) object[name] = found
  walk.path.pop()
  return found !== UNFIT
}

/** An object: a member that does not fit is left out, unless the schema requires it. */
export function objectReader(members: readonly Member[], unnamed: Unnamed | null): Read {
  const names = new Set(members.map((member) => member.name))
  return (value, walk) => {
    if (!isObject(value)) return unfit(walk, 'must be object')
    const since = walk.leftOut.length
    for (const { name, required, read } of members) {
      const fits = Object.hasOwn(value, name) ? readMember(value, name, read, walk) : null
      if (!required || fits) continue
      if (fits === null) walk.wrong = `required: ${[...walk.path, name].join('.')}`
      return giveUp(walk, since)
    }
    if (!unnamed) return value
    for (const name of Object.keys(value).filter((name) => !names.has(name))) {
      const rule = unnamed(name)
      // a name that no schema gave may itself be somebody's datum
      if (rule === false) readMember(value, name, (_, inner) => unfit(inner, 'is unknown'), walk, '*')
      else if (rule !== true) readMember(value, name, rule, walk, '*')
    }
    return value
  }
}

/** What takes the place of an object or a list that does not fit in a list, so that the others keep their rank. */
function filler(read: Read, kind: 'object' | 'array'): (() => unknown) | null {
  const empty = () => (kind === 'object' ? {} : [])
  const walk = startWalk()
  return read(empty(), walk) !== UNFIT && walk.leftOut.length === 0 ? empty : null
}

/**
 * A list. An item that does not fit becomes empty where it is an object or a list; where the schema refuses an empty one,
 * the whole list does not fit. A scalar is taken out.
 */
export function listReader(read: Read, itemKind: 'object' | 'array' | null): Read {
  const empty = itemKind && filler(read, itemKind)
  return (value, walk) => {
    if (!Array.isArray(value)) return unfit(walk, 'must be array')
    const since = walk.leftOut.length
    const out = new Set<number>()
    for (const [index, item] of value.entries()) {
      walk.path.push(index)
      const before = walk.leftOut.length
      const found = read(item, walk)
      if (found === UNFIT) {
        giveUp(walk, before)
        walk.leftOut.push(pathOf(walk))
        out.add(index)
      } else value[index] = found
      walk.path.pop()
    }
    if (out.size === 0) return value
    if (!itemKind) return value.filter((_, index) => !out.has(index))
    if (!empty) return giveUp(walk, since)
    for (const index of out) value[index] = empty()
    return value
  }
}

/** The branch with the fewest left out, then the one with the fewest numbers made of texts, then the first. */
export function unionReader(branches: readonly Read[]): Read {
  const [only] = branches
  if (branches.length === 1) return only!
  return (value, walk) => {
    let best: { walk: Walk; found: unknown } | null = null
    let wrong: string | null = null
    for (const read of branches) {
      const tried = startWalk(walk.path)
      const found = read(structuredClone(value), tried)
      wrong ??= tried.wrong
      if (found === UNFIT) continue
      const better =
        !best ||
        tried.leftOut.length < best.walk.leftOut.length ||
        (tried.leftOut.length === best.walk.leftOut.length && tried.mended < best.walk.mended)
      if (better) best = { walk: tried, found }
    }
    walk.wrong = best ? best.walk.wrong : wrong
    if (!best) return UNFIT
    walk.leftOut.push(...best.walk.leftOut)
    walk.mended += best.walk.mended
    return best.found
  }
}
