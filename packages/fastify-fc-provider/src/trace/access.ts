import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Matching } from 'franceconnect-protocol/identity'
import type { FcProviderError } from '../errors.ts'
import type { Identity } from '../identity/identity.ts'
import { channel, type FcProviderTrace } from './channel.ts'
import type { FcProviderAccess } from './record.ts'

export type { FcProviderAccess } from './record.ts'

/** The record of one access, being filled. */
export interface Access {
  asked(about: { recipient: string | null }): void
  verified(
    caller: { consumer: string; consumerName: string | null; sub: string; identity: Identity },
    held: boolean
  ): void
  granted(scopes: readonly string[]): void
  fail(error: FcProviderError): void
  finish(): void
}

export interface Trace {
  begin(request: FastifyRequest, reply: FastifyReply): Access
  /** Notes what `matchOne` found, on the access whose identity it was. */
  matched(identity: object, matching: Matching<unknown>): void
}

export interface TraceDoors {
  /** Keyed hash of a `sub`. */
  hash(sub: string): string
  onAccess: ((record: FcProviderAccess) => unknown) | undefined
}

export function createTrace({ hash, onAccess }: TraceDoors): Trace {
  const byIdentity = new WeakMap<object, FcProviderAccess>()

  function begin(request: FastifyRequest, reply: FastifyReply): Access {
    const started = performance.now()
    const record = emptyRecord(request)
    const traced: FcProviderTrace = { access: record }
    let granted: readonly string[] = []
    let finished = false
    if (channel.hasSubscribers) channel.start.publish(traced)

    const access: Access = {
      asked({ recipient }) {
        record.recipient = recipient
      },
      verified({ consumer, consumerName, sub, identity }, held) {
        Object.assign(record, { consumer, consumerName, subject: hash(sub), held })
        byIdentity.set(identity, record)
      },
      granted(scopes) {
        granted = [...new Set([...granted, ...scopes])]
      },
      fail(error) {
        record.code = error.code
        traced.error = error
        if (channel.hasSubscribers) channel.error.publish(traced)
      },
      finish() {
        if (finished) return
        finished = true
        const left = !reply.raw.writableEnded
        record.status = left ? null : reply.raw.statusCode
        if (left) record.code = 'ABORTED'
        if (record.status !== null && record.status < 400) record.scopes = granted
        record.duration = performance.now() - started
        report(record, request, onAccess)
        if (channel.hasSubscribers) channel.asyncEnd.publish(traced)
      }
    }
    reply.raw.once('close', access.finish)
    return access
  }

  return {
    begin,
    matched(identity, { outcome, differed, candidates }) {
      const record = byIdentity.get(identity)
      if (record) record.matching = { outcome, differed, candidates }
    }
  }
}

function emptyRecord(request: FastifyRequest): FcProviderAccess {
  return {
    at: new Date(),
    method: request.method,
    api: request.routeOptions.url ?? '',
    consumer: null,
    consumerName: null,
    recipient: null,
    scopes: [],
    subject: null,
    status: null,
    code: null,
    duration: 0,
    requestId: request.id,
    held: false,
    matching: null
  }
}

/** Hands a finished record to the log and to the application. What `onAccess` throws is logged by its name. */
function report(record: FcProviderAccess, { log }: FastifyRequest, onAccess: TraceDoors['onAccess']): void {
  const { at: _, requestId: __, ...shown } = record
  log[record.code === null ? 'info' : 'warn'](shown, 'fcProvider')
  if (!onAccess) return
  const complain = (error: unknown) =>
    log.error({ error: (error as Error | null)?.name }, 'fcProvider: onAccess failed')
  try {
    Promise.resolve(onAccess(record)).catch(complain)
  } catch (error) {
    complain(error)
  }
}
