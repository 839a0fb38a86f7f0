import { closest, distance } from 'fastest-levenshtein'

/** The name that was meant, when one is close enough to be it. */
export function nearest(written: string, names: readonly string[]): string | undefined {
  if (names.length === 0 || written.length > 100) return undefined
  const parts = names.filter((name) => written.length > 4 && name.includes(written))
  if (parts.length === 1) return parts[0]
  const found = closest(
    written.toLowerCase(),
    names.map((name) => name.toLowerCase())
  )
  const name = names.find((one) => one.toLowerCase() === found)!
  return distance(written.toLowerCase(), found) <= Math.max(1, Math.ceil(found.length / 5)) ? name : undefined
}

/** `: did you mean "…"?`, or nothing. */
export function didYouMean(written: string, names: readonly string[]): string {
  const name = nearest(written, names)
  return name === undefined ? '' : `: did you mean "${name}"?`
}
