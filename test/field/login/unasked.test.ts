import t from 'tap'
import {
  baseUrl,
  Jar,
  logIn,
  open,
  sandboxFor,
  serviceFor
} from '../../../packages/fastify-franceconnect/test/service.ts'
import { html, metadata } from './requests.ts'

const route = '/franceconnect/login?returnTo=/moi'
const loginUrl = `${baseUrl}/franceconnect/login?returnTo=%2Fmoi`
const cross = { accept: html, ...metadata('iframe', 'navigate', 'cross-site') }

t.test('login: an attempt for a window, and for a client that walks as one', async (t) => {
  const app = await serviceFor(t, await sandboxFor(t))
  for (const headers of [
    { accept: html, ...metadata('document', 'navigate', 'same-origin') },
    { accept: html, ...metadata('document', 'navigate', 'cross-site') },
    { accept: html },
    { accept: '*/*', 'sec-fetch-mode': 'cors' },
    {}
  ]) {
    const answer = await app.inject({ url: route, headers })
    t.equal(answer.statusCode, 302, JSON.stringify(headers))
    t.ok(answer.headers['set-cookie'])
  }
})

t.test('login: no attempt per hover, image, frame or script', async (t) => {
  const app = await serviceFor(t, await sandboxFor(t))
  for (const headers of [
    { accept: html, ...metadata('empty', 'cors'), 'x-sec-purpose': 'prefetch' },
    { accept: html, ...metadata('document', 'navigate', 'none'), 'sec-purpose': 'prefetch;prerender' },
    { ...metadata('empty', 'cors'), 'next-router-prefetch': '1' },
    { ...metadata('empty', 'cors'), 'hx-preloaded': 'true' },
    { accept: 'image/avif,*/*;q=0.8', ...metadata('image', 'no-cors') },
    { accept: '*/*', ...metadata('script', 'no-cors') },
    { accept: '*/*', ...metadata('empty', 'cors') },
    { accept: 'text/event-stream', ...metadata('empty', 'cors') },
    { accept: 'application/json' },
    { accept: html, ...metadata('empty', 'cors') },
    cross
  ]) {
    const answer = await app.inject({ url: route, headers })
    t.notOk(answer.headers['set-cookie'], JSON.stringify(headers))
    t.ok([401, 425].includes(answer.statusCode))
    t.equal(answer.headers['cache-control'], 'no-store')
  }
})

t.test('a script calls login by fetch: 401 with loginUrl', async (t) => {
  const app = await serviceFor(t, await sandboxFor(t))
  const answer = await app.inject({ url: route, headers: { accept: '*/*', ...metadata('empty', 'cors') } })
  t.equal(answer.statusCode, 401)
  t.match(answer.json(), { statusCode: 401, code: 'FST_FC_LOGIN_REQUIRED', loginUrl })
})

t.test('a page inside another site’s iframe asks for a login: a link that opens the top window', async (t) => {
  const app = await serviceFor(t, await sandboxFor(t))
  for (const [url, to] of [
    [route, '%2Fmoi'],
    ['/garde?a=1', '%2Fgarde%3Fa%3D1']
  ] as const) {
    const page = await app.inject({ url, headers: cross })
    t.equal(page.statusCode, 401)
    t.match(page.body, `href="${baseUrl}/franceconnect/login?returnTo=${to}" target="_top"`)
    t.notOk(page.headers['x-frame-options'])
    t.notMatch(page.headers['content-security-policy'], 'frame-ancestors')
  }
  const inOurs = { accept: html, ...metadata('iframe', 'navigate'), referer: `${baseUrl}/tableau?x=1` }
  t.match((await app.inject({ url: '/garde', headers: inOurs })).body, 'returnTo=%2Ftableau%3Fx%3D1" target="_top"')
})

t.test('EventSource, WebSocket, a service worker and Turbo after the login is over', async (t) => {
  const app = await serviceFor(t, await sandboxFor(t))
  const referer = `${baseUrl}/page`
  for (const headers of [
    { accept: 'text/event-stream', ...metadata('empty', 'cors'), referer },
    { ...metadata('websocket', 'websocket'), upgrade: 'websocket', referer },
    { upgrade: 'websocket', referer },
    { accept: 'application/json', ...metadata('empty', 'cors'), referer },
    { accept: 'application/json', referer }
  ]) {
    const answer = await app.inject({ url: '/garde', headers })
    t.match(answer.json(), { code: 'FST_FC_LOGIN_REQUIRED', loginUrl: /returnTo=%2Fpage$/ }, JSON.stringify(headers))
  }
  for (const mode of ['cors', 'same-origin', 'no-cors']) {
    const page = await app.inject({ url: '/garde', headers: { accept: html, ...metadata('empty', mode), referer } })
    t.equal(page.statusCode, 401, mode)
    t.match(page.body, 'login?returnTo=%2Fpage" target="_top"', mode)
  }
  const turbo = { accept: 'text/vnd.turbo-stream.html, text/html', ...metadata('empty', 'cors'), origin: baseUrl }
  const form = await app.inject({ method: 'POST', url: '/garde', headers: turbo })
  t.match(form.body, 'target="_blank"')
})

t.test('a script’s 401 under a strict Referrer-Policy never gives the URL of its request', async (t) => {
  const app = await serviceFor(t, await sandboxFor(t))
  for (const headers of [
    { accept: 'application/json', ...metadata('empty', 'cors') },
    { accept: '*/*', ...metadata('empty', 'cors'), referer: `${baseUrl.replace('3000', '3001')}/page` },
    { accept: '*/*', ...metadata('empty', 'cors'), referer: `${baseUrl}/js/worker.js` },
    { accept: '*/*', ...metadata('empty', 'same-origin'), referer: `${baseUrl}/sw.mjs?v=3` },
    { accept: 'image/avif,*/*;q=0.8', ...metadata('image', 'no-cors'), referer: `${baseUrl}/style.css` },
    { accept: 'application/json' },
    { accept: '*/*', 'x-requested-with': 'XMLHttpRequest' },
    { accept: 'image/avif,*/*;q=0.8', ...metadata('image', 'no-cors') }
  ])
    t.equal((await app.inject({ url: '/garde?a=1', headers })).json().loginUrl, `${baseUrl}/franceconnect/login`)
  const page = await app.inject({ url: '/garde?a=1', headers: { accept: html, ...metadata('empty', 'cors') } })
  t.match(page.body, `href="${baseUrl}/franceconnect/login" target`)
})

t.test('login() from a handler: a page that goes on after a form, JSON for a script', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, {
    pages: (app) =>
      void app.post('/aller', (request, reply) => app.franceConnect.login(request, reply, { returnTo: '/moi' }))
  })
  const jar = new Jar()
  const headers = { accept: html, ...metadata('document', 'navigate'), origin: baseUrl }
  const page = await app.inject({ method: 'POST', url: '/aller', headers })
  jar.take(page)
  const onward = /<meta http-equiv="refresh" content="0;url=([^"]+)"/.exec(page.body)?.[1] ?? ''
  const back = await open(app, jar, await sandbox.authorize(onward.replaceAll('&#38;', '&')))
  t.equal(back.headers.location, `${baseUrl}/moi`)
  const script = { accept: '*/*', ...metadata('empty', 'cors'), origin: baseUrl }
  const refused = await app.inject({ method: 'POST', url: '/aller', headers: script })
  t.match(refused.json(), { statusCode: 401, code: 'FST_FC_LOGIN_REQUIRED', loginUrl })
  t.notOk(refused.headers['set-cookie'])
})

t.test(
  'a guarded page opened before anybody wants it starts nothing, and shows nothing to who is logged out',
  async (t) => {
    const sandbox = await sandboxFor(t)
    const app = await serviceFor(t, sandbox)
    const hover = { accept: html, ...metadata('empty', 'cors'), 'x-sec-purpose': 'prefetch' }
    const early = await app.inject({ url: '/garde', headers: hover })
    t.equal(early.statusCode, 425)
    t.notOk(early.headers['set-cookie'])
    const jar = new Jar()
    await logIn(app, sandbox, jar)
    t.equal((await open(app, jar, '/garde', hover)).statusCode, 200, 'the citizen’s own page may be prefetched')
  }
)
