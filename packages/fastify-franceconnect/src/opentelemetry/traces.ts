import { tracingChannel } from 'node:diagnostics_channel'
import { type LoginStepTrace, stepsChannel } from '../protocol/steps.ts'
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
      const { step, platform, status, error } = trace
      if (status !== undefined) span.setAttribute('http.response.status_code', status)
      const type = error === undefined ? null : typeOf(error)
      if (type !== null) telemetry.failed(span, type, isBroken(error))
      span.end()
      const seconds = (performance.now() - started) / 1000
      telemetry
        .instruments()
        .steps.record(seconds, { step, platform, ...(type === null ? {} : { 'error.type': type }) })
    },
    end() {},
    asyncStart() {},
    error() {}
  }
  channel.subscribe(listeners)
  return () => void channel.unsubscribe(listeners)
}

/** The code of an error of the table; another error is the application's own, and may hold anything. */
function typeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && code.startsWith('FST_FC_') ? code : 'onLogin'
}

function isBroken(error: unknown): boolean {
  const { statusCode, code } = (error ?? {}) as { statusCode?: number; code?: unknown }
  return (statusCode ?? 0) >= 500 || code === 'FST_FC_PROVIDER_ERROR'
}
