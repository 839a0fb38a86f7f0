import t from 'tap'
import { answersHtml, kindOf } from '../../../packages/fastify-franceconnect/src/pages/requests/kind.ts'
import { isPrefetch } from '../../../packages/fastify-franceconnect/src/pages/requests/prefetch.ts'
import { mayChange, siteOf } from '../../../packages/fastify-franceconnect/src/pages/requests/site.ts'
import { asked, baseUrl, html, metadata, own, rows } from './requests.ts'

t.test('who asks, whether it reads HTML, whether it may change something', async (t) => {
  for (const [who, request, kind, page, may] of rows) {
    t.equal(kindOf(request), kind, who)
    t.equal(answersHtml(request), page, `${who}: HTML`)
    t.equal(mayChange(request, baseUrl), may, `${who}: may change`)
  }
})

const early: [who: string, headers: Record<string, string>][] = [
  [
    'Turbo 8 when a link is hovered',
    metadata('empty', 'cors', 'same-origin', { accept: html, 'x-sec-purpose': 'prefetch' })
  ],
  ['Turbo 8, without Fetch Metadata', { accept: html, 'x-sec-purpose': 'prefetch' }],
  [
    '<link rel=prefetch>',
    metadata('empty', 'no-cors', 'same-origin', { 'sec-purpose': 'prefetch', purpose: 'prefetch' })
  ],
  [
    'a speculation rule that prerenders',
    metadata('document', 'navigate', 'none', { accept: html, 'sec-purpose': 'prefetch;prerender' })
  ],
  [
    'a speculation rule that prefetches through a proxy',
    metadata('document', 'navigate', 'none', { 'sec-purpose': 'prefetch;anonymous-client-ip' })
  ],
  ['a speculation rule told by its tag', metadata('document', 'navigate', 'none', { 'sec-speculation-tags': 'null' })],
  ['Next’s <Link>', metadata('empty', 'cors', 'same-origin', { 'next-router-prefetch': '1', rsc: '1' })],
  [
    'Next’s <Link>, pages router',
    metadata('empty', 'cors', 'same-origin', { purpose: 'prefetch', 'x-middleware-prefetch': '1' })
  ],
  [
    'Next’s segment prefetch',
    metadata('empty', 'cors', 'same-origin', { 'next-router-segment-prefetch': '/_tree', 'next-router-prefetch': '2' })
  ],
  ['htmx’s preload', metadata('empty', 'cors', 'same-origin', { 'hx-preloaded': 'true', 'hx-request': 'true' })],
  ['Safari’s preview', { accept: html, 'x-purpose': 'preview' }],
  ['Safari’s top sites', { accept: html, purpose: 'Preview' }],
  ['Firefox', { accept: html, 'x-moz': 'prefetch' }],
  ['a prefetch in capitals', { accept: html, 'sec-purpose': 'Prefetch' }]
]

t.test('a prefetch, by whatever name, changes nothing', async (t) => {
  for (const [who, headers] of early) {
    t.equal(kindOf(asked(headers)), 'prefetch', who)
    t.equal(mayChange(asked(headers), baseUrl), false, who)
    t.equal(mayChange(asked(headers, 'POST'), baseUrl), false, `${who}, sent by POST`)
  }
})

t.test('what only looks like a prefetch is none', async (t) => {
  for (const headers of [
    { 'next-router-prefetch': '0' },
    { 'hx-preloaded': 'false' },
    { purpose: 'consent' },
    { 'service-worker-navigation-preload': 'true' },
    { 'x-preview-deployment': 'prefetch' },
    { 'x-moz': 'reload' }
  ] as Record<string, string>[])
    t.equal(isPrefetch(asked(headers)), false, JSON.stringify(headers))
})

t.test('the site is the browser’s word, never against Origin', async (t) => {
  const site = (headers: Record<string, string>) => siteOf(asked(headers), baseUrl)
  t.equal(site({ 'sec-fetch-site': 'same-origin', referer: 'https://evil.example/' }), 'same-origin')
  t.equal(site({ 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }), 'cross-site')
  t.equal(site({ 'sec-fetch-site': 'none', origin: 'null' }), 'cross-site')
  t.equal(site({ 'sec-fetch-site': 'same-site', origin: 'https://blog.example.fr' }), 'same-site')
  t.equal(site({ origin: own }), 'same-origin')
  t.equal(site({ origin: 'http://demarche.example.fr' }), 'cross-site', 'http is another origin')
  t.equal(site({}), 'none')
})
