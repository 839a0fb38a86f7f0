import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'

export type Answering = (request: IncomingMessage, response: ServerResponse) => unknown

/** A data provider on a real socket, whose every answer the test writes. */
export interface Host {
  url: string
  /** Requests received, the ones for its own token (`POST /token`) apart. */
  seen: IncomingMessage[]
  /** Milliseconds since the epoch at which each came. */
  at: number[]
  tokens: number
  answers(next: Answering): void
  answersToken(next: Answering): void
  close(): void
}

export function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

/** Answers these in turn, then the last one for ever. */
export function inTurn(...answers: Answering[]): Answering {
  return (request, response) => (answers.length > 1 ? answers.shift()! : answers[0]!)(request, response)
}

export async function startHost(t: Test, tls?: { key: string; cert: string }): Promise<Host> {
  let answering: Answering = (_, response) => json(response, 200, {})
  let answeringToken: Answering = (_, response) => json(response, 200, { access_token: 'passerelle', expires_in: 3600 })
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    request.resume()
    if (request.url?.startsWith('/token')) {
      host.tokens++
      return answeringToken(request, response)
    }
    host.seen.push(request)
    host.at.push(Date.now())
    return answering(request, response)
  }
  const server = tls ? createTlsServer(tls, listener) : createServer(listener)
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const host: Host = {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: [],
    at: [],
    tokens: 0,
    answers: (next) => {
      answering = next
    },
    answersToken: (next) => {
      answeringToken = next
    },
    close: () => void server.close().closeAllConnections()
  }
  t.teardown(() => host.close())
  return host
}
