import type { PivotClaims } from '../data-provider-context.ts'
import { type Call, headerOf } from '../exchange.ts'
import type { Finding, Resource } from './resource.ts'

/** Headers of a resource with a cache when its answer does not come from there. */
const fresh = { 'X-Response-Cached': 'false', 'X-Cache-Expires-in': '' }

/**
 * API Particulier's own cache, for the resources that have one. The key holds the path and the identity and none of
 * the parameters (but the sandbox's own choices of data, which must show at once): another month of the quotient familial is not asked while one is held. A caller passes by with
 * `Cache-Control: no-cache`. What says that nothing was found is kept too.
 */
export function answerCache(now: () => number) {
  const held = new Map<string, { finding: Finding; expires: number }>()

  return function cached(resource: Resource, identity: PivotClaims, call: Call, find: () => Finding, choices = 0) {
    if (resource.cached === undefined) return { finding: find(), headers: {} }
    if (headerOf(call, 'cache-control') === 'no-cache') return { finding: find(), headers: fresh }
    const key = JSON.stringify([resource.path, identity, choices])
    const known = held.get(key)
    if (known && known.expires > now()) {
      const seconds = Math.ceil((known.expires - now()) / 1000)
      return { finding: known.finding, headers: { 'X-Response-Cached': 'true', 'X-Cache-Expires-in': `${seconds}` } }
    }
    const finding = find()
    held.set(key, { finding, expires: now() + resource.cached * 1000 })
    return { finding, headers: fresh }
  }
}
