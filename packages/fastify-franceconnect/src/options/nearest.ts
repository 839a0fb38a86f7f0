/** The name that was most likely meant: at most two letters away, and not more than a third of it. `null` for none. */
export function nearest(given: string, names: Iterable<string>): string | null {
  let best: string | null = null
  let least = Math.min(2, Math.floor(given.length / 3)) + 1
  for (const name of names) {
    const far = name.toLowerCase() === given.toLowerCase() ? 0 : distance(given.toLowerCase(), name.toLowerCase())
    if (far < least) {
      best = name
      least = far
    }
  }
  return best
}

/** Edits from one word to another: a letter put, taken, changed, or two beside each other swapped. */
function distance(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > 2) return 3
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
