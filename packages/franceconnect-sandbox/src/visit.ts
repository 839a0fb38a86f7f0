import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** One request of a browser to the sandbox's own pages, and its answer. */
export interface Visit {
  request: IncomingMessage
  response: ServerResponse
  /** Path under the issuer, such as `/authorize`. */
  path: string
  query: URLSearchParams
}

const bodyLimit = 100_000

/** The body of a request; too long a one ends the connection. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length > bodyLimit) {
      request.destroy()
      break
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The fields of a form sent by a page. */
export async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams((await bodyOf(request)).toString('utf8'))
}

/** One cookie of the request. */
export function cookieOf(request: IncomingMessage, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === name) return value
  }
  return undefined
}

export function addCookie(response: ServerResponse, cookie: string): void {
  response.appendHeader('set-cookie', cookie)
}

/** The headers that FranceConnect sends with everything, those that only https allows left out. */
export function secureHeaders(response: ServerResponse): void {
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  response.setHeader('origin-agent-cluster', '?1')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('x-dns-prefetch-control', 'off')
  response.setHeader('x-download-options', 'noopen')
  response.setHeader('x-frame-options', 'SAMEORIGIN')
  response.setHeader('x-permitted-cross-domain-policies', 'none')
  response.setHeader('x-xss-protection', '0')
  response.setHeader('content-security-policy', contentSecurityPolicy(''))
}

const hashes = (text: string, element: string): string =>
  [...text.matchAll(new RegExp(`<${element}>([\\s\\S]*?)</${element}>`, 'g'))]
    .map(([, inline]) => ` 'sha256-${createHash('sha256').update(inline!).digest('base64')}'`)
    .join('')

/** Allows what this very page carries inline, and nothing from elsewhere. */
export function contentSecurityPolicy(page: string): string {
  return [
    "default-src 'self'",
    `script-src 'self'${hashes(page, 'script')}`,
    `style-src 'self'${hashes(page, 'style')}`,
    "img-src 'self' data:",
    "base-uri 'self'",
    "frame-ancestors 'self'",
    "object-src 'none'",
    "script-src-attr 'none'"
  ].join(';')
}

export function sendPage(response: ServerResponse, status: number, page: string, type = 'text/html'): void {
  response.statusCode = status
  response.setHeader('content-type', `${type}; charset=utf-8`)
  response.setHeader('cache-control', 'no-store')
  response.setHeader('content-security-policy', contentSecurityPolicy(page))
  response.end(page)
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(JSON.stringify(body))
}

export function redirect(response: ServerResponse, status: 302 | 303, location: string): void {
  response.statusCode = status
  response.setHeader('location', location)
  response.setHeader('cache-control', 'no-store')
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end()
}
