import type { IncomingHttpHeaders } from 'node:http'

/** What is read of a request to tell who made it. A Fastify request is one. */
export interface Asked {
  readonly method: string
  readonly headers: IncomingHttpHeaders
}

/** A header's text; empty when it is missing. */
export function headerOf({ headers }: Asked, name: string): string {
  const value = headers[name]
  return typeof value === 'string' ? value : ''
}

/** Whether an `Accept` names HTML, and not to refuse it (`q=0`). */
export function acceptsHtml(asked: Asked): boolean {
  return headerOf(asked, 'accept')
    .split(',')
    .some((range) => /^\s*text\/html\s*(;|$)/i.test(range) && !/;\s*q=0(\.0*)?\s*(;|$)/i.test(range))
}

/**
 * Whether no browser can have sent it: each of them sends `Accept` (but for a WebSocket), and `Sec-Fetch-Dest` with
 * `Sec-Fetch-Mode`. Server-side clients send nothing, or the mode alone.
 */
export function isFromNoBrowser(asked: Asked): boolean {
  if (headerOf(asked, 'sec-fetch-dest') !== '' || headerOf(asked, 'upgrade') !== '') return false
  return headerOf(asked, 'accept') === '' || headerOf(asked, 'sec-fetch-mode') !== ''
}
