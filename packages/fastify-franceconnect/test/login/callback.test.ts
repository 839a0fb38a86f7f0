import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { baseUrl, Jar, logIn, navigation, open, sandboxFor, serviceFor, upToCallback } from '../service.ts'

const callback = '/franceconnect/callback'

t.test('malformed callbacks are 400, and leave the attempts under way alone', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox)
  const jar = new Jar()
  const url = await upToCallback(app, sandbox, jar)
  const { searchParams } = new URL(url)
  const iss = encodeURIComponent(sandbox.issuer)
  const state = searchParams.get('state')
  for (const query of [
    '',
    '?',
    `?state=${state}`,
    `?code=a&state=${state}&state=${state}&iss=${iss}`,
    `?code=a&state=${state}&iss=https://evil.example`,
    `?code=a&code=b&state=${state}`,
    `?response=x`,
    `?id_token=x&state=${state}`,
    `?code=%00&state=${state}`,
    '?code=%ZZ',
    '?error=x&error=y'
  ]) {
    const answer = await app.inject({ url: callback + query, headers: { cookie: jar.header } })
    t.equal(answer.statusCode, 400, query)
    t.match(answer.json().code, /^FST_FC_(CALLBACK_INVALID|ATTEMPT_NOT_FOUND)$/)
  }
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const whole = `GET ${url} HTTP/1.1\r\nHost: localhost:3000\r\nCookie: ${jar.header}\r\nConnection: close\r\n\r\n`
  t.match(await text(connect(port, '127.0.0.1').end(whole)), /^HTTP\/1\.1 400 /, 'in absolute form')
  t.equal((await open(app, jar, url)).statusCode, 303)
})

t.test('FranceConnect’s errors are explained', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, { scope: 'openid given_name dgfip_rfr' })
  const iss = encodeURIComponent(sandbox.issuer)
  const answerTo = async (query: string) => {
    const jar = new Jar()
    const login = await open(app, jar, '/franceconnect/login')
    const state = new URL(String(login.headers.location)).searchParams.get('state')
    const answer = await app.inject({
      url: `${callback}?${query}&state=${state}&iss=${iss}`,
      headers: { cookie: jar.header }
    })
    return answer.json()
  }
  t.match(await answerTo('error=access_denied'), { code: 'FST_FC_LOGIN_REFUSED', statusCode: 403 })
  t.match(await answerTo('error=invalid_scope&scope=dgfip_rfr'), {
    code: 'FST_FC_PROVIDER_ERROR',
    statusCode: 400,
    message: /does not grant dgfip_rfr; ask for it/
  })
  t.match(await answerTo('error=invalid_scope&scope=%3Cscript%3E'), { message: /one of openid given_name dgfip_rfr/ })
  t.match(await answerTo('error=invalid_acr'), { message: /FranceConnect gives eidas1/ })
  t.match(await answerTo('error=temporarily_unavailable'), { message: /try again later/ })
  t.match(await answerTo('error=constructor'), { code: 'FST_FC_PROVIDER_ERROR', message: /constructor$/ })
  t.match(await answerTo('error=%3Cscript%3E&error_description=secret'), { message: /an unknown error$/ })
  const unbound = await app.inject(`${callback}?error=invalid_idp_hint&state=undefined&iss=${iss}`)
  t.match(unbound.json(), { code: 'FST_FC_PROVIDER_ERROR', message: /state=undefined/ })
})

t.test('an attempt not found is diagnosed in development', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox)
  const url = (await upToCallback(app, sandbox, new Jar())).slice(baseUrl.length)
  const message = async (headers: Record<string, string>) => (await app.inject({ url, headers })).json().message
  t.match(await message({ host: '127.0.0.1:3000' }), /another host than baseUrl \(localhost:3000\)/)
  t.match(await message({ host: 'localhost:3000' }), /no attempt cookie/)
  const other = new Jar()
  await open(app, other, '/franceconnect/login')
  t.match(await message({ host: 'localhost:3000', cookie: other.header }), /other attempts/)
  const jar = new Jar()
  const mine = (await upToCallback(app, sandbox, jar)).slice(baseUrl.length)
  const elsewhere = await serviceFor(t, sandbox, { secret: 'a secret that the first instance does not have' })
  const unreadable = await elsewhere.inject({ url: mine, headers: { host: 'localhost:3000', cookie: jar.header } })
  t.match(unreadable.json(), { code: 'FST_FC_ATTEMPT_NOT_FOUND', message: /secret/ })
})

t.test('HEAD, a prefetch and other methods change nothing', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox)
  const jar = new Jar()
  const url = (await upToCallback(app, sandbox, jar)).slice(baseUrl.length)
  for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'] as const) {
    for (const path of [url, url.replace('?', '/?'), '/franceconnect/login', '/franceconnect/logout/callback']) {
      const answer = await app.inject({ method, url: path, headers: { cookie: jar.header } })
      t.equal(answer.statusCode, 405, `${method} ${path.split('?')[0]}`)
      t.equal(answer.headers['set-cookie'], undefined)
    }
  }
  for (const path of [url, '/franceconnect/login']) {
    const answer = await app.inject({
      url: path,
      headers: { ...navigation, cookie: jar.header, 'sec-purpose': 'prefetch;prerender' }
    })
    t.equal(answer.statusCode, 425)
    t.equal(answer.headers['set-cookie'], undefined)
  }
  t.equal((await open(app, jar, url)).statusCode, 303)
})

t.test('a login leaves a line for each step and no secret, at any level; its events too', async (t) => {
  const sandbox = await sandboxFor(t)
  const lines: string[] = []
  const app = await serviceFor(t, sandbox, {
    server: { logger: { level: 'trace', stream: { write: (line: string) => void lines.push(line) } } }
  })
  const events: [string, unknown][] = []
  const listen = (message: unknown, name: string | symbol) => void events.push([String(name), message])
  for (const name of ['login:started', 'login:succeeded', 'login:refused', 'login:failed', 'logout']) {
    subscribe(`franceconnect:${name}`, listen)
    t.teardown(() => unsubscribe(`franceconnect:${name}`, listen))
  }
  const jar = new Jar()
  const url = await upToCallback(app, sandbox, jar)
  await open(app, jar, url)
  await open(app, jar, url)
  await app.inject(`${url.slice(baseUrl.length)}`.replace('?', '/?'))
  await app.inject({ method: 'POST', url: url.slice(baseUrl.length) })
  await open(app, jar, '/franceconnect/logout')
  const log = lines.join('')
  const { searchParams } = new URL(url)
  for (const name of ['code', 'state']) t.notMatch(log, searchParams.get(name)!)
  t.notMatch(log, /eyJ|DUBOIS|Angela/)
  const attempts = lines.map((line) => JSON.parse(line)).filter(({ attempt }) => attempt)
  t.same(
    attempts.map(({ msg }) => msg),
    [
      'FranceConnect login started',
      'FranceConnect callback received',
      'FranceConnect login verified',
      'FranceConnect login succeeded'
    ]
  )
  t.equal(new Set(attempts.map(({ attempt }) => attempt)).size, 1)
  t.same(
    events.map(([name]) => name),
    ['login:started', 'login:succeeded', 'login:failed', 'logout'].map((name) => `franceconnect:${name}`)
  )
  t.match(events[1]?.[1], { acr: 'eidas1', platform: 'franceconnect', durationMs: Number })
})

t.test('onError replaces the answer, and knows where to go', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, {
    async onError(error, request, reply) {
      const { code, loginUrl, returnTo } = error as Error & Record<string, unknown>
      if (request.headers['x-reply']) return reply.code(200).send('répondu')
      if (request.headers['x-redirect']) return reply.redirect('/saisie')
      return { code, loginUrl, returnTo }
    }
  })
  const jar = new Jar()
  const answer = await open(
    app,
    jar,
    await upToCallback(app, sandbox, jar, '/franceconnect/login?returnTo=/dossier', { cancel: true })
  )
  t.equal(answer.statusCode, 403)
  t.same(answer.json(), {
    code: 'FST_FC_LOGIN_REFUSED',
    loginUrl: `${baseUrl}/franceconnect/login?returnTo=%2Fdossier`,
    returnTo: '/dossier'
  })
  t.equal((await open(app, jar, callback, { 'x-reply': '1' })).body, 'répondu')
  const redirected = await open(app, jar, callback, { 'x-redirect': '1' })
  t.match(redirected, { statusCode: 302, headers: { location: '/saisie' } }, 'a plain redirect is one')
})

t.test('FranceConnect down in the middle: 503, and a new login works once it is back', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, { timeout: 2000 })
  const jar = new Jar()
  const url = await upToCallback(app, sandbox, jar)
  sandbox.faults.set('franceConnect', 'down')
  t.equal((await open(app, jar, url)).statusCode, 503)
  sandbox.faults.clear()
  t.equal((await logIn(app, sandbox, jar)).statusCode, 303)
})

t.test('a code that expired is refused as such', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox)
  const jar = new Jar()
  const url = await upToCallback(app, sandbox, jar)
  sandbox.advance(31)
  t.match((await app.inject({ url: url.slice(baseUrl.length), headers: { cookie: jar.header } })).json(), {
    code: 'FST_FC_CODE_REJECTED',
    message: /FranceConnect Y/
  })
})
