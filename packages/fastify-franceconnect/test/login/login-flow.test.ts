import { inspect } from 'node:util'
import t from 'tap'
import { baseUrl, Jar, logIn, open, sandboxFor, serviceFor, upToCallback } from '../service.ts'

t.test('a citizen logs in, is known, logs out', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, { postLogoutReturnTo: '/fin' })
  const jar = new Jar()

  const login = await open(app, jar, '/franceconnect/login?returnTo=/moi%3Fa=1')
  t.equal(login.statusCode, 302)
  const asked = new URL(String(login.headers.location)).searchParams
  t.same([...asked.keys()].sort(), [
    'acr_values',
    'client_id',
    'nonce',
    'redirect_uri',
    'response_type',
    'scope',
    'state'
  ])
  t.match(asked.get('state'), /^[0-9a-f]{64}$/)
  t.match(asked.get('nonce'), /^[0-9a-f]{64}$/)
  t.equal(asked.get('scope'), 'openid given_name family_name birthdate gender birthplace birthcountry')

  const back = await open(app, jar, await sandbox.authorize(String(login.headers.location)))
  t.equal(back.statusCode, 303)
  t.equal(back.headers.location, `${baseUrl}/moi?a=1`)
  t.equal(back.headers['cache-control'], 'no-store')

  const page = await open(app, jar, '/moi')
  t.match(page.json().sub, /^[0-9a-f]{64}v1$/)
  t.equal(page.headers['cache-control'], 'no-store')
  t.equal(page.headers.vary, 'Cookie')

  const out = await open(app, jar, '/franceconnect/logout')
  const end = new URL(String(out.headers.location))
  t.equal(end.origin + end.pathname, `${sandbox.issuer}/session/end`)
  t.same([...end.searchParams.keys()].sort(), ['id_token_hint', 'post_logout_redirect_uri', 'state'])
  t.equal((await open(app, jar, '/moi')).json().sub, null)
  const landed = await open(app, jar, `/franceconnect/logout/callback?state=${end.searchParams.get('state')}`)
  t.equal(landed.headers.location, `${baseUrl}/fin`)
})

t.test('the login tells what the contract says, and no token to whoever prints it', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, {
    pages(app) {
      app.get('/printed', async (request) => {
        const login = request.franceConnect!
        return {
          printed:
            inspect(login, { depth: 10, showHidden: true, getters: true }) +
            inspect(login.accessToken, { showHidden: true, getters: true }) +
            JSON.stringify(login),
          token: login.accessToken?.value,
          idToken: login.idToken,
          keys: Object.keys(login).sort(),
          dates: [login.authTime, login.loggedInAt, login.expiresAt].every((date) => date instanceof Date),
          life: login.expiresAt.getTime() - login.loggedInAt.getTime(),
          sinceAuthentication: Date.now() - (login.authTime?.getTime() ?? 0),
          userInfo: login.userInfo,
          frozen: Object.isFrozen(login) && Object.isFrozen(login.userInfo),
          scope: login.scope
        }
      })
    }
  })
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  const seen = (await open(app, jar, '/printed')).json()
  t.match(seen.token, /^[\w-]{43}$/)
  t.notMatch(seen.printed, seen.token)
  t.notMatch(seen.printed, seen.idToken)
  t.same(seen.keys, ['acr', 'amr', 'authTime', 'expiresAt', 'id', 'loggedInAt', 'scope', 'sub', 'userInfo'])
  t.ok(seen.dates)
  t.equal(seen.life, 4 * 3600 * 1000)
  t.ok(Math.abs(seen.sinceAuthentication) < 60_000, 'authTime is now')
  t.ok(seen.frozen)
  t.ok(seen.scope.includes('openid'))
  for (const member of ['iss', 'aud', 'exp', 'iat']) t.notOk(member in seen.userInfo, member)
})

t.test('two calls per login once the server is warm', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox)
  await logIn(app, sandbox, new Jar())
  const url = await upToCallback(app, sandbox, new Jar())
  const jar = new Jar()
  const again = await upToCallback(app, sandbox, jar)
  t.ok(url)
  const before = sandbox.requests.length
  await open(app, jar, again)
  t.equal(sandbox.requests.length - before, 2)
})

t.test('two tabs both work, and each comes back to its page', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox)
  const jar = new Jar()
  const first = await upToCallback(app, sandbox, jar, '/franceconnect/login?returnTo=/un')
  const second = await upToCallback(app, sandbox, jar, '/franceconnect/login?returnTo=/deux')
  t.equal((await open(app, jar, second)).headers.location, `${baseUrl}/deux`)
  t.equal((await open(app, jar, first)).headers.location, `${baseUrl}/un`)
})

t.test('the same callback again leads to the page of that login, another stale one to the default page', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, { defaultReturnTo: '/accueil' })
  const jar = new Jar()
  const first = await upToCallback(app, sandbox, jar, '/franceconnect/login?returnTo=/un')
  await open(app, jar, first)
  const calls = sandbox.requests.length
  t.equal((await open(app, jar, first)).headers.location, `${baseUrl}/un`)
  await logIn(app, sandbox, jar)
  t.equal((await open(app, jar, first)).headers.location, `${baseUrl}/accueil`)
  t.equal(sandbox.requests.slice(calls).filter(({ path }) => path.endsWith('/token')).length, 1)
  const stranger = await open(app, new Jar(), first)
  t.equal(stranger.statusCode, 400)
  t.match(stranger.body, /FST_FC_ATTEMPT_NOT_FOUND/)
})

t.test('another citizen in the same browser finds nothing of the first; the same one keeps the draft', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, {
    pages(app) {
      app.get('/brouillon', async (request) => {
        const session = request.session as unknown as Record<string, unknown>
        const before = session['draft'] ?? null
        session['draft'] = 'mon brouillon'
        return { before }
      })
    }
  })
  const jar = new Jar()
  await open(app, jar, '/brouillon')
  const anonymous = jar.header
  await logIn(app, sandbox, jar)
  t.not(jar.header, anonymous, 'a new session id')
  t.equal((await open(app, jar, '/brouillon')).json().before, 'mon brouillon', 'an anonymous draft is kept')
  await logIn(app, sandbox, jar)
  t.equal((await open(app, jar, '/brouillon')).json().before, 'mon brouillon', 'the same citizen keeps it')
  const login = await open(app, jar, '/franceconnect/login')
  await open(app, jar, await sandbox.authorize(String(login.headers.location), sandbox.citizens[1]!))
  t.equal((await open(app, jar, '/brouillon')).json().before, null, 'another does not')
})

t.test('a citizen who leaves FranceConnect gets a page, and may start again', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox)
  const jar = new Jar()
  const left = await open(
    app,
    jar,
    await upToCallback(app, sandbox, jar, '/franceconnect/login?returnTo=/un', { cancel: true })
  )
  t.equal(left.statusCode, 403)
  t.match(left.body, /Réessayer/)
  t.match(left.body, /Revenir à la démarche/)
  t.match(left.body, 'href="http://localhost:3000/franceconnect/login?returnTo=%2Fun"')
  t.match(left.headers['content-security-policy'], /default-src 'none'/)
  t.notMatch(left.body, /<script/)
})
