import t from 'tap'
import { navigation, sandboxFor, serviceFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import { metadata } from './requests.ts'

t.test('the plugin’s pages name the service, escaped', async (t) => {
  const app = await serviceFor(t, await sandboxFor(t), { serviceName: 'Cantine <de> « Ville & Champs »' })
  const callback = '/franceconnect/callback?code=a&state=b'
  const name = '<p class="service">Cantine &#60;de&#62; « Ville &#38; Champs »</p>'
  t.match((await app.inject({ url: callback, headers: navigation })).body, name)
  const frame = { accept: 'text/html', ...metadata('iframe', 'navigate') }
  t.match((await app.inject({ url: '/garde', headers: frame })).body, name)
  const plain = await serviceFor(t, await sandboxFor(t))
  t.notMatch((await plain.inject({ url: callback, headers: navigation })).body, 'class="service"')
})

t.test('a hook that answers on our routes: its own label, no refused event, a page for a browser', async (t) => {
  const { subscribe, unsubscribe } = await import('node:diagnostics_channel')
  const events: unknown[] = []
  const listen = (event: unknown) => void events.push(event)
  subscribe('franceconnect:login:refused', listen)
  t.teardown(() => unsubscribe('franceconnect:login:refused', listen))
  for (const statusCode of [429, 403, 500]) {
    const lines: Record<string, unknown>[] = []
    const stream = { write: (line: string) => void lines.push(JSON.parse(line)) }
    const app = await serviceFor(t, await sandboxFor(t), {
      server: { logger: { stream } },
      pages: (app) =>
        void app.addHook('onRequest', async () => {
          throw Object.assign(new Error('the-secret'), { statusCode, code: 'FST_ERR_LIMIT' })
        })
    })
    for (const path of ['login', 'callback?code=a&state=b', 'logout']) {
      const url = `/franceconnect/${path}`
      const page = await app.inject({ url, headers: navigation })
      t.equal(page.statusCode, statusCode, url)
      t.match(page.headers['content-type'], 'text/html')
      t.notMatch(page.body, 'the-secret')
      t.equal((await app.inject({ url, headers: { accept: 'application/json' } })).json().statusCode, statusCode)
    }
    t.ok(lines.some(({ msg, code }) => /^request stopped before/.test(String(msg)) && code === 'FST_ERR_LIMIT'))
    t.notOk(lines.some(({ msg }) => /refused by the application|login failed/.test(String(msg))))
  }
  t.same(events, [])
})

t.test('what the application’s own error handler says goes before', async (t) => {
  const app = await serviceFor(t, await sandboxFor(t), {
    pages(app) {
      app.setErrorHandler((_error, _request, reply) => reply.code(429).type('text/html').send('à moi'))
      app.addHook('onRequest', async () => Promise.reject(new Error('x')))
    }
  })
  t.equal((await app.inject({ url: '/franceconnect/login', headers: navigation })).body, 'à moi')
})

t.test('a body over bodyLimit on logout is refused by the limit', async (t) => {
  const app = await serviceFor(t, await sandboxFor(t), { server: { bodyLimit: 1024 } })
  for (const type of [
    'application/x-www-form-urlencoded',
    'application/json',
    'application/octet-stream',
    'text/plain'
  ]) {
    const send = (size: number, headers = {}) =>
      app.inject({
        method: 'POST',
        url: '/franceconnect/logout',
        headers: { ...navigation, 'content-type': type, ...headers },
        payload: 'a'.repeat(size)
      })
    t.equal((await send(2000)).statusCode, 413, type)
    t.equal((await send(60_000_000)).statusCode, 413, type)
    t.ok((await send(100)).statusCode < 400, type)
  }
})

t.test(
  'the page that asks to confirm a logout: its link is known for ours; Turbo, which shows it, follows it',
  async (t) => {
    const app = await serviceFor(t, await sandboxFor(t))
    const url = '/franceconnect/logout?returnTo=/fin'
    const link = 'http://localhost:3000/franceconnect/logout?returnTo=%2Ffin'
    const mail = await app.inject({
      url,
      headers: { accept: 'text/html', ...metadata('document', 'navigate', 'cross-site') }
    })
    t.equal(mail.statusCode, 403)
    t.match(mail.body, `href="${link}">Se déconnecter</a>`)
    t.equal(mail.headers['referrer-policy'], 'same-origin')
    t.notMatch(mail.body, 'http-equiv="refresh"')
    const turbo = {
      accept: 'text/html, application/xhtml+xml',
      ...metadata('empty', 'cors'),
      'x-turbo-request-id': 'a'
    }
    for (const headers of [turbo, { ...turbo, 'x-sec-purpose': 'prefetch' }]) {
      const shown = await app.inject({ url, headers })
      t.equal(shown.statusCode, 403)
      t.match(shown.body, `<meta http-equiv="refresh" content="0;url=${link}">`)
    }
    const frame = await app.inject({ url, headers: { ...turbo, 'turbo-frame': 'x' } })
    t.notMatch(frame.body, 'http-equiv="refresh"', 'a frame is no window')
  }
)

t.test('the plugin’s routes are not shown by @fastify/swagger', async (t) => {
  const shown: string[] = []
  await serviceFor(t, await sandboxFor(t), {
    before: (app) =>
      void app.addHook('onRoute', ({ url, schema }) => {
        if (!(schema as { hide?: boolean } | undefined)?.hide) shown.push(url)
      })
  })
  t.same([...new Set(shown)], ['/moi', '/garde'])
})
