import t from 'tap'
import {
  Jar,
  logIn,
  navigation,
  open,
  sandboxFor,
  serviceFor
} from '../../../packages/fastify-franceconnect/test/service.ts'

t.test('whatever a guard let through leaves with no-store and Vary: Cookie', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, {
    pages(app) {
      const preHandler = app.franceConnect.requireLogin()
      // as @fastify/static with maxAge: '1d'
      app.get('/fichier', { preHandler }, (_request, reply) =>
        reply.headers({ 'cache-control': 'public, max-age=86400', vary: 'Accept-Encoding' }).send('%PDF')
      )
      app.get('/brut', { preHandler }, (_request, reply) => void reply.raw.end('brut'))
      app.get('/pris', { preHandler }, (_request, reply) => {
        reply.hijack()
        reply.raw.writeHead(200, { 'content-type': 'text/plain' }).end('pris')
      })
      app.get('/erreur', { preHandler }, async () => Promise.reject(new Error('rien')))
      app.get('/vu', (request, reply) => {
        reply.hijack()
        reply.raw.end(request.franceConnect?.sub ?? 'personne')
      })
      app.get('/libre', (_request, reply) => reply.header('cache-control', 'public').send('libre'))
      app.get('/tot', { onRequest: app.franceConnect.requireLogin() }, (_request, reply) => void reply.raw.end('tôt'))
    }
  })
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  for (const path of ['/fichier', '/brut', '/pris', '/erreur', '/vu', '/tot']) {
    const page = await open(app, jar, path)
    t.equal(page.headers['cache-control'], 'no-store', path)
    t.match(page.headers.vary, /(^|, )Cookie$/, path)
  }
  t.equal((await open(app, jar, '/fichier')).headers.vary, 'Accept-Encoding, Cookie')
  const anonymous = await open(app, new Jar(), '/vu')
  t.match(anonymous, { body: 'personne', headers: { vary: 'Cookie' } })
  t.equal((await open(app, jar, '/libre')).headers['cache-control'], 'public', 'no guard, nobody looked')
})

t.test('an application route whose URL equals an unmounted or look-alike own route is guarded', async (t) => {
  const paths = [
    '/franceconnect/jwks',
    '/FranceConnect/Login',
    '/franceconnect//logout',
    '/franceconnect/login;admin',
    '/franceconnect/callback/x',
    '/franceconnect/logout/callback'
  ]
  const app = await serviceFor(t, await sandboxFor(t), {
    routes: { logoutCallback: false },
    pages(app) {
      app.addHook('preHandler', app.franceConnect.requireLogin())
      for (const path of paths) app.get(path, async () => 'réservé')
    }
  })
  for (const path of paths) t.equal((await app.inject({ url: path, headers: navigation })).statusCode, 302, path)
  t.equal((await app.inject({ url: '/franceconnect/logout', headers: navigation })).statusCode, 303, 'ours stay open')
  t.equal((await app.inject({ method: 'PUT', url: '/franceconnect/callback/' })).statusCode, 405)
})

t.test('requireLogin passed without being called says to call it', async (t) => {
  await serviceFor(t, await sandboxFor(t), {
    pages(app) {
      const uncalled = app.franceConnect.requireLogin as never
      for (const hook of ['onRequest', 'preParsing', 'preValidation', 'preHandler'])
        for (const given of [uncalled, [async () => {}, uncalled]])
          t.throws(() => app.get(`/${hook}`, { [hook]: given }, async () => 'x'), {
            code: 'FST_FC_INVALID_OPTIONS',
            message: /passed without being called.*requireLogin\(\)/
          })
    }
  })
  const hooked = await serviceFor(t, await sandboxFor(t), {
    pages(app) {
      app.addHook('preHandler', app.franceConnect.requireLogin as never)
      app.get('/x', async () => 'x')
    }
  })
  const answer = await hooked.inject('/x')
  t.equal(answer.statusCode, 500)
  t.match(answer.json().message, /passed without being called/)
})

t.test('HEAD of a guarded page leads to the login as GET does, and starts none', async (t) => {
  const sandbox = await sandboxFor(t)
  for (const routes of [{}, { login: false as const }]) {
    const app = await serviceFor(t, sandbox, {
      routes,
      pages: (app) => void app.get('/entrer', (request, reply) => app.franceConnect.login(request, reply))
    })
    for (const [url, login] of [
      ['/garde', '/franceconnect/login?returnTo=%2Fgarde'],
      ['/entrer', '/franceconnect/login']
    ]) {
      const answer = await app.inject({ method: 'HEAD', url: url!, headers: navigation })
      if (routes.login === false) t.match(answer, { statusCode: 401, headers: { location: undefined } })
      else t.match(answer, { statusCode: 302, headers: { location: `http://localhost:3000${login}` } })
      t.notOk(answer.headers['set-cookie'])
      t.equal(answer.headers['cache-control'], 'no-store')
    }
    const jar = new Jar()
    await logIn(app, sandbox, jar, '/garde')
    const answer = await app.inject({ method: 'HEAD', url: '/garde', headers: { ...navigation, cookie: jar.header } })
    t.equal(answer.statusCode, 200)
  }
})
