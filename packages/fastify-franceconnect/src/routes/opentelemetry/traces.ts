import { tracingChannel } from 'node:diagnostics_channel'
import { type LoginStepTrace, stepsChannel } from '../../protocol/steps.ts'
import type { Instruments } from './instruments.ts'
import type { Span, Telemetry } from './telemetry.ts'

/** A span and a duration for each step; what a step does is under its span. Gives what stops it. */
export function traceSteps(telemetry: Telemetry<Instruments>): () => void {
  const underWay = new WeakMap<LoginStepTrace, { span: Span; started: number }>()
  const channel = tracingChannel<unknown, LoginStepTrace>(stepsChannel)

  const listeners = {
    start(trace: LoginStepTrace) {
      const { step, platform, within } = trace
      const outgoing = step === 'token' || step === 'userinfo'
      const span = telemetry.start(`franceconnect.${step}`, outgoing, { 'franceconnect.platform': platform })
      underWay.set(trace, { span, started: performance.now() })
      trace.within = (run) => {
        const inside = () => telemetry.inside(span, run)
        return within === undefined ? inside() : within(inside)
      }
    },
    asyncEnd(trace: LoginStepTrace) {
      const begun = underWay.get(trace)
      if (begun === undefined) return
      const { span, started } = begun
      const { step, platform, status, code, error } = trace
      if (status !== undefined) span.setAttribute('http.response.status_code', status)
      if (code !== null) telemetry.failed(span, code, isBroken(error))
      span.end()
      const seconds = (performance.now() - started) / 1000
      telemetry
        .instruments()
        .steps.record(seconds, { step, platform, ...(code === null ? {} : { 'error.type': code }) })
    },
    end() {},
    asyncStart() {},
    error() {}
  }
  channel.subscribe(listeners)
  return () => void channel.unsubscribe(listeners)
}

function isBroken(error: unknown): boolean {
  const { statusCode, code } = (error ?? {}) as { statusCode?: number; code?: unknown }
  return (statusCode ?? 0) >= 500 || code === 'FST_FC_PROVIDER_ERROR'
}
