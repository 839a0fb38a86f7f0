import { createHash } from 'node:crypto'
import { type Call, headerOf } from '../exchange.ts'
import { type Limit, rateLimitHeaders, type Standing, throttle } from './throttle.ts'

/** Twenty calls per second and token, over all of API Particulier. */
const perToken: Limit = { limit: 20, period: 1 }

/** Calls with a FranceConnect token by IP address, then all calls. */
const perAddress: Limit[] = [
  { limit: 30, period: 60 },
  { limit: 600, period: 3600 },
  { limit: 1000, period: 60 }
]

export interface Quota {
  allowed: boolean
  headers: Record<string, string>
}

/** Counts calls as API Particulier does; a token is only known here by its hash. */
export function quotas(now: () => number, byAddress: boolean) {
  const hit = throttle(now)

  function retryAfter({ reset }: Standing): Record<string, string> {
    return { 'Retry-After': `${Math.max(1, reset - Math.floor(now() / 1000))}` }
  }

  return function count(call: Call): Quota {
    const caller = headerOf(call, 'authorization') ?? call.address
    const standing = hit(createHash('sha256').update(caller).digest('hex'), perToken)
    const others = byAddress ? perAddress.map((limit) => hit(`${call.address} ${limit.limit}`, limit)) : []
    const passed = [standing, ...others].find(({ allowed }) => !allowed)
    // Its middleware writes no RateLimit header when several limits count the same call.
    const headers = byAddress ? {} : rateLimitHeaders(standing)
    return passed ? { allowed: false, headers: { ...headers, ...retryAfter(passed) } } : { allowed: true, headers }
  }
}
