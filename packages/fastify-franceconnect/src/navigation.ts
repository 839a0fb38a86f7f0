import type { FastifyRequest } from 'fastify'

/** A page opened by a browser: GET or HEAD, with Sec-Fetch-Mode `navigate` or, without it, an Accept naming text/html. */
export function isNavigation(request: FastifyRequest): boolean {
  return (request.method === 'GET' || request.method === 'HEAD') && isBrowserPage(request)
}

/** The same whatever the method: a form sent by a browser too. */
export function isBrowserPage({ headers }: FastifyRequest): boolean {
  const mode = headers['sec-fetch-mode']
  return mode === undefined ? (headers.accept ?? '').includes('text/html') : mode === 'navigate'
}

/** A page fetched before anybody asked for it. */
export function isPrefetch({ headers }: FastifyRequest): boolean {
  return [headers['sec-purpose'], headers['purpose'], headers['x-purpose'], headers['x-moz']].some(
    (value) => typeof value === 'string' && /prefetch|preview|prerender/i.test(value)
  )
}

/** Whether another site sent the browser here (Fetch Metadata; Origin for browsers without it). */
export function isFromElsewhere({ headers }: FastifyRequest, baseUrl: string): boolean {
  const { origin } = headers
  const site = headers['sec-fetch-site']
  if (site === 'cross-site') return true
  // a page with Referrer-Policy: no-referrer posts its own forms with Origin: null
  if (origin === undefined || (origin === 'null' && site === 'same-origin')) return false
  return origin !== new URL(baseUrl).origin
}
