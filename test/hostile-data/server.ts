import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'

export type Fault = (response: ServerResponse, request: IncomingMessage) => void

/** A data API that misbehaves on demand. */
export interface HostileServer {
  url: string
  /** `GET /path?query`, in the order received. */
  calls: string[]
  fault(next: Fault): void
}

export const GOOD = '{"sub":"honest","total":464}'

export const honest: Fault = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(GOOD)
}

export async function startHostile(t: Test): Promise<HostileServer> {
  let fault = honest
  const calls: string[] = []
  const server = createServer({ maxHeaderSize: 1024 * 1024 }, (request, response) => {
    calls.push(`${request.method} ${request.url}`)
    response.on('error', () => undefined)
    fault(response, request)
  })
  server.on('clientError', (_, socket) => socket.destroy())
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.teardown(() => void server.close().closeAllConnections())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    fault: (next) => {
      fault = next
    }
  }
}
