import diagnostics from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

/** Every address that this process tries to reach, TCP and name look-ups alike. */
export class SocketWatch {
  readonly reached = new Set<string>()
  readonly #listener = (message: unknown): void => {
    const { socket } = message as { socket: Socket }
    socket.on('connectionAttempt', (ip: string, port: number) => this.reached.add(`${ip}:${port}`))
    socket.on('lookup', (_error, _address, _family, host) => host && this.reached.add(`name ${host}`))
  }

  constructor() {
    diagnostics.subscribe('net.client.socket', this.#listener)
  }

  /** What was reached and is not on the list of local ports. */
  strangers(ports: number[]): string[] {
    const allowed = new Set(ports.map((port) => `127.0.0.1:${port}`))
    return [...this.reached].filter((address) => !allowed.has(address))
  }

  stop(): void {
    diagnostics.unsubscribe('net.client.socket', this.#listener)
  }
}
