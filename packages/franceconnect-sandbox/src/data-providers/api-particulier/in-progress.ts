/**
 * API Particulier's guard against doubled requests. Its key holds the path and the parameters, and for every
 * FranceConnect token the same user: two citizens of one service who ask the same thing at the same moment collide.
 */
export function inProgress() {
  const running = new Set<string>()

  /** @returns what releases the lock, or undefined when the same request is under way. */
  return function lock(path: string, query: URLSearchParams): (() => void) | undefined {
    const sorted = new URLSearchParams(query)
    sorted.sort()
    const key = `${path}?${sorted}`
    if (running.has(key)) return undefined
    running.add(key)
    return () => running.delete(key)
  }
}
