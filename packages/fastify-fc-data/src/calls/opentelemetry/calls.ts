import { tracingChannel } from 'node:diagnostics_channel'
import { isFcDataError } from '../../errors.ts'
import { channelName, type FcDataTrace } from '../trace.ts'
import type { Meters, Span } from './meters.ts'

/** A span, a duration and the token's remaining life for each call. Gives what stops it. */
export function watchCalls(meters: Meters): () => void {
  const underWay = new WeakMap<FcDataTrace, Span>()
  const channel = tracingChannel<unknown, FcDataTrace>(channelName)

  const listeners = {
    start(trace: FcDataTrace) {
      const { access, within } = trace
      const span = meters.start(`fcData ${access.api}`, {
        'fc_data.api': access.api,
        'fc_data.provider': access.provider
      })
      underWay.set(trace, span)
      trace.within = (run) => {
        const inside = () => meters.inside(span, run)
        return within === undefined ? inside() : within(inside)
      }
    },
    asyncEnd(trace: FcDataTrace) {
      const span = underWay.get(trace)
      if (span === undefined) return
      const { api, provider, code, held, status, correlationId, duration, tokenLeft } = trace.access
      span.setAttribute('fc_data.held', held)
      if (status !== null) span.setAttribute('http.response.status_code', status)
      if (correlationId !== null) span.setAttribute('fc_data.correlation_id', correlationId)
      if (tokenLeft !== null) span.setAttribute('fc_data.token_left', tokenLeft / 1000)
      if (code !== null) meters.failed(span, code, isBroken(trace.error))
      span.end()
      const { calls, tokens } = meters.instruments()
      calls.record(duration / 1000, { api, provider, held, ...(code === null ? {} : { 'error.type': code }) })
      if (tokenLeft !== null) tokens.record(tokenLeft / 1000, { api })
    },
    end() {},
    asyncStart() {},
    error() {}
  }
  channel.subscribe(listeners)
  return () => void channel.unsubscribe(listeners)
}

function isBroken(error: unknown): boolean {
  return isFcDataError(error) && (error.statusCode ?? 500) >= 500
}
