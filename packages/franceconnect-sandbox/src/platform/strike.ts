import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Fault } from '../levers/faults.ts'

const texts: Partial<Record<Fault['kind'], [status: number, type: string, body: string]>> = {
  'rate-limit': [429, 'application/json', '{"error":"too_many_requests"}'],
  maintenance: [503, 'text/html; charset=utf-8', '<!doctype html><title>Maintenance</title>'],
  'gateway-timeout': [504, 'text/html; charset=utf-8', '<!doctype html><title>504 Gateway Time-out</title>'],
  'broken-json': [200, 'application/json', '{"access_token":'],
  html: [200, 'text/html; charset=utf-8', '<!doctype html><title>Une page</title>'],
  empty: [200, 'application/json', '']
}

/** Has a fault of FranceConnect strike a request. False when the request is to be answered as usual. */
export async function strike(
  fault: Fault | undefined,
  request: IncomingMessage,
  response: ServerResponse
): Promise<boolean> {
  if (!fault) return false
  if (fault.kind === 'slow') {
    await wait(fault.delay ?? 2000, undefined, { ref: false })
    return response.destroyed
  }
  if (fault.kind === 'hang') return true
  if (fault.kind === 'down') {
    request.socket.destroy()
    return true
  }
  if (fault.kind === 'redirect') {
    response.statusCode = 302
    response.setHeader('location', 'https://redirection.invalid/')
    response.end()
    return true
  }
  const [status, type, body] = texts[fault.kind] ?? [
    fault.status ?? 500,
    'text/plain; charset=utf-8',
    'Internal Server Error'
  ]
  response.statusCode = status
  response.setHeader('content-type', type)
  if (fault.retryAfter !== undefined) response.setHeader('retry-after', String(fault.retryAfter))
  response.end(body)
  return true
}
