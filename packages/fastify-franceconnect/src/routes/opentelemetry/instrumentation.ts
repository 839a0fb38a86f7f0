import { createRequire } from 'node:module'
import { instrumentsOf } from './instruments.ts'
import { countLogins } from './logins.ts'
import { createTelemetry, type MeterProvider, type TracerProvider } from './telemetry.ts'
import { traceSteps } from './traces.ts'

const { name, version } = createRequire(import.meta.url)('fastify-franceconnect/package.json') as {
  name: string
  version: string
}

/** What `registerInstrumentations` and NodeSDK take in their `instrumentations`, and what may be used without them. */
export interface FranceConnectInstrumentation {
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
 * Spans of each login and metrics of all, for OpenTelemetry: a listener of this package's diagnostics channels, which
 * needs @opentelemetry/api alone. Enabled once it is made; the providers are the global ones until others are given.
 * Nothing in a span or a metric is a token, a code, a state or a citizen's datum.
 */
export function createFranceConnectInstrumentation(): FranceConnectInstrumentation {
  const telemetry = createTelemetry(name, version, instrumentsOf)
  let stop: (() => void) | null = null

  function enable(): void {
    if (stop !== null) return
    const stops = [traceSteps(telemetry), countLogins(telemetry)]
    stop = () => {
      for (const one of stops) one()
    }
  }

  function disable(): void {
    stop?.()
    stop = null
  }

  enable()
  return {
    instrumentationName: name,
    instrumentationVersion: version,
    enable,
    disable,
    setTracerProvider: telemetry.setTracerProvider,
    setMeterProvider: telemetry.setMeterProvider,
    getConfig: () => ({ enabled: stop !== null }),
    setConfig({ enabled = true }) {
      if (enabled) enable()
      else disable()
    }
  }
}
