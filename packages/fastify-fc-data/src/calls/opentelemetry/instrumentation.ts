import { createRequire } from 'node:module'
import { watchCalls } from './calls.ts'
import { watchCircuits } from './circuits.ts'
import { instrumentsOf, type MeterProvider, type Meters, metersOf, type TracerProvider } from './meters.ts'

const { name, version } = createRequire(import.meta.url)('fastify-fc-data/package.json') as {
  name: string
  version: string
}

/** What `registerInstrumentations` and NodeSDK take in their `instrumentations`, and what may be used without them. */
export interface FcDataInstrumentation {
  readonly instrumentationName: string
  readonly instrumentationVersion: string
  /** Begins, or begins again. */
  enable(): void
  disable(): void
  setTracerProvider(provider: TracerProvider): void
  setMeterProvider(provider: MeterProvider): void
  getConfig(): { enabled: boolean }
  setConfig(config: { enabled?: boolean }): void
}

/**
 * A span for each call of `request.fcData`, and metrics of all, for OpenTelemetry: a listener of this package's
 * diagnostics channels, which needs @opentelemetry/api alone. Enabled once it is made; the providers are the global ones
 * until others are given. Nothing in a span or a metric is a token, a parameter or a citizen's datum.
 */
export function createFcDataInstrumentation(): FcDataInstrumentation {
  const meters: Meters = metersOf(name, version, instrumentsOf)
  let stops: (() => void)[] = []

  function enable(): void {
    if (stops.length === 0) stops = [watchCalls(meters), watchCircuits(meters)]
  }

  function disable(): void {
    for (const stop of stops) stop()
    stops = []
  }

  enable()
  return {
    instrumentationName: name,
    instrumentationVersion: version,
    enable,
    disable,
    setTracerProvider: meters.setTracerProvider,
    setMeterProvider: meters.setMeterProvider,
    getConfig: () => ({ enabled: stops.length > 0 }),
    setConfig({ enabled = true }) {
      if (enabled) enable()
      else disable()
    }
  }
}
