import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** One request of a browser to the sandbox's own pages, and its answer. */
export interface Visit {
  request: IncomingMessage
  response: ServerResponse
  /** Path under the issuer, such as `/authorize`, in lower case and without a trailing slash. */
  path: string
  /** Whether it was asked in these very letters: FranceConnect answers others too, and does less then. */
  exact: boolean
  query: URLSearchParams
}

/** One cookie of the request. */
export function cookieOf(request: IncomingMessage, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === name) return value
  }
  return undefined
}

/** Sends a cookie, instead of one of the same name that this answer had already. */
export function addCookie(response: ServerResponse, cookie: string): void {
  const name = cookie.slice(0, cookie.indexOf('=') + 1)
  const others = [response.getHeader('set-cookie') ?? []].flat().filter((other) => !String(other).startsWith(name))
  response.setHeader('set-cookie', [...others.map(String), cookie])
}

/** Has the browser forget a cookie. */
export const clearedCookie = (name: string, path: string): string =>
  `${name}=; Path=${path}; Expires=Thu, 01 Jan 1970 00:00:00 GMT`

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

/** Sends a page. Some of FranceConnect's errors leave without `no-store`, or under another type than the page's. */
export function sendPage(
  response: ServerResponse,
  status: number,
  page: string,
  { type = 'text/html', stored = false }: { type?: string; stored?: boolean } = {}
): void {
  response.statusCode = status
  response.setHeader('content-type', `${type}; charset=utf-8`)
  if (!stored) response.setHeader('cache-control', 'no-store')
  response.setHeader('content-security-policy', contentSecurityPolicy(page))
  response.end(page)
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(JSON.stringify(body))
}

const reasons = { 301: 'Moved Permanently', 302: 'Found', 303: 'See Other' } as const

/** Redirects, with the line for a person that FranceConnect's server adds in the form that the browser accepts. */
export function redirect({ request, response }: Visit, status: keyof typeof reasons, location: string): void {
  const { type, text } = redirection(request.headers.accept, status, location)
  response.statusCode = status
  response.setHeader('location', location)
  response.setHeader('cache-control', 'no-store')
  response.setHeader('vary', 'Accept')
  response.setHeader('content-type', `${type}; charset=utf-8`)
  response.end(text)
}

export function redirection(accept = '*/*', status: keyof typeof reasons, location: string) {
  const line = `${reasons[status]}. Redirecting to ${location}`
  const escaped = line.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
  return accept.includes('text/html')
    ? { type: 'text/html', text: `<p>${escaped}</p>` }
    : { type: 'text/plain', text: line }
}
