import fastifyOtel from '@fastify/otel'
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import { createFcDataInstrumentation } from 'fastify-fc-data/opentelemetry'
import { createFranceConnectInstrumentation } from 'fastify-franceconnect/opentelemetry'

const withoutQuery = (url = '') => url.replace(/\?.*$/, '')

/** A real SDK whose spans stay in memory, set up as the recipe does; to be imported before Fastify. */
export const exporter = new InMemorySpanExporter()
const tracers = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
tracers.register()
const reader = new PrometheusExporter({ preventServerStart: true })
const meters = new MeterProvider({ readers: [reader] })

/** Ports of servers that are no service of ours: what they are asked is not looked at. */
export const foreign = new Set<number>()

const fastify = new fastifyOtel.FastifyOtelInstrumentation({
  registerOnInitialization: true,
  requestHook: (span, { url }) => void span.setAttribute('url.path', withoutQuery(url))
})
const http = new HttpInstrumentation({
  disableOutgoingRequestInstrumentation: true,
  ignoreIncomingRequestHook: ({ socket }) => foreign.has(socket.localPort ?? 0),
  startIncomingSpanHook: ({ url = '' }) =>
    url.startsWith('/franceconnect/')
      ? { 'url.query': '', 'http.target': withoutQuery(url), 'http.url': withoutQuery(url) }
      : {}
})
for (const instrumentation of [http, fastify]) instrumentation.setTracerProvider(tracers)

/** Those of the packages, given their providers as `registerInstrumentations` and NodeSDK do. */
export const own = [createFranceConnectInstrumentation(), createFcDataInstrumentation()]
for (const instrumentation of own) {
  instrumentation.setTracerProvider(tracers)
  instrumentation.setMeterProvider(meters)
}

/** The metrics as Prometheus scrapes them. */
export async function scrape(): Promise<string> {
  const { resourceMetrics } = await reader.collect()
  return new PrometheusSerializer().serialize(resourceMetrics)
}
