import { type Asked, acceptsHtml, headerOf, isFromNoBrowser } from './asked.ts'
import { isPrefetch } from './prefetch.ts'

/**
 * Who asks:
 * - `navigation`: the browser's window opens a page;
 * - `form`: the browser's window sends a form;
 * - `frame`: a page, or a form, inside another page (iframe, object, embed);
 * - `script`: fetch, XMLHttpRequest, EventSource, WebSocket, and any client that is no browser;
 * - `subresource`: an image, a style, a worker, whatever a page is made of;
 * - `prefetch`: something that nobody has asked for yet.
 */
export type Kind = 'navigation' | 'form' | 'frame' | 'script' | 'subresource' | 'prefetch'

const frames = new Set(['iframe', 'frame', 'fencedframe', 'object', 'embed'])

/** Tells the kinds of request apart by Fetch Metadata, or by `Accept` where `Sec-Fetch-Dest` is not sent. */
export function kindOf(asked: Asked): Kind {
  if (isPrefetch(asked)) return 'prefetch'
  const destination = headerOf(asked, 'sec-fetch-dest').toLowerCase()
  return destination === '' ? byAccept(asked) : byDestination(asked, destination)
}

function byDestination(asked: Asked, destination: string): Kind {
  if (frames.has(destination)) return 'frame'
  const mode = headerOf(asked, 'sec-fetch-mode').toLowerCase()
  if (mode === 'websocket' || destination === 'websocket') return 'script'
  // a service worker hands a navigation on as it is, and no script can make one
  if (mode === 'navigate' && (destination === 'document' || destination === 'empty')) return byMethod(asked)
  return destination === 'empty' || destination === 'document' ? 'script' : 'subresource'
}

/** Browsers without Fetch Metadata, and clients that are none. */
function byAccept(asked: Asked): Kind {
  if (headerOf(asked, 'x-requested-with') !== '' || headerOf(asked, 'upgrade') !== '') return 'script'
  if (headerOf(asked, 'service-worker') !== '') return 'subresource'
  if (acceptsHtml(asked)) return byMethod(asked)
  return /^\s*(image|video|audio|font|text\/css)\b/i.test(headerOf(asked, 'accept')) ? 'subresource' : 'script'
}

function byMethod({ method }: Asked): Kind {
  return method === 'GET' || method === 'HEAD' ? 'navigation' : 'form'
}

/** A page opened by the browser's window: what a redirect to FranceConnect can answer. */
export function isNavigation(asked: Asked): boolean {
  return kindOf(asked) === 'navigation'
}

/** Whether a redirect to FranceConnect can be followed: by a window, or by a server-side client that walks as one. */
export function followsRedirects(asked: Asked): boolean {
  const kind = kindOf(asked)
  if (kind === 'navigation' || kind === 'form') return true
  return kind === 'script' && isFromNoBrowser(asked) && /^$|\*\/\*/.test(headerOf(asked, 'accept'))
}

/** Whether the answer is shown to somebody, in HTML: whoever accepts it gets it, a script too. */
export function answersHtml(asked: Asked): boolean {
  const kind = kindOf(asked)
  return kind === 'navigation' || kind === 'form' || kind === 'frame' || acceptsHtml(asked)
}
