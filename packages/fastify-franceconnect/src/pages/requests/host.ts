import type { FastifyRequest } from 'fastify'
import { type Asked, headerOf } from './asked.ts'

/**
 * Host under which a browser opened the service, as far as a request tells: its own page's, else what the proxy passes
 * on, else `Host`.
 */
function openedHost(asked: Asked): string {
  const referer = headerOf(asked, 'referer')
  if (headerOf(asked, 'sec-fetch-site') === 'same-origin' && URL.canParse(referer)) return new URL(referer).host
  const forwarded = /\bhost="?([^;,"\s]+)/i.exec(headerOf(asked, 'forwarded'))?.[1]
  const [first = ''] = headerOf(asked, 'x-forwarded-host').split(',')
  return (first.trim() || forwarded || headerOf(asked, 'host') || headerOf(asked, ':authority')).toLowerCase()
}

/**
 * Compares the host that a login starts under with `baseUrl`'s: the cookie of the attempt belongs to the first, and
 * FranceConnect sends the browser back to the second. Said once, since the callback cannot see it.
 */
export function createHostComparison(baseUrl: string): (request: FastifyRequest) => void {
  const { host, protocol } = new URL(baseUrl)
  const port = protocol === 'https:' ? ':443' : ':80'
  let said = false
  return (request) => {
    if (said) return
    const opened = openedHost(request)
    if (opened === '' || opened === host || opened === host + port || !/^[\w.:[\]-]{1,255}$/.test(opened)) return
    said = true
    request.log.warn(
      `a login was started at ${opened}, and baseUrl says ${host}: cookies belong to one host, so that the callback will not find its attempt. Open the service at ${baseUrl} (or redirect there), or correct baseUrl; behind a proxy, let it pass on Host or X-Forwarded-Host.`
    )
  }
}
