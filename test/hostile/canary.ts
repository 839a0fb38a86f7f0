import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Canary {
  url: string
  /** Requests received: one is one too many. */
  visits: string[]
  close(): Promise<void>
}

/** A host that no redirect, header or key address may ever make our server contact. */
export async function startCanary(): Promise<Canary> {
  const visits: string[] = []
  const server = createServer((request, response) => {
    visits.push(`${request.method} ${request.url}`)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"keys":[]}')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    visits,
    close: () => new Promise((closed) => server.close(() => closed()))
  }
}
