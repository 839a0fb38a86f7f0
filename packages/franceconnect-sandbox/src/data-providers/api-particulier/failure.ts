import type { Fault } from '../../levers/faults.ts'
import type { Answer } from '../exchange.ts'
import { coded, type ErrorCodes, errorAnswer, type Prefix, platform, providerError, retryIn } from './errors.ts'
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
  if (fault.kind === 'error' && fault.code !== undefined) return errorAnswer(coded(fault.code, fault))
  if (prefix === undefined) return errorAnswer(platform.network)
  const provider = codes === '5000x' && (prefix === '35' || prefix === '36') ? '37' : prefix
  const meta = retryIn(fault.retryAfter)
  if (fault.kind === 'gateway-timeout') return errorAnswer(providerError(provider, '002', meta))
  if (fault.kind === 'maintenance') {
    return errorAnswer(providerError(provider, '020', { retry_in: fault.retryAfter ?? 600 }))
  }
  const failed = providerError(provider, '000', meta)
  return errorAnswer({ ...failed, status: fault.status ?? failed.status })
}

/** An answer of which the provider gave a part: 206, the last data left out, and an error that says so. */
export function partialAnswer(found: Answer, prefix: Prefix): Answer {
  if (found.status !== 200) return found
  const { data, ...envelope } = JSON.parse(found.body)
  const whole = Object.entries(data)
  const { status, code, title, detail, meta = {} } = providerError(prefix, '010')
  const errors = [{ code, title, detail, source: null, meta }]
  const part = Object.fromEntries(whole.slice(0, Math.max(1, whole.length - 1)))
  return { ...found, status, body: JSON.stringify({ data: part, ...envelope, errors }) }
}
