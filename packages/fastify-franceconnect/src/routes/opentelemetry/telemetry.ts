import {
  type Attributes,
  context,
  type Meter,
  type MeterProvider,
  metrics,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TracerProvider,
  trace
} from '@opentelemetry/api'

export type { Attributes, Counter, Histogram, Meter, MeterProvider, Span, TracerProvider } from '@opentelemetry/api'

/** The one door to @opentelemetry/api: spans and instruments of the providers given, else of the global ones. */
export interface Telemetry<Instruments> {
  setTracerProvider(provider: TracerProvider): void
  setMeterProvider(provider: MeterProvider): void
  /** Starts a span under the active one. `outgoing`: what it covers is an exchange with somebody else. */
  start(name: string, outgoing: boolean, attributes: Attributes): Span
  /** Runs a function with the span active: what it does is under it. */
  inside<T>(span: Span, run: () => T): T
  /** The span that is active. */
  active(): Span | undefined
  /** Says what a span failed by; `broken`: somebody must look. */
  failed(span: Span, type: string, broken: boolean): void
  /** Made again when the meter provider is another: the API's global one may come after the listener. */
  instruments(): Instruments
}

export function createTelemetry<Instruments>(
  name: string,
  version: string,
  make: (meter: Meter) => Instruments
): Telemetry<Instruments> {
  let tracerProvider: TracerProvider | null = null
  let meterProvider: MeterProvider | null = null
  let made: { by: MeterProvider; instruments: Instruments } | null = null
  return {
    setTracerProvider(provider) {
      tracerProvider = provider
    },
    setMeterProvider(provider) {
      meterProvider = provider
    },
    start(span, outgoing, attributes) {
      const tracer = (tracerProvider ?? trace).getTracer(name, version)
      return tracer.startSpan(span, { kind: outgoing ? SpanKind.CLIENT : SpanKind.INTERNAL, attributes })
    },
    inside: (span, run) => context.with(trace.setSpan(context.active(), span), run),
    active: () => trace.getActiveSpan(),
    failed(span, type, broken) {
      span.setAttribute('error.type', type)
      if (broken) span.setStatus({ code: SpanStatusCode.ERROR, message: type })
    },
    instruments() {
      const by = meterProvider ?? metrics.getMeterProvider()
      if (made?.by !== by) made = { by, instruments: make(by.getMeter(name, version)) }
      return made.instruments
    }
  }
}
