import t from 'tap'
import type { Page } from '../hostile/browser.ts'
import { type Cookie, parseSetCookie } from '../hostile/cookie-jar.ts'
import { startProvider } from '../hostile/provider.ts'
import { baseUrl, me, paths, serve, startRelyingParty, walk, walkToCallback } from '../hostile/relying-party.ts'

const cookiesOf = (page: Page): Cookie[] => page.setCookie.map((line) => parseSetCookie(line))

t.test('S1 A20 every cookie is __Host-, Secure, HttpOnly, SameSite=Lax, Path=/', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  const login = await browser.open(paths.login)
  const { page } = await walk(browser)
  const logout = await browser.open(paths.logout)
  for (const cookie of [login, page, logout].flatMap(cookiesOf)) {
    t.match(cookie, { secure: true, httpOnly: true, path: '/', domain: undefined }, cookie.name)
    t.match(cookie.sameSite, /^lax$/i, cookie.name)
    t.ok(cookie.name.startsWith('__Host-'), cookie.name)
  }
  t.ok(cookiesOf(login).length > 0 && cookiesOf(page).length > 0 && cookiesOf(logout).length > 0)
})

t.test('S1 on http loopback the cookies are kept by a browser and still HttpOnly, Lax', async (t) => {
  const provider = await startProvider()
  const party = await startRelyingParty(provider, { baseUrl: 'http://localhost:3000' })
  t.teardown(() => Promise.all([party.close(), provider.close()]))
  const browser = party.browser()
  const login = await browser.open('http://localhost:3000/franceconnect/login')
  const back = await browser.open(login.location ?? '')
  const callback = await browser.open(back.location ?? '')
  for (const cookie of [login, callback].flatMap(cookiesOf)) {
    t.match(cookie, { secure: false, httpOnly: true, path: '/' }, cookie.name)
    t.match(cookie.sameSite, /^lax$/i)
  }
  const page = await browser.open('http://localhost:3000/moi')
  t.match(page.body, '"connected":true')
})

t.test('A19 a session planted before the login is not the one that is logged in', async (t) => {
  const party = await serve(t)
  const attacker = party.browser()
  await walk(attacker)
  const [planted] = [...attacker.jar(baseUrl).cookies.values()]
  const victim = party.browser()
  victim.jar(baseUrl).cookies.set(planted!.name, { ...planted! })
  party.provider.sub = 'victime-victime-victime'
  await walk(victim)
  t.equal((await me(victim)).sub, 'victime-victime-victime')
  t.not((await me(attacker)).sub, 'victime-victime-victime')
  t.not(victim.jar(baseUrl).cookies.get(planted!.name)?.value, planted!.value, 'a new session id')
})

t.test('A19 a planted anonymous session does not see the login either', async (t) => {
  const provider = await startProvider()
  const party = await startRelyingParty(provider, {}, async (app) => {
    app.get('/brouillon', async (request) => {
      Object.assign(request.session, { brouillon: 'motif' })
      return 'gardé'
    })
    app.get('/mon-brouillon', async (request) => ({ brouillon: Reflect.get(request.session, 'brouillon') ?? null }))
  })
  t.teardown(() => Promise.all([party.close(), provider.close()]))
  const attacker = party.browser()
  await attacker.open(`${baseUrl}/brouillon`)
  const [planted] = [...attacker.jar(baseUrl).cookies.values()]
  const victim = party.browser()
  victim.jar(baseUrl).cookies.set(planted!.name, { ...planted! })
  await walk(victim)
  t.equal((await me(victim)).connected, true)
  t.equal((await me(attacker)).connected, false)
  t.match((await victim.open(`${baseUrl}/mon-brouillon`)).body, 'motif', 'a draft follows its author')
})

t.test('A18 another citizen in the same browser finds nothing of the first', async (t) => {
  const provider = await startProvider()
  const party = await startRelyingParty(provider, {}, async (app) => {
    app.get('/brouillon', async (request) => {
      Object.assign(request.session, { brouillon: 'de-la-premiere' })
      return 'gardé'
    })
    app.get('/mon-brouillon', async (request) => ({ brouillon: Reflect.get(request.session, 'brouillon') ?? null }))
  })
  t.teardown(() => Promise.all([party.close(), provider.close()]))
  const browser = party.browser()
  await walk(browser)
  await browser.open(`${baseUrl}/brouillon`)
  const first = await me(browser)
  const kept = party.browser()
  for (const cookie of browser.jar(baseUrl).cookies.values()) kept.jar(baseUrl).cookies.set(cookie.name, { ...cookie })
  provider.sub = 'une-autre-citoyenne'
  await walk(browser)
  const second = await me(browser)
  t.equal(second.sub, 'une-autre-citoyenne')
  t.not(second.id, first.id)
  t.match((await browser.open(`${baseUrl}/mon-brouillon`)).body, '{"brouillon":null}')
  t.equal((await me(kept)).connected, false, 'the cookie of the first login is anonymous')
})

t.test('A20 a tossed attempt cookie of another browser does not match', async (t) => {
  const party = await serve(t)
  const attacker = party.browser()
  await walkToCallback(attacker)
  const victim = party.browser()
  const { callbackUrl } = await walkToCallback(victim)
  const names = [...victim.jar(baseUrl).cookies.keys()]
  const tossed = [...attacker.jar(baseUrl).cookies.values()]
  for (const [i, name] of names.entries()) {
    const cookie = victim.jar(baseUrl).cookies.get(name)!
    cookie.value = tossed[i]?.value ?? cookie.value
  }
  t.equal((await victim.open(callbackUrl)).status, 400)
  t.equal(party.provider.calls.token, 0)
})

t.test('A11 S21 two providers in two contexts: the callback of one never serves the other', async (t) => {
  const [one, two] = [await startProvider(), await startProvider()]
  const { default: Fastify } = await import('fastify')
  const { default: franceConnect } = await import('fastify-franceconnect')
  const { Browser } = await import('../hostile/browser.ts')
  const { clientId, clientSecret } = await import('../hostile/provider.ts')
  const app = Fastify({ forceCloseConnections: true })
  const secret = 'un-secret-de-session-CANARI-de-plus-de-32-caracteres'
  for (const [prefix, provider] of [
    ['/a', one],
    ['/b', two]
  ] as const) {
    await app.register(async (context) => {
      await context.register(franceConnect, {
        issuer: provider.issuer,
        clientId,
        clientSecret,
        baseUrl,
        secret,
        routes: {
          login: `${prefix}/login`,
          callback: `${prefix}/callback`,
          logout: `${prefix}/logout`,
          logoutCallback: `${prefix}/logout/callback`,
          jwks: `${prefix}/jwks`
        }
      })
      context.get(`${prefix}/moi`, async (request) => ({ sub: request.franceConnect?.sub ?? null }))
    })
  }
  await app.listen({ port: 0, host: '127.0.0.1' })
  t.teardown(() => Promise.all([app.close(), one.close(), two.close()]))
  two.sub = 'sub-chez-le-second'
  const address = app.server.address()
  const browser = new Browser({ [baseUrl]: typeof address === 'object' && address ? address.port : 0 })
  const go = async (prefix: string): Promise<URL> => {
    const login = await browser.open(`${baseUrl}${prefix}/login`)
    return new URL((await browser.open(login.location ?? '')).location ?? '')
  }
  const [a, b] = [await go('/a'), await go('/b')]
  const crossed = new URL(a)
  crossed.pathname = '/b/callback'
  t.equal((await browser.open(crossed.href)).status, 400)
  const mixed = new URL(b)
  mixed.searchParams.set('state', a.searchParams.get('state') ?? '')
  t.equal((await browser.open(mixed.href)).status, 400)
  t.same([one.calls.token, two.calls.token], [0, 0])
  const [again, other] = [await go('/a'), await go('/b')]
  t.match((await browser.open(again.href)).status, /30[23]/)
  t.match((await browser.open(other.href)).status, /30[23]/)
  t.match((await browser.open(`${baseUrl}/a/moi`)).body, one.sub)
  t.match((await browser.open(`${baseUrl}/b/moi`)).body, 'sub-chez-le-second')
})

t.test('S21 registered twice in one context fails the boot', async (t) => {
  const provider = await startProvider()
  t.teardown(() => provider.close())
  const { default: franceConnect } = await import('fastify-franceconnect')
  const { clientId, clientSecret } = await import('../hostile/provider.ts')
  const party = startRelyingParty(provider, {}, async (app) => {
    const secret = 'un-secret-de-session-CANARI-de-plus-de-32-caracteres'
    await app.register(franceConnect, { issuer: provider.issuer, clientId, clientSecret, baseUrl, secret })
  })
  await t.rejects(party, { code: 'FST_FC_INVALID_OPTIONS' })
})
