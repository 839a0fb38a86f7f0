import type { FastifyRequest } from 'fastify'
import { type Subject, usableToken } from './access-token.ts'
import { type ReadMeta, readAnswer, readHeld } from './answer.ts'
import type { EnabledApi } from './enabled-api.ts'
import { type FcDataError, fcDataError, isFcDataError } from './errors.ts'
import type { Exchanged, Exchanges } from './exchange.ts'
import { Flights } from './flight.ts'
import { type HeldEntry, type Hold, heldError } from './hold.ts'
import type { Params } from './params.ts'
import type { FcDataCallOptions, FcDataMeta } from './registry.ts'
import type { Sealer } from './seal.ts'
import type { Target } from './target.ts'
import { type FcDataAccess, isTraced, report, traced } from './trace.ts'

/** A call whose name and parameters were checked. */
export interface Call {
  api: EnabledApi
  params: Params
  /** Where it goes. */
  target: Target
  /** Identifies the call within a login. */
  key: string
}

/** Checks a call. Throws `FST_FC_DATA_INVALID_PARAMS`. */
export function callOf(api: EnabledApi, given: unknown): Call {
  const params = api.checkParams(given === undefined ? {} : given)
  return { api, params, target: api.target(params), key: JSON.stringify([api.name, params]) }
}

export interface CallOptions extends FcDataCallOptions {
  /** Made at the callback for a page: its outcome is kept for that page. */
  forThePage?: boolean
}

export interface CallResult {
  data: unknown
  meta: FcDataMeta
}

export interface CallsOptions {
  exchanges: Exchanges
  hold: Hold
  sealer: Sealer
  onAccess: ((record: FcDataAccess) => unknown) | null
  /** URL of the login that comes back to this request, when there is a login plugin. */
  loginUrl(request: FastifyRequest): string | undefined
}

/** The pipeline of a call: held answer, token, exchange, one for all identical calls of a login, and its trace. */
export class Calls {
  readonly #options: CallsOptions
  readonly #flights = new Flights<Exchanged>()
  readonly #found = new WeakMap<FastifyRequest, Map<string, HeldEntry>>()

  constructor(options: CallsOptions) {
    this.#options = options
  }

  /** What is held for a call; asked again during the same request, the same is found. */
  async held(request: FastifyRequest, subject: Subject, { key }: Call): Promise<HeldEntry | null> {
    const known = this.#found.get(request)?.get(key)
    if (known) return known
    const entry = await this.#options.hold.read(subject.loginId, key)
    if (!entry) return null
    const found = this.#found.get(request) ?? new Map<string, HeldEntry>()
    this.#found.set(request, found.set(key, entry))
    return entry
  }

  /** Makes a call for somebody. Throws the {@link FcDataError} of the step that failed, or the signal's reason. */
  async run(
    request: FastifyRequest,
    subject: Subject | null,
    call: Call,
    options: CallOptions = {}
  ): Promise<CallResult> {
    const { api } = call
    const record: FcDataAccess = {
      at: new Date(),
      api: api.name,
      provider: api.provider.name,
      subject: this.#subjectHash(subject),
      status: null,
      code: null,
      duration: 0,
      correlationId: null,
      held: false
    }
    try {
      return await traced(record, () => this.#recorded(request, subject, call, options, record))
    } finally {
      report(record, request.log, this.#options.onAccess)
    }
  }

  async #recorded(
    request: FastifyRequest,
    subject: Subject | null,
    call: Call,
    options: CallOptions,
    record: FcDataAccess
  ): Promise<CallResult> {
    const started = performance.now()
    try {
      return await this.#steps(request, subject, call, options, record)
    } catch (error) {
      fail(record, error)
      throw this.#withLogin(error, request)
    } finally {
      record.duration = Math.round((performance.now() - started) * 100) / 100
    }
  }

  async #steps(
    request: FastifyRequest,
    subject: Subject | null,
    call: Call,
    { signal, fresh, forThePage = false }: CallOptions,
    record: FcDataAccess
  ): Promise<CallResult> {
    signal?.throwIfAborted()
    const { api } = call
    const entry = subject && !fresh && this.#options.hold.enabled ? await this.held(request, subject, call) : null
    const handed = entry && handOver(api, entry, record)
    if (handed) return handed
    const token = usableToken(subject, api, () => this.#options.loginUrl(request))
    const flown = await this.#flights.run(`${subject!.loginId} ${call.key}`, signal, (abort) =>
      this.#fly(subject!, call, token, forThePage, abort)
    )
    const { answer } = flown
    const reading = flown.reading ?? readAnswer(api, answer)
    flown.reading = null
    record.status = answer.status
    record.correlationId = answer.correlationId
    return { data: reading.data, meta: metaOf(api, answer, reading.meta, false) }
  }

  async #fly(
    subject: Subject,
    call: Call,
    token: NonNullable<Subject['token']>,
    forThePage: boolean,
    abort?: AbortSignal
  ): Promise<Exchanged> {
    const { exchanges, hold } = this.#options
    const exchanged = await exchanges.run(call, token, abort)
    if (hold.enabled) await hold.write(subject.loginId, call.key, { answer: exchanged.answer }, forThePage)
    return exchanged
  }

  /** The provider's refusal of a token is mended by a login too. */
  #withLogin(error: unknown, request: FastifyRequest): unknown {
    if (!isFcDataError(error) || error.statusCode !== 401 || error.loginUrl) return error
    const { code, message, api, provider, providerStatusCode, providerErrors, correlationId } = error
    const loginUrl = this.#options.loginUrl(request)
    return fcDataError(code, message, { api, provider, providerStatusCode, providerErrors, correlationId, loginUrl })
  }

  /** Made only for those who read it: a keyed hash costs as much as the rest of the record. */
  #subjectHash(subject: Subject | null): string | null {
    const { onAccess, sealer } = this.#options
    return subject?.sub && (onAccess || isTraced()) ? sealer.hash(subject.sub, 'fc-data subject') : null
  }
}

function metaOf(api: EnabledApi, answer: Exchanged['answer'], own: ReadMeta, held: boolean): FcDataMeta {
  const { receivedAt, correlationId } = answer
  return { ...own, api: api.name, receivedAt: new Date(receivedAt), correlationId, held }
}

/** `null` for what is held and cannot be read any more: a newer version of this server, say, reads it otherwise. */
function handOver(api: EnabledApi, entry: HeldEntry, record: FcDataAccess): CallResult | null {
  const { answer } = entry
  const reading = answer ? readHeld(api, answer) : null
  if (!entry.error && !reading) return null
  record.held = true
  if (entry.error || !reading) throw heldError(api.name, api.provider.name, entry.error!)
  record.status = answer!.status
  record.correlationId = answer!.correlationId
  return { data: reading.data, meta: metaOf(api, answer!, reading.meta, true) }
}

function fail(record: FcDataAccess, error: unknown): void {
  const known: FcDataError | null = isFcDataError(error) ? error : null
  record.code = known?.code ?? 'ABORTED'
  record.status = known?.providerStatusCode ?? null
  record.correlationId = known?.correlationId ?? null
}
