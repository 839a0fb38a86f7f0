import { channel } from 'node:diagnostics_channel'
import type { CircuitState } from './circuit.ts'

/** Name of the channel (`node:diagnostics_channel`) of the circuits: one message for each state that follows another. */
export const circuitChannelName = 'fastify-fc-data:circuit'

/** What subscribers get. */
export interface FcDataCircuit {
  api: string
  provider: string
  state: CircuitState
}

const circuits = channel(circuitChannelName)

export function publishCircuit(message: FcDataCircuit): void {
  if (circuits.hasSubscribers) circuits.publish(message)
}
