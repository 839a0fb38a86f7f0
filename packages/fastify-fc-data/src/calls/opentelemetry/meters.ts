import {
  type Attributes,
  context,
  type Gauge,
  type Histogram,
  type Meter,
  type MeterProvider,
  metrics,
  type Span,
  SpanStatusCode,
  type TracerProvider,
  trace
} from '@opentelemetry/api'

export type { MeterProvider, Span, TracerProvider } from '@opentelemetry/api'

/** Seconds: a call ends within twice the option `timeout`, half a minute by default. */
const seconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30]
/** Seconds of a token's sixty. */
const life = [2, 5, 10, 20, 30, 40, 50, 55, 60]

interface Instruments {
  /** By `api`, `provider`, `held`, and `error.type` where it failed. */
  calls: Histogram
  /** By `api`: 0 closed, 1 trying, 2 open. */
  circuits: Gauge
  /** By `api`. */
  tokens: Histogram
}

export function instrumentsOf(meter: Meter): Instruments {
  const buckets = (explicitBucketBoundaries: number[]) => ({ unit: 's', advice: { explicitBucketBoundaries } })
  return {
    calls: meter.createHistogram('fc_data.call.duration', {
      description: 'Calls of request.fcData, those that a held answer serves included',
      ...buckets(seconds)
    }),
    circuits: meter.createGauge('fc_data.circuit.state', {
      description: 'Circuit of an API: 0 closed, 1 one call tries, 2 open; nothing until it first opens'
    }),
    tokens: meter.createHistogram('fc_data.token.left', {
      description: 'What FranceConnect’s token had left to live when a call took it',
      ...buckets(life)
    })
  }
}

/** The one door to @opentelemetry/api. */
export interface Meters {
  setTracerProvider(provider: TracerProvider): void
  setMeterProvider(provider: MeterProvider): void
  start(name: string, attributes: Attributes): Span
  /** Runs a function with the span active. */
  inside<T>(span: Span, run: () => T): T
  /** Says what a span failed by; `broken`: somebody must look. */
  failed(span: Span, type: string, broken: boolean): void
  /** Made again when the meter provider is another: the API's global one may come after the listener. */
  instruments(): Instruments
}

export function metersOf(name: string, version: string, make: (meter: Meter) => Instruments): Meters {
  let tracers: TracerProvider | null = null
  let given: MeterProvider | null = null
  let made: { by: MeterProvider; instruments: Instruments } | null = null
  return {
    setTracerProvider(provider) {
      tracers = provider
    },
    setMeterProvider(provider) {
      given = provider
    },
    start: (span, attributes) => (tracers ?? trace).getTracer(name, version).startSpan(span, { attributes }),
    inside: (span, run) => context.with(trace.setSpan(context.active(), span), run),
    failed(span, type, broken) {
      span.setAttribute('error.type', type)
      if (broken) span.setStatus({ code: SpanStatusCode.ERROR, message: type })
    },
    instruments() {
      const by = given ?? metrics.getMeterProvider()
      if (made?.by !== by) made = { by, instruments: make(by.getMeter(name, version)) }
      return made.instruments
    }
  }
}
