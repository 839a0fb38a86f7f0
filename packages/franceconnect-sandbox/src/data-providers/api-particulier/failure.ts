import type { Fault } from '../../faults.ts'
import type { Answer } from '../exchange.ts'
import { type ErrorCodes, errorAnswer, type Prefix, platform, providerError } from './errors.ts'
import { rateLimitHeaders } from './throttle.ts'

/**
 * API Particulier's words for a fault: of the platform where the path is no data set, of the provider elsewhere. The
 * social security's data sets failed in the name of the CNAV before the codes were renumbered.
 */
export function failureOf(fault: Fault, prefix: Prefix | undefined, codes: ErrorCodes, now: number): Answer {
  if (fault.kind === 'rate-limit') {
    const wait = fault.retryAfter ?? 1
    const standing = { allowed: false, limit: 20, remaining: 0, reset: Math.floor(now / 1000) + wait }
    return errorAnswer({ ...platform.tooMany, headers: { ...rateLimitHeaders(standing), 'Retry-After': `${wait}` } })
  }
  if (prefix === undefined) return errorAnswer(platform.network)
  const provider = codes === '5000x' && (prefix === '35' || prefix === '36') ? '37' : prefix
  if (fault.kind === 'gateway-timeout') return errorAnswer(providerError(provider, '002'))
  if (fault.kind === 'maintenance') {
    return errorAnswer(providerError(provider, '020', { retry_in: fault.retryAfter ?? 600 }))
  }
  return errorAnswer({ ...providerError(provider, '000'), status: fault.status ?? 500 })
}
