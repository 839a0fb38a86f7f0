import { tracingChannel } from 'node:diagnostics_channel'
import type { FcProviderAccess } from './record.ts'

/** Name of the tracing channel (`node:diagnostics_channel`) of the accesses. */
export const channelName = 'fastify-fc-provider:access'

/** What subscribers get: the record, being filled until the answer has left; `error` when the access was refused. */
export interface FcProviderTrace {
  access: FcProviderAccess
  error?: unknown
}

/** Costs nothing while nobody listens. */
export const channel = tracingChannel<unknown, FcProviderTrace>(channelName)
