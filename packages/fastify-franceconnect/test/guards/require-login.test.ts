import t from 'tap'
import { baseUrl, Jar, logIn, navigation, open, sandboxFor, serviceFor } from '../service.ts'

t.test('a page goes to FranceConnect and comes back to the same URL', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox)
  const jar = new Jar()
  const back = await logIn(app, sandbox, jar, '/garde?dossier=7')
  t.equal(back.headers.location, `${baseUrl}/garde?dossier=7`)
  t.match((await open(app, jar, '/garde?dossier=7')).json().sub, /v1$/)
})

t.test('another client gets 401 with the login URL, whether or not the application has an error handler', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox)
  const plain = await app.inject({ url: '/garde?a=1', headers: { accept: 'application/json' } })
  t.equal(plain.statusCode, 401)
  t.equal(plain.headers['cache-control'], 'no-store')
  t.match(plain.json(), {
    statusCode: 401,
    code: 'FST_FC_LOGIN_REQUIRED',
    loginUrl: `${baseUrl}/franceconnect/login`,
    userMessage: /FranceConnect/
  })
  const fetched = await app.inject({
    url: '/garde',
    headers: {
      accept: '*/*',
      'sec-fetch-mode': 'cors',
      'sec-fetch-dest': 'empty',
      referer: `${baseUrl}/page?x=1`
    }
  })
  t.equal(
    fetched.json().loginUrl,
    `${baseUrl}/franceconnect/login?returnTo=%2Fpage%3Fx%3D1`,
    'back to the page, not to what it fetched'
  )
  const handled = await serviceFor(t, sandbox, {
    before: (app) =>
      void app.setErrorHandler((error: Error & { loginUrl?: string; statusCode?: number }, _request, reply) =>
        reply.code(error.statusCode!).send({ mine: error.loginUrl })
      )
  })
  const own = await handled.inject('/garde')
  t.equal(own.statusCode, 401)
  t.same(own.json(), { mine: `${baseUrl}/franceconnect/login?returnTo=%2Fgarde` })
})

t.test('a guard asked something else than a level of this platform is refused when it is made', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox)
  const requireLogin = app.franceConnect.requireLogin as (options: object) => unknown
  for (const wrong of [{ acrValues: 'eidas2' }, { acrValues: 'x' }, { acrValue: 'eidas1' }])
    t.throws(() => requireLogin(wrong), { code: 'FST_FC_INVALID_OPTIONS' }, JSON.stringify(wrong))
})

t.test('a form is never redirected: the citizen logs in aside and sends it again', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox)
  const page = await app.inject({ method: 'POST', url: '/garde', headers: navigation })
  t.equal(page.statusCode, 401)
  t.match(page.body, /href="http:\/\/localhost:3000\/franceconnect\/login" target="_blank"/)
  t.match(page.body, /envoyez de nouveau le formulaire/)
  const json = await app.inject({ method: 'POST', url: '/garde', headers: { accept: 'application/json' } })
  t.equal(json.statusCode, 401)
  t.equal(json.json().code, 'FST_FC_LOGIN_REQUIRED')
})

t.test('as a hook on everything it leaves the plugin’s own routes alone', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, {
    pages: (app) => void app.addHook('preHandler', app.franceConnect.requireLogin())
  })
  t.match((await open(app, new Jar(), '/franceconnect/login')).headers.location, `${sandbox.issuer}/authorize?`)
})

t.test('a hostile URL on a guarded page does not become a way out', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, {
    pages: (app) => void app.get('/*', { preHandler: app.franceConnect.requireLogin() }, async () => 'ici')
  })
  const jar = new Jar()
  const login = await app.inject({ url: '//evil.example/%2e%2e', headers: navigation })
  jar.take(login)
  const back = await open(app, jar, await sandbox.authorize(String(login.headers.location)))
  t.equal(back.headers.location, `${baseUrl}/`)
})
