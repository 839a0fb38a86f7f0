/** One counted limit: `limit` calls in each window of `period` seconds. */
export interface Limit {
  limit: number
  /** Seconds. */
  period: number
}

/** How a call stands against the narrowest of the limits that count it. */
export interface Standing {
  allowed: boolean
  limit: number
  remaining: number
  /** Unix seconds at which the window ends. */
  reset: number
}

/** Counts calls in fixed windows of the sandbox's clock; a window that ended is forgotten. */
export function throttle(now: () => number) {
  const windows = new Map<string, { ends: number; count: number }>()

  function forget(seconds: number) {
    for (const [key, window] of windows) if (window.ends <= seconds) windows.delete(key)
  }

  return function hit(key: string, { limit, period }: Limit): Standing {
    const seconds = Math.floor(now() / 1000)
    const ends = (Math.floor(seconds / period) + 1) * period
    const name = `${key} ${period}`
    if (windows.size > 1000) forget(seconds)
    const held = windows.get(name)
    const window = held?.ends === ends ? held : { ends, count: 0 }
    window.count += 1
    windows.set(name, window)
    return { allowed: window.count <= limit, limit, remaining: Math.max(0, limit - window.count), reset: ends }
  }
}

/** API Particulier's headers; `RateLimit-Reset` is a time, not a wait. */
export function rateLimitHeaders({ limit, remaining, reset }: Standing): Record<string, string> {
  return { 'RateLimit-Limit': `${limit}`, 'RateLimit-Remaining': `${remaining}`, 'RateLimit-Reset': `${reset}` }
}
