import t from 'tap'
import { Jar, logIn, open, sandboxFor, serviceFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import { baseUrl } from './services.ts'

const sandbox = await sandboxFor(t)
const app = await serviceFor(t, sandbox)
const script = { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-origin' }
const htmx = { ...script, 'hx-request': 'true', referer: `${baseUrl}/tableau?x=1` }
/** As htmx 2 and htmx 4 ask. */
const versions = [
  { ...htmx, accept: '*/*', 'hx-current-url': `${baseUrl}/tableau?x=1` },
  { ...htmx, accept: 'text/html', 'hx-request-type': 'full' }
]
const out = '/franceconnect/logout?returnTo=/fin'

t.test('a fragment of a guarded page, or a login by a link that htmx follows: the window goes to log in', async (t) => {
  for (const headers of versions) {
    const fragment = await app.inject({ url: '/garde', headers })
    t.equal(fragment.statusCode, 401)
    t.equal(fragment.headers['hx-redirect'], `${baseUrl}/franceconnect/login?returnTo=%2Ftableau%3Fx%3D1`)
    const login = await app.inject({ url: '/franceconnect/login?returnTo=/garde', headers })
    t.equal(login.headers['hx-redirect'], `${baseUrl}/franceconnect/login?returnTo=%2Fgarde`)
    t.notOk(login.headers['set-cookie'], 'by the window alone is a login started')
    const sent = await app.inject({ method: 'POST', url: '/garde', headers: { ...headers, origin: baseUrl } })
    t.equal(sent.statusCode, 401)
    t.notOk(sent.headers['hx-redirect'], 'the page that holds the form stays')
    for (const other of [{ ...headers, 'hx-preloaded': 'true' }, { ...headers, 'hx-request': 'false' }, script])
      t.notOk((await app.inject({ url: '/garde', headers: other })).headers['hx-redirect'])
  }
})

t.test('a logout by a link that htmx follows is the window’s, by a form it goes on to FranceConnect', async (t) => {
  for (const headers of versions) {
    const jar = new Jar()
    await logIn(app, sandbox, jar)
    const link = await app.inject({ url: out, headers: { ...headers, cookie: jar.header } })
    t.equal(link.statusCode, 403)
    t.equal(link.headers['hx-redirect'], `${baseUrl}/franceconnect/logout?returnTo=%2Ffin`)
    const hovered = await app.inject({ url: out, headers: { ...headers, 'hx-preloaded': 'true', cookie: jar.header } })
    t.notOk(hovered.headers['hx-redirect'])
    t.equal((await open(app, jar, '/garde')).statusCode, 200, 'still there')
    const form = await app.inject({
      method: 'POST',
      url: out,
      headers: { ...headers, origin: baseUrl, cookie: jar.header }
    })
    jar.take(form)
    t.equal(form.statusCode, 200)
    t.match(form.headers['hx-redirect'], `${sandbox.issuer}/session/end?id_token_hint=`)
    t.not((await open(app, jar, '/garde')).statusCode, 200)
  }
})
