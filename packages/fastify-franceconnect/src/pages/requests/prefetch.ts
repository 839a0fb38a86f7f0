import type { Asked } from './asked.ts'

/** `Sec-Purpose` (Fetch), and the spellings before and beside it: `Purpose`, `X-Purpose`, Turbo's `X-Sec-Purpose`, Firefox's `X-Moz`. */
const purposes = /(^|-)purpose$|^x-moz$/
const early = /\b(prefetch|prerender|preview|preload)/i

/** Headers that say it by their name: htmx's `HX-Preloaded`, Next's `Next-Router-Prefetch`, Unpoly's, Chromium's own. */
const named = /(^|-)(prefetch|prerender|preload|preloaded)$|^sec-speculation-tags$/
/** A real navigation, sent while its service worker starts. */
const real = 'service-worker-navigation-preload'

/** Whether a page was asked for before anybody wanted it: hovering, preloading, prerendering, a preview. */
export function isPrefetch({ headers }: Asked): boolean {
  for (const name in headers) {
    const value = String(headers[name])
    if (purposes.test(name) && early.test(value)) return true
    if (named.test(name) && name !== real && !/^(0|false|)$/i.test(value)) return true
  }
  return false
}
