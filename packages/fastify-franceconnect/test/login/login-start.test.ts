import t from 'tap'
import { Jar, logIn, open, sandboxFor, serviceFor } from '../service.ts'

t.test('login() from a handler passes on what FranceConnect knows, and refuses the rest', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, {
    pages(app) {
      const claims = { id_token: { amr: { essential: true } } }
      app.get('/amr', (request, reply) => app.franceConnect.login(request, reply, { claims, returnTo: '/moyens' }))
      app.get('/moyens', async ({ franceConnect }) => franceConnect?.amr)
      app.get('/options', (request, reply) =>
        app.franceConnect.login(request, reply, { prompt: 'login', idpHint: 'uid', scope: 'email' })
      )
      app.get('/none', (request, reply) => app.franceConnect.login(request, reply, { prompt: 'none' as never }))
      app.get('/niveau', (request, reply) => app.franceConnect.login(request, reply, { acrValues: 'eidas3' }))
      app.get('/portee', (request, reply) => app.franceConnect.login(request, reply, { scope: 42 as never }))
      app.get('/besoins', (request, reply) => app.franceConnect.login(request, reply, { needs: 'a' as never }))
      app.get('/nul', (request, reply) => app.franceConnect.login(request, reply, null as never))
      app.get('/sortie', (request, reply) => app.franceConnect.logout(request, reply, null as never))
      app.post('/form', (request, reply) => app.franceConnect.login(request, reply))
    }
  })
  const jar = new Jar()
  await logIn(app, sandbox, jar, '/amr')
  t.same((await open(app, jar, '/moyens')).json(), ['fc', 'pwd'])
  const asked = new URL(String((await app.inject('/options')).headers.location)).searchParams
  t.match(Object.fromEntries(asked), { prompt: 'login', idp_hint: 'uid', scope: /openid .* email$/ })
  t.notOk(asked.has('claims'))
  for (const path of ['/none', '/niveau', '/portee', '/besoins'])
    t.equal((await app.inject(path)).json().code, 'FST_FC_INVALID_OPTIONS', path)
  t.match((await app.inject({ method: 'POST', url: '/form' })).body, '<meta http-equiv="refresh" content="0;url=http')
  t.equal((await app.inject('/nul')).statusCode, 302)
  t.equal((await app.inject('/sortie')).statusCode, 303)
  t.match(app.franceConnect.button(null as never), /fr-connect/)
  t.type(app.franceConnect.requireLogin(null as never), 'function')
})

t.test('nothing of the login route’s query reaches FranceConnect but returnTo', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox)
  const hostile =
    '/franceconnect/login?prompt=none&scope=openid&acr_values=eidas3&redirect_uri=https://evil.example&nonce=x&returnTo=/a&returnTo=/b'
  const url = String((await app.inject(hostile)).headers.location)
  t.notMatch(url, /evil|prompt|eidas3|returnTo/)
})

t.test('PKCE leaves only when it is asked for', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, { pkce: true })
  const asked = new URL(String((await app.inject('/franceconnect/login')).headers.location)).searchParams
  t.match(asked.get('code_challenge'), /^[\w-]{43}$/)
  t.equal(asked.get('code_challenge_method'), 'S256')
})

t.test('the path of baseUrl is put before every URL, and the prefix of the context too', async (t) => {
  const baseUrl = 'http://localhost:3000/demarches'
  const sandbox = await sandboxFor(t, { baseUrl })
  const app = await serviceFor(t, sandbox, { baseUrl })
  const jar = new Jar()
  const login = await open(app, jar, '/franceconnect/login?returnTo=/moi')
  const callback = new URL(await sandbox.authorize(String(login.headers.location)))
  t.equal(callback.pathname, '/demarches/franceconnect/callback')
  const back = await open(app, jar, callback.pathname.slice('/demarches'.length) + callback.search)
  t.equal(back.headers.location, `${baseUrl}/moi`)
  t.match(app.franceConnect.button(), `href="${baseUrl}/franceconnect/login"`)
  t.equal(app.franceConnect.loginUrl('/a b'), `${baseUrl}/franceconnect/login?returnTo=%2Fa%2520b`)
})

t.test('a route left out is not there, and the rest goes on', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, { routes: { login: false, logoutCallback: false } })
  t.equal((await app.inject('/franceconnect/login')).statusCode, 404)
  const jar = new Jar()
  await logIn(app, sandbox, jar, '/garde')
  const out = await open(app, jar, '/franceconnect/logout')
  t.same([...new URL(String(out.headers.location)).searchParams.keys()], ['id_token_hint'])
})
