import { inspect } from 'node:util'
import type { FastifyReply, FastifyRequest } from 'fastify'
import t, { type Test } from 'tap'
import { atClock } from '../hostile/clock.ts'
import { citizen } from '../hostile/honest.ts'
import { leaksOf, secretsOf, shownIn } from '../hostile/leaks.ts'
import {
  baseUrl,
  me,
  type PluginOptions,
  paths,
  type RelyingParty,
  serve,
  walk,
  walkToCallback
} from '../hostile/relying-party.ts'

async function start(t: Test, options: PluginOptions = {}): Promise<RelyingParty> {
  return serve(t, options, async (app) => {
    app.get('/formes', async (request) => {
      const login = request.franceConnect
      request.log.info({ login, session: request.session }, 'the login and the session, logged by the application')
      const copy = { ...login } as Record<string, unknown>
      return {
        json: JSON.stringify(login),
        session: JSON.stringify(request.session),
        inspected: inspect(login, { depth: 10, showHidden: false }),
        sessionInspected: inspect(request.session, { depth: 10 }),
        spread: JSON.stringify(copy),
        template: `${login}`,
        byName: [login?.accessToken?.value, login?.idToken].map((token) => typeof token)
      }
    })
  })
}

const tokensOf = (party: RelyingParty): [string, string][] =>
  secretsOf(party.provider).filter(([name]) => /token/i.test(name))

t.test('S8 however it is printed, the login shows no token; by name it gives them', async (t) => {
  const party = await start(t)
  const browser = party.browser()
  await walk(browser)
  const page = await browser.open(`${baseUrl}/formes`)
  const { byName, ...printed } = JSON.parse(page.body) as Record<string, unknown>
  t.same(byName, ['string', 'string'])
  for (const [way, text] of Object.entries(printed)) t.same(shownIn(way, String(text), tokensOf(party)), [])
  t.same(shownIn('log', party.logs.join(''), tokensOf(party)), [])
})

t.test('S11 a login ends four hours after it began, however much it is used', async (t) => {
  const party = await start(t)
  party.provider.fault = { idToken: (jwt) => void Object.assign(jwt.claims, { exp: 9_999_999_999 }) }
  const browser = party.browser()
  await walk(browser)
  const [cookie] = [...browser.jar(baseUrl).cookies.values()]
  for (const minutes of [60, 120, 180, 239]) {
    t.equal((await atClock(minutes * 60, () => me(browser))).connected, true, `${minutes} minutes`)
  }
  cookie!.expires = Number.POSITIVE_INFINITY
  t.equal((await atClock(4 * 3600 + 1, () => me(browser))).connected, false)
})

t.test('S11 sessionMaxAge shortens it', async (t) => {
  const party = await start(t, { sessionMaxAge: 600 })
  const browser = party.browser()
  await walk(browser)
  for (const cookie of browser.jar(baseUrl).cookies.values()) cookie.expires = Number.POSITIVE_INFINITY
  t.equal((await atClock(590, () => me(browser))).connected, true)
  t.equal((await atClock(601, () => me(browser))).connected, false)
})

t.test('S14 S15 the pages of the plugin cannot be framed, run nothing and are not sniffed', async (t) => {
  const party = await start(t)
  const page = await party.browser().open(`${paths.callback}?error=%3Cscript%3Ealert(1)%3C/script%3E&state=x`)
  t.match(page.headers['content-type'], 'text/html')
  t.match(page.headers['content-security-policy'], "default-src 'none'")
  t.match(page.headers['content-security-policy'], "frame-ancestors 'none'")
  t.match(page.headers['x-frame-options'], /deny/i)
  t.equal(page.headers['x-content-type-options'], 'nosniff')
  t.notMatch(page.body, /<script|alert\(1\)/)
  t.match(page.body, 'lang="fr"')
})

t.test(
  'S17 each line of the log is one JSON object of bounded length, escapes and text turners kept out',
  async (t) => {
    const party = await start(t)
    const forged = 'x\n{"level":30,"msg":"forged"}\u001b[2J\u202e'
    for (const name of ['error', 'error_description', 'state', 'iss', 'code']) {
      const query = new URLSearchParams({ error: 'server_error', state: 'a', [name]: forged + 'y'.repeat(3000) })
      await party.browser().open(`${paths.callback}?${query}`)
      await party.browser().open(`${paths.login}?returnTo=${encodeURIComponent(forged)}`)
    }
    for (const line of party.logs) {
      t.type(JSON.parse(line), 'object')
      t.ok(line.length < 6000, `${line.length} characters`)
      const parsed = JSON.parse(line) as { msg?: string }
      t.notMatch(`${parsed.msg}`, /[\p{Cc}\p{Bidi_Control}]|forged/u)
    }
    t.notMatch(party.logs.join('').replaceAll(/"url":"[^"]*"/g, ''), /y{200}/, 'what a stranger writes is cut')
  }
)

t.test('S18 a whole login and logout at level trace leaves no secret in the log', async (t) => {
  const party = await start(t)
  const browser = party.browser()
  const { callbackUrl } = await walk(browser)
  await browser.open(callbackUrl)
  await browser.open(`${callbackUrl}&x=1`)
  await browser.open(callbackUrl.replace('/callback?', '/callback/?'))
  await party.browser().open(callbackUrl)
  await me(browser)
  const out = await browser.open(paths.logout)
  const back = await browser.open(out.location ?? '')
  await browser.open(back.location ?? '')
  t.ok(party.logs.length > 10)
  t.same(leaksOf(party), [])
  const state = new URL(out.location ?? '').searchParams.get('state') ?? '-'
  t.notOk(party.logs.join('').includes(state), 'nor the state of the logout')
})

t.test('S18 nor does a callback asked in an unusual form', async (t) => {
  const party = await serve(t)
  for (const form of [
    (path: string) => `http://evil.example${path}`,
    (path: string) => path.replace('/callback?', '/callback?&'),
    (path: string) => path.replace('/callback?', '/callback/?'),
    (path: string) => path.replace('/franceconnect/callback?', '/franceconnect/%63allback?'),
    (path: string) => `${path}#fragment`
  ]) {
    const browser = party.browser()
    const { callbackUrl } = await walkToCallback(browser)
    const { pathname, search } = new URL(callbackUrl)
    const page = await browser.open(baseUrl, { rawPath: form(pathname + search) })
    t.not(page.status, 500)
    t.ok(page.location === undefined || page.location.startsWith(`${baseUrl}/`))
  }
  t.same(leaksOf(party), [])
})

t.test('S19 an error handed to onError holds no secret, and its page is the application’s', async (t) => {
  const seen: Error[] = []
  const party = await start(t, {
    onError: (error: Error, _request: FastifyRequest, reply: FastifyReply) => {
      seen.push(error)
      return reply.code(418).send('la page de la mairie')
    }
  })
  for (const fault of [
    { callback: (query: URLSearchParams) => query.set('iss', 'https://evil.example') },
    { idToken: (jwt: { claims: Record<string, unknown> }) => void Object.assign(jwt.claims, { nonce: 'autre' }) },
    { userinfo: (jwt: { claims: Record<string, unknown> }) => void Object.assign(jwt.claims, { sub: 'autre' }) },
    { answer: { token: (answer: { status: number }) => void Object.assign(answer, { status: 500 }) } }
  ]) {
    party.provider.fault = fault
    const { page } = await walk(party.browser())
    t.equal(page.status, 418)
  }
  t.equal(seen.length, 4)
  party.errors.push(...seen)
  t.same(leaksOf(party), [])
  for (const error of seen) t.match(error, { code: /^FST_FC_/, loginUrl: String, returnTo: String })
})

t.test('S24 what shows an identity is never kept by a shared cache', async (t) => {
  const party = await start(t)
  const browser = party.browser()
  await walk(browser)
  for (const address of [`${baseUrl}/prive`, `${baseUrl}/moi`]) {
    const page = await browser.open(address)
    t.equal(page.status, 200)
    t.match(page.headers['cache-control'], 'no-store', address)
  }
  const anonymous = await party.browser().open(`${baseUrl}/prive`)
  t.match(anonymous.headers['cache-control'], 'no-store', 'the redirect to the login')
  t.notOk((await walkToCallback(party.browser())).page.body.includes(citizen.family_name))
})

t.test('S22 a login survives another address and another browser version: it is bound to neither', async (t) => {
  const party = await start(t)
  const browser = party.browser()
  const { callbackUrl } = await walkToCallback(browser)
  await browser.open(callbackUrl, { headers: { 'user-agent': 'autre', 'x-forwarded-for': '203.0.113.9' } })
  const page = await browser.open(paths.me, {
    headers: { 'user-agent': 'encore-autre', 'x-forwarded-for': '198.51.100.7' }
  })
  t.match(page.body, '"connected":true')
})
