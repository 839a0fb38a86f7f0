/**
 * The name that was most likely meant: the one that holds what was given, or the one that few edits lead to, more of them
 * for a longer name. `null` for none.
 */
export function nearest(given: string, names: Iterable<string>): string | null {
  if (given.length > 100) return null
  const list = [...names]
  const holding = list.filter((name) => given.length > 4 && name.includes(given))
  if (holding.length === 1) return holding[0]!
  let best: string | null = null
  let least = Number.POSITIVE_INFINITY
  for (const name of list) {
    const most = Math.max(Math.min(2, Math.floor(given.length / 3)), Math.ceil(name.length / 5))
    const far = distance(given.toLowerCase(), name.toLowerCase(), most)
    if (far <= most && far < least) {
      best = name
      least = far
    }
  }
  return best
}

/** `: did you mean "…"?`, or nothing. */
export function didYouMean(given: string, names: Iterable<string>): string {
  const name = nearest(given, names)
  return name === null ? '' : `: did you mean "${name}"?`
}

/** Edits from one word to another: a letter put, taken, changed, or two beside each other swapped. Not counted past `most`. */
function distance(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const now = [row]
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1] ? 0 : 1
      let cost = Math.min(last[column]! + 1, now[column - 1]! + 1, last[column - 1]! + same)
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      if (swapped) cost = Math.min(cost, before[column - 2]! + 1)
      now.push(cost)
    }
    before = last
    last = now
  }
  return last[to.length]!
}
