import { HttpFailure } from '../errors.ts'
import type { Exchange } from './exchange.ts'
import { http, https } from './node-http.ts'

interface Outgoing {
  method: string
  origin: string
  path: string
  headers: Record<string, string>
  body: string | null
}

/**
 * One exchange on a connection of its own, closed after it: what heals a kept connection that the other side had left,
 * and an unsolicited `100 Continue` (RFC 9110 §15.2), for which undici closes the connection.
 */
export function dispatchAlone({ method, origin, path, headers, body }: Outgoing, exchange: Exchange): void {
  const { protocol, hostname, port } = new URL(origin)
  const { request: send } = protocol === 'https:' ? https : http
  const host = hostname.replace(/^\[|\]$/g, '')
  const length = body === null ? {} : { 'content-length': Buffer.byteLength(body) }
  const options = { method, host, port, path, headers: { ...headers, ...length }, agent: false, timeout: 5000 }
  const outgoing = send(options, (incoming) => {
    outgoing.setTimeout(0)
    exchange.onResponseStart(control, incoming.statusCode ?? 0, incoming.headers)
    incoming.on('data', (chunk: Buffer) => exchange.onResponseData(control, chunk))
    incoming.on('end', () => incoming.complete && exchange.onResponseEnd())
    incoming.on('error', (error) => exchange.onResponseError(control, error))
  })
  const control = { abort: (reason: Error) => void outgoing.destroy(reason) }
  outgoing.on('socket', (socket) => socket.once('connect', () => outgoing.setTimeout(0)))
  outgoing.on('timeout', () => outgoing.destroy(Object.assign(new Error('no connection'), { code: 'ETIMEDOUT' })))
  outgoing.on('upgrade', (_, socket) => {
    socket.destroy()
    exchange.fail(new HttpFailure('malformed', '101', 101))
  })
  outgoing.on('error', (error) => exchange.onResponseError(control, error))
  exchange.onRequestStart(control)
  outgoing.end(body)
}
