import t from 'tap'
import { failure } from '../../src/errors.ts'
import type { Login } from '../../src/session/login.ts'
import { baseUrl, Jar, logIn, open, sandboxFor, serviceFor, upToCallback } from '../service.ts'

t.test('an extension adds scopes, works inside the callback and at logout, and never fails either', async (t) => {
  const sandbox = await sandboxFor(t)
  const seen: { login?: Login; needs?: readonly string[]; out?: string } = {}
  const app = await serviceFor(t, sandbox, {
    pages(app) {
      app.franceConnect.extend({
        scopes: ['cnaf_quotient_familial', 'openid'],
        async onLogin(request, login, needs) {
          Object.assign(seen, { login, needs })
          t.equal(request.franceConnect?.sub, login.sub)
          throw new Error('broken')
        },
        onLogout(loginId) {
          seen.out = loginId
          throw new Error('broken')
        }
      })
      app.get('/besoin', async (request, reply) => {
        if (app.franceConnect.returning(request, reply)) return { back: app.franceConnect.returning(request, reply) }
        const error = failure('FST_FC_LOGIN_REQUIRED')
        return app.franceConnect.challenge(request, reply, {
          error,
          needs: ['{"a":1}', '{"b":2}'],
          scope: 'cnaf_enfants'
        })
      })
    }
  })
  const jar = new Jar()
  const login = await open(app, jar, '/besoin?x=1')
  const scope = new URL(String(login.headers.location)).searchParams.get('scope')!.split(' ')
  t.ok(scope.includes('cnaf_quotient_familial') && scope.includes('cnaf_enfants'))
  t.equal(scope.filter((one) => one === 'openid').length, 1)
  const back = await open(app, jar, await sandbox.authorize(String(login.headers.location)))
  t.equal(back.headers.location, `${baseUrl}/besoin?x=1`)
  t.same(seen.needs, ['{"a":1}', '{"b":2}'])
  t.match(seen.login?.accessToken?.value, /^[\w-]{43}$/)

  t.equal((await open(app, jar, '/autre')).statusCode, 404)
  t.same((await open(app, jar, '/besoin?x=1')).json(), { back: true })
  t.equal((await open(app, jar, '/besoin?x=1')).statusCode, 302, 'once')

  await open(app, jar, '/franceconnect/logout')
  t.equal(seen.out, seen.login?.id)
})

t.test('a login in place of another ends the first for extensions', async (t) => {
  const sandbox = await sandboxFor(t)
  const events: string[] = []
  const requests: unknown[] = []
  const app = await serviceFor(t, sandbox, {
    pages: (app) =>
      app.franceConnect.extend({
        onLogin: (request, login) => requests.push(request) && events.push(`in ${login.id}`),
        onLogout: (id, request) => requests.push(request) && events.push(`out ${id}`)
      })
  })
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  await logIn(app, sandbox, jar)
  const [first, out, second] = events
  t.equal(out, first?.replace('in', 'out'))
  t.match(second, /^in /)
  t.equal(requests[1], requests[2], 'both during the callback')
  await open(app, jar, '/franceconnect/logout')
  t.ok(requests[3] && requests[3] !== requests[2])
})

t.test('what an extension is given: seal, hash, platform; and no extension once the server is ready', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox)
  const { franceConnect } = app
  t.equal(franceConnect.unseal(franceConnect.seal('texte', 'a'), 'a'), 'texte')
  t.equal(franceConnect.unseal(franceConnect.seal('texte', 'a'), 'b'), null)
  t.equal(franceConnect.unseal('v1.foreign', 'a'), null)
  const long = 'é'.repeat(2000)
  t.equal(
    franceConnect.unseal(franceConnect.seal('texte', `${long}a`), `${long}a`),
    'texte',
    'however long the purpose'
  )
  t.equal(franceConnect.unseal(franceConnect.seal('texte', `${long}a`), `${long}b`), null)
  t.match(franceConnect.hash('sub', 'a'), /^[\w-]{43}$/)
  t.not(franceConnect.hash('sub', 'a'), franceConnect.hash('sub', 'b'))
  t.equal(franceConnect.platform, 'franceconnect')
  t.equal(franceConnect.environment, null)
  t.throws(() => franceConnect.extend({ scopes: ['x'] }), { code: 'FST_FC_INVALID_OPTIONS' })
})

t.test('an extension that is none is refused when it is added', async (t) => {
  const sandbox = await sandboxFor(t)
  await serviceFor(t, sandbox, {
    pages(app) {
      const extend = app.franceConnect.extend as (extension: unknown) => void
      for (const wrong of [undefined, null, 42, { scopes: 'email' }, { scopes: ['a b'] }, { onLogin: 1 }])
        t.throws(() => extend(wrong), { code: 'FST_FC_INVALID_OPTIONS' }, JSON.stringify(wrong))
      extend({})
    }
  })
})

t.test('needs are bounded', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, {
    pages: (app) =>
      void app.get('/trop', (request, reply) => app.franceConnect.login(request, reply, { needs: ['x'.repeat(1537)] }))
  })
  t.match((await app.inject('/trop')).json(), { code: 'FST_FC_INVALID_OPTIONS' })
})

t.test('onLogin sees the login, may reply, and refuses by throwing', async (t) => {
  const sandbox = await sandboxFor(t)
  const replied = await serviceFor(t, sandbox, {
    async onLogin(request, reply, login) {
      Object.assign(request.session, { account: login.sub })
      await reply.code(200).send({ welcome: request.franceConnect?.sub === login.sub })
    },
    pages: (app) =>
      void app.get('/compte', async (request) => ({
        account: (request.session as unknown as { account?: string }).account
      }))
  })
  const jar = new Jar()
  t.same((await logIn(replied, sandbox, jar)).json(), { welcome: true })
  t.match((await open(replied, jar, '/compte')).json().account, /v1$/)

  const refusing = await serviceFor(t, sandbox, {
    async onLogin() {
      throw Object.assign(new Error('compte fermé'), { statusCode: 403 })
    }
  })
  const refused = new Jar()
  const answer = await open(refusing, refused, await upToCallback(refusing, sandbox, refused))
  t.equal(answer.statusCode, 403)
  t.match(answer.body, 'compte fermé')
  t.equal((await open(refusing, refused, '/moi')).json().sub, null)
})
