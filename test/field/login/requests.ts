import type { Asked } from '../../../packages/fastify-franceconnect/src/pages/requests/asked.ts'

export const baseUrl = 'https://demarche.example.fr/portail'
export const own = 'https://demarche.example.fr'
export const html = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'

export const asked = (headers: Record<string, string>, method = 'GET'): Asked => ({ method, headers })
export const metadata = (dest: string, mode: string, site = 'same-origin', more: Record<string, string> = {}) => ({
  'sec-fetch-dest': dest,
  'sec-fetch-mode': mode,
  'sec-fetch-site': site,
  ...more
})

export type Row = [who: string, request: Asked, kind: string, html: boolean, may: boolean]

/** Requests as browsers and other clients send them, and what each is. */
// biome-ignore format: one line a request
export const rows: Row[] = [
  ['a link of the service', asked(metadata('document', 'navigate', 'same-origin', { accept: html })), 'navigation', true, true],
  ['a URL typed', asked(metadata('document', 'navigate', 'none', { accept: html })), 'navigation', true, true],
  ['a link of a sibling subdomain', asked(metadata('document', 'navigate', 'same-site')), 'navigation', true, false],
  ['a link in a mail', asked(metadata('document', 'navigate', 'cross-site')), 'navigation', true, false],
  ['HEAD', asked(metadata('document', 'navigate'), 'HEAD'), 'navigation', true, false],
  ['a form', asked({ ...metadata('document', 'navigate'), origin: own }, 'POST'), 'form', true, true],
  ['a form of a page with no-referrer', asked({ ...metadata('document', 'navigate'), origin: 'null' }, 'POST'), 'form', true, true],
  ['a form of another site', asked({ ...metadata('document', 'navigate', 'cross-site'), origin: 'https://evil.example' }, 'POST'), 'form', true, false],
  ['a form of a sibling subdomain', asked({ ...metadata('document', 'navigate', 'same-site'), origin: 'https://blog.example.fr' }, 'POST'), 'form', true, false],
  ['a link of ours handed on by a service worker', asked(metadata('empty', 'navigate', 'same-origin', { accept: html, referer: `${own}/page` })), 'navigation', true, true],
  ['a link of another site handed on by a service worker, which makes it same-origin', asked(metadata('empty', 'navigate', 'same-origin', { accept: html, referer: 'https://evil.example/' })), 'navigation', true, false],
  ['a navigation handed on by a service worker, nothing else said', asked(metadata('empty', 'navigate', 'same-origin', { accept: html })), 'navigation', true, false],
  ['a navigation with preload of its service worker', asked(metadata('document', 'navigate', 'same-origin', { 'service-worker-navigation-preload': 'true' })), 'navigation', true, true],
  ['a page inside another', asked(metadata('iframe', 'navigate', 'cross-site', { accept: html })), 'frame', true, false],
  ['a page inside one of ours', asked(metadata('iframe', 'navigate', 'same-origin', { accept: html })), 'frame', true, false],
  ['an object', asked(metadata('object', 'navigate', 'same-origin', { accept: html })), 'frame', true, false],
  ['an embed', asked(metadata('embed', 'navigate')), 'frame', true, false],
  ['fetch()', asked(metadata('empty', 'cors', 'same-origin', { accept: '*/*' })), 'script', false, false],
  ['fetch() of a service worker that rebuilds a request', asked(metadata('empty', 'same-origin', 'same-origin', { accept: html })), 'script', true, false],
  ['fetch() with POST', asked({ ...metadata('empty', 'cors'), accept: '*/*', origin: own }, 'POST'), 'script', false, true],
  ['fetch() with no-cors, from elsewhere', asked({ ...metadata('empty', 'no-cors', 'cross-site'), origin: 'https://evil.example' }, 'POST'), 'script', false, false],
  ['a form of Turbo', asked( { ...metadata('empty', 'cors'), accept: 'text/vnd.turbo-stream.html, text/html, application/xhtml+xml', origin: own }, 'POST' ), 'script', true, true],
  ['EventSource', asked(metadata('empty', 'cors', 'same-origin', { accept: 'text/event-stream' })), 'script', false, false],
  ['WebSocket of Chromium', asked(metadata('websocket', 'websocket', 'same-origin', { upgrade: 'websocket' })), 'script', false, false],
  ['WebSocket of Chromium over http', asked({ upgrade: 'websocket', origin: own }), 'script', false, false],
  ['WebSocket of Firefox', asked(metadata('empty', 'websocket', 'same-origin', { accept: '*/*' })), 'script', false, false],
  ['an image', asked(metadata('image', 'no-cors', 'cross-site', { accept: 'image/avif,image/webp,*/*;q=0.8' })), 'subresource', false, false],
  ['an image of ours', asked(metadata('image', 'no-cors', 'same-origin', { accept: 'image/avif,*/*;q=0.8' })), 'subresource', false, false],
  ['a style', asked(metadata('style', 'no-cors', 'same-origin', { accept: 'text/css,*/*;q=0.1' })), 'subresource', false, false],
  ['a worker', asked(metadata('worker', 'same-origin', 'same-origin', { accept: '*/*' })), 'subresource', false, false],
  ['the script of a service worker', asked(metadata('serviceworker', 'same-origin', 'same-origin', { 'service-worker': 'script' })), 'subresource', false, false],
  ['a link, without Fetch Metadata', asked({ accept: html, referer: `${own}/page` }), 'navigation', true, true],
  ['a URL typed, without Fetch Metadata', asked({ accept: html }), 'navigation', true, true],
  ['a link of another site, without Fetch Metadata', asked({ accept: html, referer: 'https://evil.example/' }), 'navigation', true, false],
  ['a look-alike origin in Referer', asked({ accept: html, referer: 'https://demarche.example.fr.evil.example/' }), 'navigation', true, false],
  ['a Referer that is none', asked({ accept: html, referer: 'demarche.example.fr' }), 'navigation', true, false],
  ['a form, without Fetch Metadata', asked({ accept: html, origin: own }, 'POST'), 'form', true, true],
  ['a form of another site, without Fetch Metadata', asked({ accept: html, origin: 'https://evil.example' }, 'POST'), 'form', true, false],
  ['a form with an opaque origin, without Fetch Metadata', asked({ accept: html, origin: 'null' }, 'POST'), 'form', true, false],
  ['XMLHttpRequest, without Fetch Metadata', asked({ accept: '*/*', 'x-requested-with': 'XMLHttpRequest' }), 'script', false, false],
  ['jQuery’s load(), without Fetch Metadata', asked({ accept: 'text/html, */*; q=0.01', 'x-requested-with': 'XMLHttpRequest' }), 'script', true, false],
  ['an image, without Fetch Metadata', asked({ accept: 'image/webp,image/png;q=0.8,*/*;q=0.5' }), 'subresource', false, false],
  ['fetch() of an old Safari', asked({ accept: '*/*' }), 'script', false, false],
  ['HTML refused', asked({ accept: 'application/json, text/html;q=0' }), 'script', false, false],
  ['fetch() of Node, which sends the mode alone', asked({ accept: '*/*', 'sec-fetch-mode': 'cors' }), 'script', false, true],
  ['fetch() of Node for a page', asked({ accept: 'text/html', 'sec-fetch-mode': 'cors' }), 'navigation', true, true],
  ['a client without headers', asked({}), 'script', false, true],
  ['a site that is no value of the standard', asked(metadata('document', 'navigate', 'same-planet')), 'navigation', true, false],
  ['DELETE', asked({ ...metadata('empty', 'cors'), origin: own }, 'DELETE'), 'script', false, false]
]
