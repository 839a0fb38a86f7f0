import { randomBytes } from 'node:crypto'
import t from 'tap'
import type { Browser } from '../hostile/browser.ts'
import { atClock } from '../hostile/clock.ts'
import {
  baseUrl,
  me,
  paths,
  type RelyingParty,
  serve,
  startRelyingParty,
  walk,
  walkToCallback
} from '../hostile/relying-party.ts'

const codeOf = (party: RelyingParty): unknown => (party.errors.at(-1) as { code?: string } | undefined)?.code
const attempts = (browser: Browser) => [...browser.jar(baseUrl).cookies.values()]

t.test('A1 S3 a callback of the attacker opened in another browser logs nobody in', async (t) => {
  const party = await serve(t)
  const { callbackUrl } = await walkToCallback(party.browser())
  const victim = party.browser()
  const page = await victim.open(callbackUrl, { headers: { 'sec-fetch-site': 'cross-site' } })
  t.equal(page.status, 400)
  t.equal(codeOf(party), 'FST_FC_ATTEMPT_NOT_FOUND')
  t.equal((await me(victim)).connected, false)
  t.equal(party.provider.calls.token, 0)
  t.equal(party.store.entries.size, 0)
})

t.test('A1 the victim who has an attempt of her own is not logged in by the attacker’s either', async (t) => {
  const party = await serve(t)
  const { callbackUrl } = await walkToCallback(party.browser())
  const victim = party.browser()
  const own = await walkToCallback(victim, '/la-mienne')
  t.equal((await victim.open(callbackUrl)).status, 400)
  t.equal(party.provider.calls.token, 0)
  const page = await victim.open(own.callbackUrl)
  t.equal(page.location, `${baseUrl}/la-mienne`, 'her own attempt survives')
})

t.test('A3 the same callback twice makes one token request and leads to its page', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  const { callbackUrl, page } = await walk(browser, '/apres')
  t.equal(page.location, `${baseUrl}/apres`)
  const again = await browser.open(callbackUrl)
  t.match(again.status, /30[23]/)
  t.equal(again.location, `${baseUrl}/apres`)
  t.equal(party.provider.calls.token, 1)
  t.equal((await me(browser)).connected, true)
})

t.test('A3 the same callback again after a failure is refused without a token request', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  party.provider.fault = { idToken: (jwt) => void delete jwt.claims['sub'] }
  const { callbackUrl } = await walk(browser)
  party.provider.fault = {}
  t.equal((await browser.open(callbackUrl)).status, 502, 'what it was told before')
  t.equal(party.provider.calls.token, 1)
})

t.test(
  'A3 the attempt serves one exchange: opened again by its browser, it leads where the first opening led',
  async (t) => {
    const party = await serve(t)
    const browser = party.browser()
    const { callbackUrl } = await walkToCallback(browser)
    const thief = party.browser()
    for (const cookie of attempts(browser)) thief.jar(baseUrl).cookies.set(cookie.name, { ...cookie })
    await browser.open(callbackUrl)
    const page = await thief.open(callbackUrl)
    t.match(page.status, /30[23]/)
    t.equal((await me(thief)).sub, (await me(browser)).sub, 'the same login, which one logout ends')
    await browser.open(paths.logout)
    t.equal((await me(thief)).connected, false)
    t.equal((await thief.open(callbackUrl)).status, 400, 'over is over')
    t.equal(party.provider.calls.token, 1)
  }
)

t.test('A5 two tabs finish in any order, each on its page', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  const one = await walkToCallback(browser, '/un')
  const two = await walkToCallback(browser, '/deux')
  t.equal((await browser.open(two.callbackUrl)).location, `${baseUrl}/deux`)
  t.equal((await browser.open(one.callbackUrl)).location, `${baseUrl}/un`)
  t.equal((await me(browser)).connected, true)
})

t.test('A6 an attempt lives thirty minutes, also for a browser that keeps its cookie longer', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  const { callbackUrl } = await walkToCallback(browser)
  const [cookie] = attempts(browser)
  t.ok(cookie!.expires - Date.now() <= 30 * 60 * 1000, 'Max-Age of thirty minutes at most')
  t.ok(cookie!.expires - Date.now() > 29 * 60 * 1000)
  cookie!.expires = Number.POSITIVE_INFINITY
  const page = await atClock(31 * 60, () => browser.open(callbackUrl))
  t.equal(page.status, 400)
  t.equal(codeOf(party), 'FST_FC_ATTEMPT_NOT_FOUND')
  t.equal(party.provider.calls.token, 0)
})

t.test('A6 after twenty-nine minutes the attempt still serves', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  const { callbackUrl } = await walkToCallback(browser)
  await atClock(29 * 60, async () => {
    await browser.open(callbackUrl)
    t.equal((await me(browser)).connected, true)
  })
})

t.test('A13 an error of a stranger does not cancel the attempts in course', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  const { callbackUrl } = await walkToCallback(browser)
  for (const query of [
    'error=access_denied',
    `error=access_denied&state=${'a'.repeat(64)}`,
    `state=${'b'.repeat(64)}&code=x`
  ]) {
    const page = await browser.open(`${paths.callback}?${query}`)
    t.ok(page.status >= 400 && page.status < 500, query)
  }
  await browser.open(callbackUrl)
  t.equal((await me(browser)).connected, true)
})

t.test('A12 an error answer leaves the present login alone', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  await walk(browser)
  party.provider.fault = {
    callback: (query) => {
      query.delete('code')
      query.set('error', 'access_denied')
    }
  }
  const { page, callbackUrl } = await walk(browser)
  t.equal(page.status, 403)
  t.equal((await me(browser)).connected, true)
  t.notMatch((await browser.open(callbackUrl)).status, /5../, 'the attempt was consumed')
})

t.test('A21 the attempt cookie is no session, and the session cookie no attempt', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  await walk(browser)
  const [session] = attempts(browser)
  const other = party.browser()
  const { callbackUrl } = await walkToCallback(other)
  const [attempt] = attempts(other)
  const swapped = party.browser()
  swapped.jar(baseUrl).cookies.set(session!.name, { ...session!, value: attempt!.value })
  t.equal((await me(swapped)).connected, false)
  swapped.jar(baseUrl).cookies.set(attempt!.name, { ...attempt!, value: session!.value })
  t.equal((await swapped.open(callbackUrl)).status, 400)
})

t.test('A22 broken cookies are absent cookies, never a 500', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  await walk(browser)
  const { callbackUrl } = await walkToCallback(browser)
  for (const value of [
    '',
    'a',
    '%',
    '%E0%A4%A',
    '.',
    'a.b.c.d.e',
    `s:${'a'.repeat(40)}`,
    'a'.repeat(8000),
    '{"a":1}',
    '__proto__'
  ]) {
    for (const name of browser.jar(baseUrl).cookies.keys()) {
      const broken = party.browser()
      const headers = { cookie: `${name}=${value}` }
      const name_ = `${name}=${value.slice(0, 20)}`
      t.equal((await broken.open(callbackUrl, { headers })).status, 400, `callback ${name_}`)
      t.match((await broken.open(paths.login, { headers })).status, /30[23]/, `login ${name_}`)
      t.match((await broken.open(paths.logout, { headers })).status, /30[23]/, `logout ${name_}`)
      const page = await broken.open(paths.me, { headers })
      t.equal(page.status, 200, `page ${name_}`)
      t.match(page.body, '"connected":false', `anonymous ${name_}`)
    }
  }
})

t.test('A22 a cookie sealed by a secret no longer accepted is absent; one still accepted serves', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  const { callbackUrl } = await walkToCallback(browser)
  const rotated = await startRelyingParty(party.provider, {
    secret: ['un-autre-secret-de-plus-de-trente-deux-caracteres']
  })
  const both = await startRelyingParty(party.provider, {
    secret: [
      'un-autre-secret-de-plus-de-trente-deux-caracteres',
      'un-secret-de-session-CANARI-de-plus-de-32-caracteres'
    ]
  })
  t.teardown(() => Promise.all([rotated.close(), both.close()]))
  for (const [other, status] of [
    [rotated, /400/],
    [both, /30[23]/]
  ] as const) {
    const there = other.browser()
    for (const cookie of attempts(browser)) there.jar(baseUrl).cookies.set(cookie.name, cookie)
    t.match((await there.open(callbackUrl)).status, status)
  }
})

t.test('S10 fifty starts in one browser keep five attempts, and few bytes', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  const kept: string[] = []
  for (let i = 0; i < 50; i += 1)
    kept.push((await walkToCallback(browser, `/${randomBytes(450).toString('hex')}`)).callbackUrl)
  t.ok(attempts(browser).length <= 5, `${attempts(browser).length} cookies`)
  t.ok(browser.jar(baseUrl).header(new URL(baseUrl)).length <= 4096, 'bytes together')
  t.equal((await browser.open(kept[0]!)).status, 400, 'the oldest was dropped')
  t.match((await browser.open(kept.at(-1)!)).status, /30[23]/, 'the newest serves')
  t.equal((await me(browser)).connected, true)
})

t.test('S10 small attempts are five at most too', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  for (let i = 0; i < 12; i += 1) await walkToCallback(browser, '/')
  t.equal(attempts(browser).length, 5)
})

t.test('S12 two callbacks at once make one token request and one session', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  const { callbackUrl } = await walkToCallback(browser)
  const pages = await Promise.all([1, 2, 3].map(() => browser.open(callbackUrl)))
  t.equal(party.provider.calls.token, 1)
  t.ok(pages.every((page) => page.status < 500))
  t.equal(pages.filter((page) => page.location === `${baseUrl}/apres`).length >= 1, true)
  t.equal((await me(browser)).connected, true)
})
