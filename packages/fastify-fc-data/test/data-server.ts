import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'

/** A request that reached the data provider. */
export interface SeenCall {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: string
}

export type Answering = (request: IncomingMessage, response: ServerResponse, call: SeenCall) => unknown

/** An HTTP server that stands where a data provider does; what it answers is set by the test. */
export interface DataServer {
  url: string
  /** Calls received, the ones for its own token (`POST /token`) apart. */
  calls: SeenCall[]
  tokenCalls: SeenCall[]
  answer(answering: Answering): void
  answerToken(answering: Answering): void
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {}
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += chunk
  return body
}

export async function startDataServer(t: Test): Promise<DataServer> {
  let answering: Answering = (_, response) => json(response, 200, {})
  let answeringToken: Answering = (_, response) =>
    json(response, 200, { access_token: 'gateway-token-1', expires_in: 3600 })
  const calls: SeenCall[] = []
  const tokenCalls: SeenCall[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const call = { method, url, headers, body: await bodyOf(request) }
    const isToken = method === 'POST' && url.startsWith('/token')
    const list = isToken ? tokenCalls : calls
    list.push(call)
    await (isToken ? answeringToken : answering)(request, response, call)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    tokenCalls,
    answer: (next) => {
      answering = next
    },
    answerToken: (next) => {
      answeringToken = next
    }
  }
}
