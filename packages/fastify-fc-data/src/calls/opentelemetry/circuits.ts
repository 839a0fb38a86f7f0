import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { circuitChannelName, type FcDataCircuit } from '../../waiting/circuit-channel.ts'
import type { Meters } from './meters.ts'

const values = { closed: 0, trying: 1, open: 2 }

/** The state of each circuit that has ever opened. Gives what stops it. */
export function watchCircuits(meters: Meters): () => void {
  const listener = (message: unknown) => {
    const { api, provider, state } = message as FcDataCircuit
    meters.instruments().circuits.record(values[state], { api, provider })
  }
  subscribe(circuitChannelName, listener)
  return () => void unsubscribe(circuitChannelName, listener)
}
