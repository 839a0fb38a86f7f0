import type { HttpAnswer } from 'franceconnect-protocol/http'
import type { ProviderFailure } from '../providers/provider.ts'

/** Longest wait that a call makes, in milliseconds: a longer one is refused at once, with `retryAfter`. */
export const LONGEST_WAIT = 5000
/** Milliseconds of a pause whose length the provider does not say. */
export const UNSAID = 1000

/** A provider's "not now". */
export interface NotNow {
  /** Seconds that it asks to wait, `undefined` when it says none. */
  seconds: number | undefined
  /** Whom it pauses: everybody's calls to the provider, everybody's to this API, or nobody. */
  pauses: 'provider' | 'api' | null
  /** The same call is being served: it heals when that one ends. */
  busy: boolean
}

/** Seconds to tell to those who are refused. */
export function secondsOf(notNow: NotNow | null): number | undefined {
  return notNow?.seconds ?? (notNow?.pauses ? UNSAID / 1000 : undefined)
}

const DAY = 86_400
/** From here on a number of seconds is an hour since 1970, in September 2001 at least, and no wait. */
const LEAST_EPOCH = 1e9
const DAYS = '(Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const MONTHS = '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const TIME = '\\d{2}:\\d{2}:\\d{2}'
const HTTP_DATE = new RegExp(`^${DAYS}, \\d{2} ${MONTHS} \\d{4} ${TIME} GMT$`)
const RFC_850 = new RegExp(`^${DAYS}\\w*day, \\d{2}-${MONTHS}-\\d{2} ${TIME} GMT$`)
const ASCTIME = new RegExp(`^${DAYS} ${MONTHS} [ \\d]\\d ${TIME} \\d{4}$`)

const bounded = (seconds: number) => Math.min(Math.max(0, seconds), DAY)

function only(value: string | string[] | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value)?.trim()
}

/** The three forms of a date in HTTP (RFC 9110 §5.6.7), and no other text that `Date.parse` would take for one. */
function dateOf(text: string): number {
  if (HTTP_DATE.test(text) || RFC_850.test(text)) return Date.parse(text)
  return ASCTIME.test(text) ? Date.parse(`${text} GMT`) : Number.NaN
}

/** `Retry-After`: whole seconds or a date (RFC 9110 §10.2.3). */
export function retryAfterOf(value: string | string[] | undefined, now: number): number | undefined {
  const text = only(value)
  if (text === undefined) return undefined
  if (/^\d+$/.test(text)) return Number(text) < LEAST_EPOCH ? bounded(Number(text)) : undefined
  const date = dateOf(text)
  return Number.isNaN(date) ? undefined : bounded((date - now) / 1000)
}

/** `RateLimit-Reset`: seconds to wait, or the hour in seconds since 1970, as API Particulier writes it. */
function rateLimitResetOf(value: string | string[] | undefined, now: number): number | undefined {
  const text = only(value)
  if (text === undefined || !/^\d+$/.test(text)) return undefined
  const given = Number(text)
  if (given < LEAST_EPOCH) return bounded(given)
  return bounded((given < 1e11 ? given : given / 1000) - now / 1000)
}

/** The same of a provider's own token: `seconds` are those that its refusal asks. */
export function notNowOfToken(status: number | undefined, seconds: number | undefined): NotNow | null {
  const limited = status === 429
  return limited || seconds !== undefined ? { seconds, pauses: limited ? 'provider' : null, busy: false } : null
}

/** Reads every way in which a provider says "not now", `null` when it does not. */
export function notNowOf(
  { status, headers }: Pick<HttpAnswer, 'status' | 'headers'>,
  known: ProviderFailure | undefined,
  now: number
): NotNow | null {
  const limited = status === 429
  const asked = known?.retryIn !== undefined && known.retryIn >= 0 ? bounded(known.retryIn) : undefined
  const reset = limited ? rateLimitResetOf(headers['ratelimit-reset'] ?? headers['x-ratelimit-reset'], now) : undefined
  const waits = [retryAfterOf(headers['retry-after'], now), asked].filter((wait) => wait !== undefined)
  const seconds = waits.length > 0 ? Math.max(...waits) : reset
  const busy = known?.busy === true
  const apiLimited = known?.code === 'FST_FC_DATA_RATE_LIMITED'
  if (seconds === undefined && !limited && !apiLimited && !busy) return null
  return { seconds, pauses: limited ? 'provider' : apiLimited ? 'api' : null, busy }
}
