import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Http, type HttpAnswer, HttpFailure } from 'franceconnect-protocol/http'
import { fcDataError, isFcDataError } from '../errors.ts'
import type { EnabledApi } from '../options/enabled-api.ts'
import { readAnswer } from '../reading/answer.ts'
import { parseJson } from '../reading/json.ts'
import { requestIdOf, saysNothing } from '../reading/provider-errors.ts'
import { failureOfAnswer, failureOfHttp, type TryContext, verdictOf } from '../waiting/failure.ts'
import { notNowOfToken, secondsOf } from '../waiting/not-now.ts'
import { TryFailure } from '../waiting/try-failure.ts'
import type { Call } from './call.ts'
import type { Exchanged, ExchangeFor } from './exchanged.ts'
import { USER_AGENT } from './user-agent.ts'

/** One try of a call. */
export interface TryOptions {
  /** Milliseconds since the epoch. */
  deadline: number
  /** True when it has the whole time that this service gives to an exchange. */
  fullTime: boolean
  /** On a connection of its own. */
  alone: boolean
}

export type TryOnce = (call: Call, how: ExchangeFor, options: TryOptions) => Promise<Exchanged>

/** Makes one HTTP exchange and reads it. Throws the {@link TryFailure} that it is. */
export function createTryOnce(http: Http): TryOnce {
  return async (call, how, { deadline, fullTime, alone }) => {
    const { api, target } = call
    const { token, fresh, signal } = how
    const correlationId = randomUUID()
    const made = credentials(call, token.value, correlationId, deadline)
    const headers = headersOf(made instanceof Promise ? await made : made, correlationId, fresh)
    const body = api.method === 'GET' ? undefined : bodyOf(call, token.value, correlationId, headers)
    let answer: HttpAnswer
    try {
      answer = await http.exchange({ method: api.method, url: target, headers, body, deadline, signal, alone })
    } catch (failure) {
      if (failure instanceof HttpFailure)
        throw failureOfHttp(contextOf(call, how, correlationId, headers, fullTime), failure)
      throw failure
    }
    const said = answer.headers['x-request-id']
    const requestId = said === undefined ? undefined : requestIdOf(answer.headers, secretsOf(call, how))
    const good = goodOf(api, answer, correlationId, requestId)
    if (good) return good
    throw failureOfAnswer(contextOf(call, how, correlationId, headers, fullTime), answer)
  }
}

/** What no error repeats. */
function secretsOf({ params }: Call, { token }: ExchangeFor): string[] {
  return [token.value, ...Object.values(params).map(String)].filter((secret) => secret.length > 2)
}

function contextOf(
  call: Call,
  how: ExchangeFor,
  correlationId: string,
  sent: Readonly<Record<string, string>>,
  fullTime: boolean
): TryContext {
  const tokenEnd = how.token.expiresAt.getTime()
  return { api: call.api, correlationId, secrets: secretsOf(call, how), sent, tokenEnd, fullTime }
}

type Made = Readonly<Record<string, string>>

/** What a provider object made: an object, or `Headers`. Without them the call would leave without its credentials. */
function madeBy({ provider }: EnabledApi, made: unknown): Made {
  if (typeof made !== 'object' || made === null) {
    const message = `headers() of the provider object of ${provider.name} must return the headers of the call`
    throw fcDataError('FST_FC_DATA_CREDENTIALS_FAILED', message)
  }
  return Symbol.iterator in made ? Object.fromEntries(made as Iterable<[string, string]>) : (made as Made)
}

/** Names are written one way, so that what the provider object sets replaces what is sent by default. */
function headersOf(made: Made, correlationId: string, fresh: boolean): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': USER_AGENT, 'x-request-id': correlationId }
  for (const name in made) if (Object.hasOwn(made, name)) headers[name.toLowerCase()] = made[name]!
  if (fresh) headers['cache-control'] = 'no-cache'
  return headers
}

function bodyOf({ api, params }: Call, token: string, correlationId: string, headers: Record<string, string>) {
  try {
    return api.body({ api: api.name, token, params, correlationId }, headers)
  } catch (error) {
    throw credentialsFailed(api, correlationId, error)
  }
}

function credentials({ api, params }: Call, token: string, correlationId: string, deadline: number) {
  const failed = (error: unknown) => credentialsFailed(api, correlationId, error)
  try {
    const headers = api.provider.headers({ api: api.name, token, params, correlationId })
    if (!(headers instanceof Promise)) return madeBy(api, headers)
    const made = headers.then((given) => madeBy(api, given))
    return before(deadline, made, () => timedOut(api, correlationId)).catch((error) => raise(failed(error)))
  } catch (error) {
    throw failed(error)
  }
}

function credentialsFailed(api: EnabledApi, correlationId: string, error: unknown): TryFailure {
  if (error instanceof TryFailure) return error
  const known = isFcDataError(error) ? error : null
  const message = known?.message ?? `the credentials of ${api.provider.name} could not be made`
  const { providerStatusCode, remedy, retryAfter } = known ?? {}
  const passing = remedy === 'retry'
  const notNow = passing ? notNowOfToken(providerStatusCode, retryAfter) : null
  const details = {
    api: api.name,
    provider: api.provider.name,
    correlationId,
    providerStatusCode,
    remedy,
    retryAfter: secondsOf(notNow)
  }
  const verdict = passing ? verdictOf(providerStatusCode ?? 503, notNow) : 'nothing'
  return new TryFailure(fcDataError('FST_FC_DATA_CREDENTIALS_FAILED', message, details), { notNow, verdict })
}

function timedOut(api: EnabledApi, correlationId: string): TryFailure {
  const message = `the credentials of ${api.provider.name} were not made before the deadline of "${api.name}"`
  const details = { api: api.name, provider: api.provider.name, correlationId }
  return new TryFailure(fcDataError('FST_FC_DATA_TIMEOUT', message, details))
}

/** A promise of somebody else's code, given up at the deadline. */
async function before<T>(deadline: number, work: Promise<T>, late: () => Error): Promise<T> {
  const stop = new AbortController()
  const timer = sleep(Math.max(0, deadline - Date.now()), undefined, { signal: stop.signal }).then(() => raise(late()))
  timer.catch(() => undefined)
  try {
    return await Promise.race([work, timer])
  } finally {
    stop.abort()
  }
}

function raise(failure: Error): never {
  throw failure
}

/** Types of JSON, and those that servers give for want of saying one: whether it is JSON is seen by reading it. */
const MAYBE_JSON = /[/+]json\b|^\s*(text\/plain|application\/octet-stream)\s*(;|$)/i

/** `null` for an error answer. Throws the failure of an answer that is not what the API answers. */
function goodOf(
  api: EnabledApi,
  { status, headers, text }: HttpAnswer,
  correlationId: string,
  requestId: string | undefined
): Exchanged | null {
  const answer = { status, text, receivedAt: Date.now(), correlationId, requestId }
  if (status >= 300) {
    return saysNothing(api.provider, status, parseJson(text)) ? { answer, reading: readAnswer(api, answer) } : null
  }
  const type = headers['content-type']
  if (text !== '' && !api.provider.anyContentType && type !== undefined && !MAYBE_JSON.test(String(type))) {
    const message = `${api.provider.name} answered something unexpected to "${api.name}": its Content-Type is not JSON`
    const details = { api: api.name, provider: api.provider.name, providerStatusCode: status, correlationId, requestId }
    throw new TryFailure(fcDataError('FST_FC_DATA_INVALID_RESPONSE', message, details))
  }
  try {
    return { answer, reading: readAnswer(api, answer) }
  } catch (error) {
    if (isFcDataError(error)) throw new TryFailure(error)
    throw error
  }
}
