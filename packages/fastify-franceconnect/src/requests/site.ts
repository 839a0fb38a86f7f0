import { type Asked, headerOf, isFromNoBrowser } from './asked.ts'
import { kindOf } from './kind.ts'

/** Where a request comes from, as `Sec-Fetch-Site` says it. `none`: typed, a bookmark, or nothing says it. */
export type Site = 'same-origin' | 'same-site' | 'cross-site' | 'none'

const sites: readonly string[] = ['same-origin', 'same-site', 'cross-site', 'none']

/** Read from Fetch Metadata, and from `Origin` and `Referer` where there is none. */
export function siteOf(asked: Asked, baseUrl: string): Site {
  const own = new URL(baseUrl).origin
  const said = headerOf(asked, 'sec-fetch-site').toLowerCase()
  const origin = headerOf(asked, 'origin')
  if (said !== '') {
    if (!sites.includes(said)) return 'cross-site'
    // a page with Referrer-Policy: no-referrer posts its own forms with Origin: null
    const agrees = origin === '' || origin === own || (origin === 'null' && said === 'same-origin')
    return agrees || said === 'same-site' ? (said as Site) : 'cross-site'
  }
  if (origin !== '') return origin === own ? 'same-origin' : 'cross-site'
  const referer = headerOf(asked, 'referer')
  if (referer === '') return 'none'
  return URL.canParse(referer) && new URL(referer).origin === own ? 'same-origin' : 'cross-site'
}

/**
 * Whether a request may change something. A GET does only as a navigation of the window, from this origin or typed:
 * not for a script, an image, a frame or a prefetch, which nobody may have meant. A POST does from this origin alone.
 */
export function mayChange(asked: Asked, baseUrl: string): boolean {
  const site = siteOf(asked, baseUrl)
  const kind = kindOf(asked)
  if ((site !== 'same-origin' && site !== 'none') || kind === 'prefetch') return false
  if (asked.method === 'POST') return true
  return asked.method === 'GET' && (kind === 'navigation' || isFromNoBrowser(asked))
}
