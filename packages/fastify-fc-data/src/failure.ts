import type { EnabledApi } from './enabled-api.ts'
import { type FcDataError, type FcDataErrorCode, fcDataError } from './errors.ts'
import type { HttpAnswer, HttpFailure } from './http.ts'
import { parseJson } from './json.ts'
import { cleanErrors, errorsOf, meaningOf } from './provider-errors.ts'
import type { ProviderFailure } from './providers/provider.ts'

/** How a failed try may heal: wait so long, at most so many times. */
export interface Healing {
  /** Milliseconds. */
  wait: number
  times: number
}

/** One failed try. */
export class TryFailure extends Error {
  readonly error: FcDataError
  readonly healing: Healing | null
  /** True when the provider itself is in trouble, which its circuit counts. */
  readonly outage: boolean

  constructor(error: FcDataError, healing: Healing | null, outage: boolean) {
    super(error.message)
    this.error = error
    this.healing = healing
    this.outage = outage
  }
}

/** What failed, and what must never be repeated of it. */
export interface TryContext {
  api: EnabledApi
  correlationId: string
  /** The token and the parameters' values. */
  secrets: readonly string[]
}

const between = (low: number, high: number) => low + Math.random() * (high - low)

/** Seconds: `Retry-After` as a number or a date (RFC 9110 §10.2.3), else the reset of API Particulier's limit. */
function retryAfter(answer: HttpAnswer): number | undefined {
  const value = answer.headers['retry-after']
  const text = Array.isArray(value) ? value[0] : value
  const reset = answer.status === 429 ? Number(answer.headers['ratelimit-reset'] ?? Number.NaN) : Number.NaN
  const now = Date.now()
  let seconds = reset - now / 1000
  if (text !== undefined) seconds = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000
  return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds), 86_400) : undefined
}

const byStatus: Record<number, FcDataErrorCode> = {
  401: 'FST_FC_DATA_TOKEN_EXPIRED',
  403: 'FST_FC_DATA_FORBIDDEN',
  429: 'FST_FC_DATA_RATE_LIMITED',
  503: 'FST_FC_DATA_UNAVAILABLE',
  504: 'FST_FC_DATA_TIMEOUT'
}

const advice: Partial<Record<FcDataErrorCode, string>> = {
  FST_FC_DATA_TOKEN_EXPIRED: 'FranceConnect’s token is not accepted: send the citizen through FranceConnect again',
  FST_FC_DATA_FORBIDDEN: 'this service may not read it: ask for the API and its scopes on DataPass',
  FST_FC_DATA_RATE_LIMITED: 'too many calls: wait as long as retryAfter says'
}

function healing(status: number, known: ProviderFailure | undefined, wait: number | undefined): Healing | null {
  if (known?.busy) return { wait: between(200, 800), times: 2 }
  if ((status === 429 || status === 503) && wait !== undefined) return { wait: wait * 1000 + between(0, 200), times: 2 }
  if (status === 502 || status === 504)
    return { wait: wait === undefined ? between(100, 400) : wait * 1000 + between(0, 200), times: 1 }
  return null
}

/** The failure that an error answer is. */
export function failureOfAnswer(context: TryContext, answer: HttpAnswer): TryFailure {
  const { api, correlationId, secrets } = context
  const { status } = answer
  const body = parseJson(answer.text)
  const known = meaningOf(api.provider, status, body)
  const wait = retryAfter(answer) ?? known?.retryIn
  const code = known?.code ?? byStatus[status] ?? 'FST_FC_DATA_PROVIDER_ERROR'
  const providerErrors = cleanErrors(errorsOf(api.provider, body), secrets)
  const codes = providerErrors.map((error) => error.code).join(' ')
  const sentence = known?.message ?? advice[code]
  const message = `${api.provider.name} answered ${status}${codes && ` ${codes}`} to "${api.name}"${sentence ? `: ${sentence}` : ''}`
  const error = fcDataError(code, message, {
    api: api.name,
    provider: api.provider.name,
    providerStatusCode: status,
    providerErrors,
    correlationId,
    retryAfter: status === 429 || status === 503 || code === 'FST_FC_DATA_RATE_LIMITED' ? wait : undefined
  })
  return new TryFailure(error, healing(status, known, wait), status >= 500)
}

/** The failure of an exchange without a readable answer. */
export function failureOfHttp(context: TryContext, failure: HttpFailure): TryFailure {
  const { api, correlationId } = context
  const row: Record<HttpFailure['reason'], FcDataErrorCode> = {
    timeout: 'FST_FC_DATA_TIMEOUT',
    aborted: 'FST_FC_DATA_UNAVAILABLE',
    lost: 'FST_FC_DATA_UNAVAILABLE',
    redirected: 'FST_FC_DATA_INVALID_RESPONSE',
    compressed: 'FST_FC_DATA_INVALID_RESPONSE',
    'too-large': 'FST_FC_DATA_INVALID_RESPONSE',
    malformed: 'FST_FC_DATA_INVALID_RESPONSE'
  }
  const message = `${api.provider.name} could not be read for "${api.name}": ${failure.message}`
  const error = fcDataError(row[failure.reason], message, {
    api: api.name,
    provider: api.provider.name,
    providerStatusCode: failure.status,
    correlationId
  })
  const lost = failure.reason === 'lost'
  return new TryFailure(error, lost ? { wait: between(50, 200), times: 1 } : null, lost || failure.reason === 'timeout')
}
