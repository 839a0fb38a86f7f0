import type { HttpAnswer, HttpFailure, HttpFailureReason } from 'franceconnect-protocol/http'
import { type FcDataErrorCode, type FcDataRemedy, fcDataError } from '../errors.ts'
import type { EnabledApi } from '../options/enabled-api.ts'
import type { ProviderFailure } from '../providers/provider.ts'
import { parseJson } from '../reading/json.ts'
import { cleanErrors, errorsOf, meaningOf, requestIdOf } from '../reading/provider-errors.ts'
import type { Verdict } from './circuit.ts'
import { type NotNow, notNowOf, secondsOf } from './not-now.ts'
import { type Healing, TryFailure } from './try-failure.ts'

/** What failed, and what must never be repeated of it. */
export interface TryContext {
  api: EnabledApi
  correlationId: string
  /** The token and the parameters' values. */
  secrets: readonly string[]
  /** Headers that were sent. */
  sent: Readonly<Record<string, string>>
  /** Milliseconds since the epoch at which FranceConnect's token ends. */
  tokenEnd: number
  /** True when the exchange had the whole time that this service gives to an exchange. */
  fullTime: boolean
}

const byStatus: Record<number, FcDataErrorCode> = {
  403: 'FST_FC_DATA_FORBIDDEN',
  429: 'FST_FC_DATA_RATE_LIMITED',
  503: 'FST_FC_DATA_UNAVAILABLE',
  504: 'FST_FC_DATA_TIMEOUT'
}

const advice: Partial<Record<FcDataErrorCode, string>> = {
  FST_FC_DATA_TOKEN_EXPIRED: 'FranceConnect’s token is over: send the citizen through FranceConnect again',
  FST_FC_DATA_TOKEN_REFUSED:
    'FranceConnect’s token lives and is refused, which a login does not mend: it may be of another environment, or a proxy may drop the header that carries it',
  FST_FC_DATA_FORBIDDEN: 'this service may not read it: ask for the API and its scopes on DataPass',
  FST_FC_DATA_RATE_LIMITED: 'too many calls: wait as long as retryAfter says'
}

/** A page of HTML or a bare refusal is no word of the API: something in front of it speaks. */
const FIREWALL =
  'the answer is not one of the API: a firewall or a proxy in front of it refuses this server (its address, or what it sends)'

function codeOf(context: TryContext, status: number, known: ProviderFailure | undefined): FcDataErrorCode {
  if (known?.code) return known.code
  if (status === 401) return Date.now() < context.tokenEnd ? 'FST_FC_DATA_TOKEN_REFUSED' : 'FST_FC_DATA_TOKEN_EXPIRED'
  return byStatus[status] ?? 'FST_FC_DATA_PROVIDER_ERROR'
}

function healingOf(status: number, known: ProviderFailure | undefined, notNow: NotNow | null): Healing | null {
  if (known?.renewed) return 'renewed'
  if (notNow?.busy) return 'busy'
  if (notNow?.seconds !== undefined) return status === 429 || status >= 500 ? 'asked' : null
  if (notNow?.pauses) return null
  return status === 502 || status === 504 ? 'gateway' : null
}

/** What a provider's refusal says of it. */
export function verdictOf(status: number, notNow: NotNow | null): Verdict {
  if (status < 500) return status === 408 || status === 429 ? 'nothing' : 'answer'
  // no seconds at all are no wait
  const waits = notNow !== null && (notNow.seconds !== 0 || notNow.pauses !== null)
  return waits ? 'nothing' : 'outage'
}

/** Time-out, conflict, locked, too early: what is under 500 and passes. */
const PASSING: ReadonlySet<number> = new Set([408, 409, 423, 425])

/** Asking again changes nothing to most refusals under 500: the citizen gives it by hand. */
function remedyOf(status: number, code: FcDataErrorCode, known: ProviderFailure | undefined): FcDataRemedy | undefined {
  if (known?.remedy) return known.remedy
  const lasting = status < 500 && !PASSING.has(status)
  return lasting && code === 'FST_FC_DATA_PROVIDER_ERROR' ? 'byHand' : undefined
}

/** The failure that an error answer is. */
export function failureOfAnswer(context: TryContext, answer: HttpAnswer): TryFailure {
  const { api, correlationId, secrets, sent } = context
  const { status } = answer
  const body = parseJson(answer.text)
  const known = meaningOf(api.provider, status, body, sent)
  const notNow = notNowOf(answer, known, Date.now())
  const code = codeOf(context, status, known)
  const providerErrors = cleanErrors(errorsOf(api.provider, body), secrets)
  const codes = providerErrors.map((error) => error.code).join(' ')
  const foreign = status === 403 && known === undefined && typeof body !== 'object'
  const sentence = known?.message ?? (foreign ? FIREWALL : advice[code])
  const message = `${api.provider.name} answered ${status}${codes && ` ${codes}`} to "${api.name}"${sentence ? `: ${sentence}` : ''}`
  const error = fcDataError(code, message, {
    api: api.name,
    provider: api.provider.name,
    providerStatusCode: status,
    providerErrors,
    correlationId,
    requestId: requestIdOf(answer.headers, secrets),
    retryAfter: secondsOf(notNow),
    remedy: remedyOf(status, code, known)
  })
  const verdict = verdictOf(status, notNow)
  return new TryFailure(error, { healing: healingOf(status, known, notNow), notNow, verdict })
}

interface Row {
  code: FcDataErrorCode
  says?: string
  remedy?: FcDataRemedy
  healing?: Healing
}

const OURS = { code: 'FST_FC_DATA_UNAVAILABLE', remedy: 'configuration' } as const
const UNREADABLE = { code: 'FST_FC_DATA_INVALID_RESPONSE' } as const

const byReason: Record<HttpFailureReason, Row> = {
  timeout: { code: 'FST_FC_DATA_TIMEOUT' },
  aborted: { code: 'FST_FC_DATA_UNAVAILABLE' },
  lost: { code: 'FST_FC_DATA_UNAVAILABLE', healing: 'lost' },
  tls: { ...OURS, says: 'the TLS handshake is refused: the certificate of one side is not accepted by the other' },
  proxy: {
    ...OURS,
    says: 'the proxy of the dispatcher option refuses to reach it: look at its credentials and its list'
  },
  dispatcher: { ...OURS, says: 'the dispatcher option is of undici 6: give one of undici 7' },
  header: {
    code: 'FST_FC_DATA_CREDENTIALS_FAILED',
    says: 'a header made for this call is not one that HTTP carries (its name, a line break, a character outside Latin-1), or is the connection’s own'
  },
  redirected: UNREADABLE,
  compressed: UNREADABLE,
  'too-large': UNREADABLE,
  malformed: UNREADABLE
}

/** Connections that never began, and where to look: first of all on a developer's machine. */
const unreached: Record<string, string> = {
  ECONNREFUSED:
    'nothing listens at its address (its baseUrl, or its url), or at that of the dispatcher option’s proxy: is it franceconnect-sandbox, and running there?',
  ENOTFOUND: 'its name is not known from here: look at its address (its baseUrl, or its url), the DNS, the proxy',
  EAI_AGAIN: 'its name cannot be looked up from here: look at the DNS, and the proxy'
}

/** The failure of an exchange without a readable answer. */
export function failureOfHttp(context: TryContext, failure: HttpFailure): TryFailure {
  const { api, correlationId } = context
  const { code, says = unreached[failure.detail ?? ''], remedy, healing } = byReason[failure.reason]
  const message = `${api.provider.name} could not be read for "${api.name}": ${failure.message}${says ? `: ${says}` : ''}`
  const details = {
    api: api.name,
    provider: api.provider.name,
    providerStatusCode: failure.reason === 'lost' ? undefined : failure.status,
    correlationId,
    remedy
  }
  const outage = failure.reason === 'lost' || (failure.reason === 'timeout' && context.fullTime)
  return new TryFailure(fcDataError(code, message, details), { healing, verdict: outage ? 'outage' : 'nothing' })
}
