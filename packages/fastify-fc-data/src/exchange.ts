import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, type Reading, readAnswer } from './answer.ts'
import { Circuit, CircuitRefusal } from './circuit.ts'
import type { EnabledApi } from './enabled-api.ts'
import { type FcDataError, fcDataError, isFcDataError } from './errors.ts'
import { failureOfAnswer, failureOfHttp, type TryContext, TryFailure } from './failure.ts'
import { type Http, type HttpAnswer, HttpFailure } from './http.ts'
import { parseJson } from './json.ts'
import type { Params } from './params.ts'
import { saysNothing } from './provider-errors.ts'
import type { Provider, ProviderCall } from './providers/provider.ts'
import type { Target } from './target.ts'

/** A good answer and its reading, `null` once somebody took it: the others read their own. */
export interface Exchanged {
  answer: Answer
  reading: Reading | null
}

/** What is asked, of whom, where. */
export interface ExchangeRequest {
  readonly api: EnabledApi
  readonly params: Params
  readonly target: Target
}

export interface ExchangeToken {
  readonly value: string
  readonly expiresAt: Date
}

function timedOut(api: EnabledApi, correlationId: string): TryFailure {
  const message = `the provider of "${api.name}" did not answer before the deadline`
  const details = { api: api.name, provider: api.provider.name, correlationId }
  return new TryFailure(fcDataError('FST_FC_DATA_TIMEOUT', message, details), null, true)
}

/** A promise of somebody else's code, given up at the deadline. */
async function before<T>(deadline: number, work: Promise<T>, late: () => Error): Promise<T> {
  const stop = new AbortController()
  const timer = sleep(Math.max(0, deadline - Date.now()), undefined, { signal: stop.signal }).then(() => {
    throw late()
  })
  timer.catch(() => undefined)
  try {
    return await Promise.race([work, timer])
  } finally {
    stop.abort()
  }
}

/** The HTTP side of a call: credentials, tries, waits, all before the token dies. */
export class Exchanges {
  readonly #http: Http
  readonly #circuits = new Map<Provider, Circuit>()

  constructor(http: Http) {
    this.#http = http
  }

  /** Calls until a good answer, a failure that does not heal, or the end of the time given. Throws an {@link FcDataError}. */
  async run(request: ExchangeRequest, token: ExchangeToken, signal?: AbortSignal): Promise<Exchanged> {
    const { api } = request
    const end = Math.min(Date.now() + 2 * api.timeout, token.expiresAt.getTime())
    for (let tries = 1; ; tries++) {
      try {
        const deadline = Math.min(Date.now() + api.timeout, end)
        return await this.#circuit(api).run(() => this.#try(request, token.value, deadline, signal))
      } catch (failure) {
        if (failure instanceof CircuitRefusal) throw refused(api, failure)
        if (!(failure instanceof TryFailure)) throw failure
        const { error, healing } = failure
        const heals = healing && tries <= healing.times && Date.now() + healing.wait < end - 500 && !signal?.aborted
        if (!heals) throw error
        await sleep(healing.wait, undefined, { signal })
      }
    }
  }

  #circuit({ provider }: EnabledApi): Circuit {
    let circuit = this.#circuits.get(provider)
    if (!circuit) {
      circuit = new Circuit((error) => error instanceof TryFailure && error.outage)
      this.#circuits.set(provider, circuit)
    }
    return circuit
  }

  async #try(
    { api, params, target }: ExchangeRequest,
    token: string,
    deadline: number,
    signal?: AbortSignal
  ): Promise<Exchanged> {
    const { origin, path } = target
    const correlationId = randomUUID()
    const context = (): TryContext => ({
      api,
      correlationId,
      secrets: [token, ...Object.values(params).map(String)].filter((secret) => secret.length > 2)
    })
    const made = this.#headers(api, params, token, correlationId, deadline)
    const headers = { ...(made instanceof Promise ? await made : made) }
    const body = this.#body(api, { api: api.name, params, token, correlationId }, headers)
    let answer: HttpAnswer
    try {
      answer = await this.#http.send({ method: api.method, origin, path, headers, body, deadline, signal })
    } catch (failure) {
      if (failure instanceof HttpFailure) throw failureOfHttp(context(), failure)
      throw failure
    }
    return good(api, answer, correlationId) ?? raise(failureOfAnswer(context(), answer))
  }

  #body(api: EnabledApi, call: ProviderCall, headers: Record<string, string>): string | undefined {
    try {
      return api.body(call, headers)
    } catch (error) {
      throw credentialsFailed(api, call.correlationId, error)
    }
  }

  #headers(api: EnabledApi, params: Params, token: string, correlationId: string, deadline: number) {
    const failed = (error: unknown) => credentialsFailed(api, correlationId, error)
    try {
      const headers = api.provider.headers({ api: api.name, token, params, correlationId })
      if (!(headers instanceof Promise)) return headers
      return before(deadline, headers, () => timedOut(api, correlationId)).catch((error) => raise(failed(error)))
    } catch (error) {
      throw failed(error)
    }
  }
}

function credentialsFailed(api: EnabledApi, correlationId: string, error: unknown): TryFailure {
  if (error instanceof TryFailure) return error
  const known = isFcDataError(error) ? error : null
  const message = known?.message ?? `the credentials of ${api.provider.name} could not be made`
  const { providerStatusCode } = known ?? {}
  const details = { api: api.name, provider: api.provider.name, correlationId, providerStatusCode }
  return new TryFailure(fcDataError('FST_FC_DATA_CREDENTIALS_FAILED', message, details), null, false)
}

function raise(failure: Error): never {
  throw failure
}

function refused(api: EnabledApi, refusal: CircuitRefusal): FcDataError {
  const message = `${api.provider.name} is not called for "${api.name}": ${refusal.message}`
  return fcDataError('FST_FC_DATA_UNAVAILABLE', message, { api: api.name, provider: api.provider.name })
}

/** `null` for an error answer. Throws the failure of an answer that is not what the API answers. */
function good(api: EnabledApi, { status, headers, text }: HttpAnswer, correlationId: string): Exchanged | null {
  const answer = { status, text, receivedAt: Date.now(), correlationId }
  if (status >= 300) {
    return saysNothing(api.provider, status, parseJson(text)) ? { answer, reading: readAnswer(api, answer) } : null
  }
  const type = headers['content-type']
  if (!api.provider.anyContentType && type !== undefined && !/[/+]json\b/i.test(String(type))) {
    const message = `${api.provider.name} answered something unexpected to "${api.name}": its Content-Type is not JSON`
    const details = { api: api.name, provider: api.provider.name, providerStatusCode: status, correlationId }
    throw new TryFailure(fcDataError('FST_FC_DATA_INVALID_RESPONSE', message, details), null, false)
  }
  try {
    return { answer, reading: readAnswer(api, answer) }
  } catch (error) {
    if (isFcDataError(error)) throw new TryFailure(error, null, false)
    throw error
  }
}
