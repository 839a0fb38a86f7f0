import type { FastifyRequest } from 'fastify'
import { createFlights } from 'franceconnect-protocol/flights'
import type { FcDataCallOptions, FcDataMeta } from '../apis/registry.ts'
import { detailsOf, fcDataError, isFcDataError } from '../errors.ts'
import type { Hold } from '../held/hold.ts'
import { errorOf, KEPT_FOR_THE_PAGE, keptError } from '../held/outcome.ts'
import type { Sealer } from '../held/seal.ts'
import type { EnabledApi } from '../options/enabled-api.ts'
import { readAnswer } from '../reading/answer.ts'
import type { Call } from './call.ts'
import type { Exchanges } from './exchange.ts'
import type { Exchanged, ExchangeFor } from './exchanged.ts'
import { createFinds, type Find } from './finds.ts'
import { type Subject, usableToken } from './login/access-token.ts'
import { isEarly } from './login/arrival.ts'
import { type FcDataAccess, isTraced, report, traced } from './trace.ts'

export interface CallOptions extends FcDataCallOptions {
  /** Made at the callback for a page: its outcome is kept for that page. */
  forThePage?: boolean
  /** Told when the provider makes the call wait. */
  onWait?: () => void
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
  /** True once the server closes. */
  closing(): boolean
  /** URL of the login that comes back to the page of this request, when there is a login plugin. */
  loginUrl(request: FastifyRequest): string | undefined
}

/** What a guard sees of a call before it is made: something to show, nothing on this citizen, an outcome to come. */
export type Outlook = 'shown' | 'nothing' | 'coming' | 'unknown'

/** The pipeline of a call: held outcome, flight, token, exchange, one for all identical calls of a login, and its trace. */
export interface Calls {
  /** Makes a call for somebody. Throws the {@link FcDataError} of the step that failed, or the signal's reason. */
  run(request: FastifyRequest, subject: Subject | null, call: Call, options?: CallOptions): Promise<CallResult>
  /** The same for alternatives, one after the other until one has data. */
  first(
    request: FastifyRequest,
    subject: Subject | null,
    calls: readonly [Call, ...Call[]],
    options?: CallOptions
  ): Promise<CallResult>
  outlook(request: FastifyRequest, subject: Subject, call: Call): Promise<Outlook>
  /** Keeps, in the place that a login now has, what was read before it had one, during the same request. */
  settle(request: FastifyRequest, loginId: string): Promise<void>
}

export function createCalls({ exchanges, hold, sealer, onAccess, closing, loginUrl }: CallsOptions): Calls {
  const flights = createFlights<Exchanged>()
  const finds = createFinds(hold)

  const flightOf = ({ loginId }: Subject, { key }: Call, fresh: boolean) => `${loginId} ${fresh ? 'fresh ' : ''}${key}`
  function flying(subject: Subject, call: Call): string | undefined {
    if (flights.none()) return undefined
    const key = flightOf(subject, call, false)
    if (flights.has(key)) return key
    const fresh = flightOf(subject, call, true)
    return flights.has(fresh) ? fresh : undefined
  }

  /** Made only for those who read it: a keyed hash costs as much as the rest of the record. */
  function subjectHash(subject: Subject | null): string | null {
    return subject?.sub && (onAccess || isTraced()) ? sealer.hash(subject.sub, 'fc-data subject') : null
  }

  async function fly(request: FastifyRequest, call: Call, options: CallOptions, how: ExchangeFor) {
    const { loginId } = how
    const atLeast = options.forThePage ? KEPT_FOR_THE_PAGE : 0
    try {
      const exchanged = await exchanges.run(call, how)
      if (!hold.enabled) return exchanged
      const outcome = { answer: exchanged.answer }
      if (!(await hold.write(loginId, call.key, outcome, atLeast))) finds.add(request, loginId, call, outcome)
      return exchanged
    } catch (error) {
      // the end of this process is no failure of the call: another one makes it again
      if (options.forThePage && closing()) await hold.drop(loginId, call.key)
      else if (options.forThePage && isFcDataError(error))
        await hold.write(loginId, call.key, { error: keptError(error) })
      throw error
    }
  }

  /** What is held, or in flight in this process, or under way in another one: all before the token is looked at. */
  async function found(request: FastifyRequest, subject: Subject, call: Call, { signal, forThePage }: CallOptions) {
    if (forThePage) return finds.known(request, subject.loginId, call)
    const flew = flying(subject, call) !== undefined
    const find = await finds.of(request, subject.loginId, call)
    if (find && find.kind !== 'pending') return find
    const key = flying(subject, call)
    if (key !== undefined) return { kind: 'flight', flown: await flights.join(key, signal)! } as const
    if (flew) return finds.of(request, subject.loginId, call)
    return find ? finds.awaited(request, subject.loginId, call, signal) : null
  }

  async function steps(
    request: FastifyRequest,
    subject: Subject | null,
    call: Call,
    options: CallOptions,
    record: FcDataAccess
  ): Promise<CallResult> {
    const { signal, fresh = false, onWait } = options
    signal?.throwIfAborted()
    const looks = subject && !fresh && (hold.enabled || flying(subject, call) !== undefined)
    const known = looks ? await found(request, subject, call, options) : null
    if (known?.kind === 'flight') return landed(call.api, known.flown, record)
    if (known && known.kind !== 'pending') return handOver(known, record)
    const token = usableToken(subject, call.api, () => loginUrl(request), isEarly(request))
    record.tokenLeft = token.expiresAt.getTime() - Date.now()
    if (fresh) finds.lose(request, subject!.loginId, call)
    const { loginId } = subject!
    const flown = await flights.run(flightOf(subject!, call, fresh), signal, (abort) =>
      fly(request, call, options, { loginId, token, fresh, signal: abort, onWait })
    )
    return landed(call.api, flown, record)
  }

  /** The provider's refusal of a token is mended by a login too. */
  function withLogin(error: unknown, request: FastifyRequest): unknown {
    if (!isFcDataError(error) || error.statusCode !== 401 || error.loginUrl) return error
    return fcDataError(error.code, error.message, { ...detailsOf(error), loginUrl: loginUrl(request) })
  }

  async function recorded(
    request: FastifyRequest,
    subject: Subject | null,
    call: Call,
    options: CallOptions,
    record: FcDataAccess
  ): Promise<CallResult> {
    const started = performance.now()
    try {
      return await steps(request, subject, call, options, record)
    } catch (error) {
      const known = isFcDataError(error) ? error : null
      record.code = known?.code ?? 'ABORTED'
      record.status = known?.providerStatusCode ?? null
      record.correlationId = known?.correlationId ?? null
      throw withLogin(error, request)
    } finally {
      record.duration = Math.round((performance.now() - started) * 100) / 100
      report(record, request.log, onAccess)
    }
  }

  function run(request: FastifyRequest, subject: Subject | null, call: Call, options: CallOptions = {}) {
    const record: FcDataAccess = {
      at: new Date(),
      api: call.api.name,
      provider: call.api.provider.name,
      subject: subjectHash(subject),
      status: null,
      code: null,
      duration: 0,
      correlationId: null,
      held: false,
      tokenLeft: null
    }
    if (!isTraced()) return recorded(request, subject, call, options, record)
    return traced(record, () => recorded(request, subject, call, options, record))
  }

  const inTurn: Calls['first'] = async (request, subject, [call, ...others], options) => {
    let result = await run(request, subject, call, options)
    for (const other of others) {
      if (result.data !== null) break
      result = await run(request, subject, other, options)
    }
    return result
  }

  return {
    run,
    first(request, subject, calls, options) {
      return calls.length === 1 ? run(request, subject, calls[0], options) : inTurn(request, subject, calls, options)
    },
    async outlook(request, subject, call) {
      const find = await finds.of(request, subject.loginId, call)
      if (find?.kind === 'answer') return find.nothing ? 'nothing' : 'shown'
      if (find?.kind === 'error') return 'shown'
      return find || flying(subject, call) !== undefined ? 'coming' : 'unknown'
    },
    settle: (request, loginId) => finds.settle(request, loginId)
  }
}

function landed(api: EnabledApi, flown: Exchanged, record: FcDataAccess): CallResult {
  const { answer } = flown
  const reading = flown.reading ?? readAnswer(api, answer)
  flown.reading = null
  record.status = answer.status
  record.correlationId = answer.correlationId
  return reading
}

function handOver(find: Exclude<Find, { kind: 'pending' }>, record: FcDataAccess): CallResult {
  record.held = true
  if (find.kind === 'error') throw errorOf(find.error)
  const { answer } = find
  record.status = answer.status
  record.correlationId = answer.correlationId
  const reading = find.take()
  reading.meta.held = true
  return reading
}
