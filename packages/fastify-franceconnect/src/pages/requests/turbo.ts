import { type Asked, acceptsHtml, headerOf } from './asked.ts'
import { kindOf } from './kind.ts'

/**
 * Turbo Drive follows a link by `fetch`, or had it fetched while it was hovered, and shows the answer as the window's
 * page once somebody follows it.
 */
export function isTurboVisit(asked: Asked): boolean {
  if (asked.method !== 'GET' || headerOf(asked, 'x-turbo-request-id') === '') return false
  const kind = kindOf(asked)
  return headerOf(asked, 'turbo-frame') === '' && (kind === 'script' || kind === 'prefetch') && acceptsHtml(asked)
}

/** Turbo sends a form by `fetch`, and shows no page that answers it: it takes a redirect of this origin, or a stream. */
export function isTurboForm(asked: Asked): boolean {
  if (asked.method === 'GET' || kindOf(asked) !== 'script') return false
  return /(^|,)\s*text\/vnd\.turbo-stream\.html\s*(;|,|$)/i.test(headerOf(asked, 'accept'))
}
