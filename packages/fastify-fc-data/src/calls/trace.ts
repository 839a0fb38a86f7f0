import { tracingChannel } from 'node:diagnostics_channel'
import type { FastifyBaseLogger } from 'fastify'
import type { FcDataErrorCode } from '../errors.ts'

/** One call of `request.fcData`, for the service's own trace log. Neither data, nor parameters, nor token. */
export interface FcDataAccess {
  at: Date
  api: string
  provider: string
  /** Keyed hash of FranceConnect's `sub`: the same citizen, without their identifier. `null` when nobody is logged in. */
  subject: string | null
  /** HTTP status of the provider, `null` when it answered nothing. */
  status: number | null
  /** The error's code, `null` when data was handed over. */
  code: FcDataErrorCode | 'ABORTED' | null
  /** Milliseconds. */
  duration: number
  correlationId: string | null
  /** True when the answer was held: nothing left the server. */
  held: boolean
  /** Milliseconds that FranceConnect's token had left when the call took it, `null` when it took none. */
  tokenLeft: number | null
}

/** Name of the tracing channel (`node:diagnostics_channel`) of the calls. */
export const channelName = 'fastify-fc-data:call'

/** What subscribers get: the record, being filled until the call ends; `error` when it failed. */
export interface FcDataTrace {
  access: FcDataAccess
  /** Set by a subscriber of `start`: what the call runs inside, an active span say. */
  within?: (<T>(run: () => Promise<T>) => Promise<T>) | undefined
  error?: unknown
}

const channel = tracingChannel<unknown, FcDataTrace>(channelName)

/** True when somebody listens to the channel. */
export function isTraced(): boolean {
  return channel.hasSubscribers
}

/** Runs a call under its trace. What the call returns is not shown. */
export async function traced<T>(access: FcDataAccess, call: () => Promise<T>): Promise<T> {
  let result: { value: T } | undefined
  const trace: FcDataTrace = { access }
  const whole = async () => {
    result = { value: await call() }
  }
  await channel.tracePromise(() => (trace.within ? trace.within(whole) : whole()), trace)
  return result!.value
}

/** Hands a finished record to the log and to the service. What `onAccess` throws is logged by its name. */
export function report(
  record: FcDataAccess,
  log: FastifyBaseLogger,
  onAccess: ((record: FcDataAccess) => unknown) | null
): void {
  const { api, provider, status, code, duration, correlationId, held } = record
  // an error that was kept is shown again at each page: it was warned of when it came
  log[code === null || held ? 'info' : 'warn']({ api, provider, status, code, duration, correlationId, held }, 'fcData')
  if (!onAccess) return
  const complain = (error: unknown) => log.error({ error: (error as Error | null)?.name }, 'fcData: onAccess failed')
  try {
    Promise.resolve(onAccess(record)).catch(complain)
  } catch (error) {
    complain(error)
  }
}
