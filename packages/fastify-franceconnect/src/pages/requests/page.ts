import { type Asked, headerOf, isFromNoBrowser } from './asked.ts'
import { kindOf } from './kind.ts'
import { isTurboVisit } from './turbo.ts'

/** A request with its path and query. */
export interface AskedPage extends Asked {
  readonly url: string
}

/**
 * Path of the page that the citizen sees, to come back to: the request's own where it is a page, else the one that it
 * was made from, as far as `Referer` tells. `null` otherwise: what a script, or a form, asked for is no page.
 */
export function pageOf(asked: AskedPage, baseUrl: string): string | null {
  const kind = kindOf(asked)
  if (kind === 'navigation' || isTurboVisit(asked)) return asked.url
  const referer = headerOf(asked, 'referer')
  if (referer.startsWith(`${baseUrl}/`) && !isFile(referer)) return referer.slice(baseUrl.length)
  if (asked.method !== 'GET') return null
  return kind === 'frame' || isFromNoBrowser(asked) ? asked.url : null
}

/** A worker's requests name its script, those of a style sheet its own address. */
const isFile = (url: string) => /\.(m?js|cjs|css|json|wasm|map)$/i.test(url.split(/[?#]/, 1)[0] ?? '')
