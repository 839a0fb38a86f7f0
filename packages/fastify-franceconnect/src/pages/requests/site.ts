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
  return origin === '' ? siteOfReferer(asked, own) : origin === own ? 'same-origin' : 'cross-site'
}

function siteOfReferer(asked: Asked, own: string): Site {
  const referer = headerOf(asked, 'referer')
  if (referer === '') return 'none'
  return URL.canParse(referer) && new URL(referer).origin === own ? 'same-origin' : 'cross-site'
}

/** Whether a browser made a request by itself: what the application's own handler of it does, nobody has meant. */
export function isUnasked(asked: Asked): boolean {
  if (asked.method === 'HEAD') return true
  const kind = kindOf(asked)
  return asked.method === 'GET' && (kind === 'prefetch' || kind === 'subresource')
}

/**
 * Whether a request may change something. A GET does only as a navigation of the window, from this origin or typed:
 * not for a script, an image, a frame or a prefetch, which nobody may have meant. A POST does from this origin alone.
 */
export function mayChange(asked: Asked, baseUrl: string): boolean {
  const site = siteOf(asked, baseUrl)
  if (site !== 'same-origin' && site !== 'none') return false
  const kind = kindOf(asked)
  if (asked.method === 'POST') return kind !== 'prefetch'
  if (asked.method !== 'GET') return false
  // handed on by a service worker, a link of any site and a frame of ours say the same: the Referer alone is theirs
  const handedOn = headerOf(asked, 'sec-fetch-dest') === 'empty'
  if (kind === 'navigation') return !handedOn || siteOfReferer(asked, new URL(baseUrl).origin) === 'same-origin'
  return kind === 'script' && isFromNoBrowser(asked)
}
