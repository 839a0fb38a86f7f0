import type { IncomingMessage } from 'node:http'

const loopback = /^(localhost|[a-z0-9-]+(\.[a-z0-9-]+)*\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i

/** The host name of a Host header, without its port. */
const nameOf = (host: string | undefined): string => (host ?? '').replace(/:\d+$/, '')

/**
 * Whether a request may see the window. A page on the network that has its name point to this machine (DNS rebinding)
 * still says its own name in Host; a page of another origin that asks for data says so in Sec-Fetch-Site.
 */
export function mayLook({ headers }: IncomingMessage, hostName: string): boolean {
  const name = nameOf(headers.host)
  if (!loopback.test(name) && name.toLowerCase() !== hostName.toLowerCase()) return false
  const site = headers['sec-fetch-site']
  const navigated = headers['sec-fetch-mode'] === 'navigate'
  return site === undefined || site === 'same-origin' || site === 'none' || navigated
}

/**
 * Whether a request may pull a lever: JSON, which no form of another site can send, from the window's own pages or from a
 * program that is no browser.
 */
export function mayPull({ headers, method }: IncomingMessage): boolean {
  if (method !== 'POST' || !/^application\/json\b/i.test(headers['content-type'] ?? '')) return false
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  const { origin, host } = headers
  return origin === undefined || origin === `http://${host}`
}
