import t, { type Test } from 'tap'
import type { Fault } from '../hostile/fault.ts'
import {
  baseUrl,
  me,
  type PluginOptions,
  paths,
  type RelyingParty,
  serve,
  startRelyingParty,
  walk
} from '../hostile/relying-party.ts'

async function start(t: Test, options: PluginOptions = {}): Promise<RelyingParty> {
  return serve(t, { postLogoutReturnTo: '/au-revoir', ...options }, async (app) => {
    app.get('/lent', async (request) => {
      await new Promise((rest) => setTimeout(rest, 300))
      return { sub: request.franceConnect?.sub ?? null }
    })
    app.get('/lent-qui-ecrit', async (request) => {
      Object.assign(request.session, { marque: 1 })
      await new Promise((rest) => setTimeout(rest, 300))
      return 'écrit'
    })
  })
}

t.test('S2 a logout that another site asks for is refused', async (t) => {
  const party = await start(t)
  const browser = party.browser()
  await walk(browser)
  const image = {
    accept: 'image/*',
    'sec-fetch-mode': 'no-cors',
    'sec-fetch-dest': 'image',
    'sec-fetch-site': 'cross-site'
  }
  for (const [method, headers] of [
    ['GET', image],
    ['GET', { 'sec-fetch-site': 'cross-site' }],
    ['GET', { 'sec-fetch-site': 'same-site' }],
    ['POST', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['POST', { origin: 'https://evil.example' }],
    ['POST', { origin: 'null' }],
    ['GET', { 'sec-purpose': 'prefetch' }],
    ['GET', { purpose: 'prefetch' }]
  ] as [string, Record<string, string>][]) {
    const page = await browser.open(paths.logout, { method, headers })
    t.equal(page.status, 403, `${method} ${JSON.stringify(headers)}`)
    t.equal((party.errors.at(-1) as { code?: string }).code, 'FST_FC_LOGOUT_REFUSED')
    t.equal((await me(browser)).connected, true, 'still logged in')
  }
  t.match((await browser.open(paths.logout, { headers: { 'sec-fetch-site': 'cross-site' } })).body, 'Se déconnecter')
})

t.test('S2 a logout of one’s own, or by a client that sends none of these headers, is accepted', async (t) => {
  const party = await start(t)
  for (const headers of [
    { 'sec-fetch-site': 'same-origin', origin: baseUrl },
    { 'sec-fetch-site': 'none' },
    {}
  ] as Record<string, string>[]) {
    const browser = party.browser()
    await walk(browser)
    const page = await browser.open(paths.logout, { method: headers['origin'] ? 'POST' : 'GET', headers })
    t.match(page.status, headers['origin'] ? 200 : /30[23]/, JSON.stringify(headers))
    t.equal((await me(browser)).connected, false)
  }
})

t.test('S4 logout-500: the local login ends first, whatever FranceConnect answers', async (t) => {
  const party = await start(t)
  party.provider.fault = { answer: { logout: (answer) => void Object.assign(answer, { status: 500, headers: {} }) } }
  const browser = party.browser()
  await walk(browser)
  const kept = party.browser()
  for (const cookie of browser.jar(baseUrl).cookies.values()) kept.jar(baseUrl).cookies.set(cookie.name, { ...cookie })
  const out = await browser.open(paths.logout)
  t.equal((await browser.open(out.location ?? '')).status, 500)
  t.equal((await me(browser)).connected, false)
  t.equal((await me(kept)).connected, false, 'the old cookie is anonymous')
  t.notMatch(party.store.dump(), /[A-Za-z0-9_-]{300}/, 'no sealed record is left')
})

t.test('S4 the logout works when FranceConnect is down, and before it was ever reached', async (t) => {
  const party = await start(t, { timeout: 2000 })
  const browser = party.browser()
  await walk(browser)
  await party.provider.close()
  t.match((await browser.open(paths.logout)).status, /30[23]/)
  t.equal((await me(browser)).connected, false)
  const restarted = await startRelyingParty(party.provider, { issuer: 'http://127.0.0.1:9/api/v2', timeout: 2000 })
  t.teardown(() => restarted.close())
  const page = await restarted.browser().open(`${paths.logout}?returnTo=/fin`)
  t.equal(page.location, `${baseUrl}/fin`)
})

for (const route of ['/lent', '/lent-qui-ecrit']) {
  t.test(`S5 a request in flight (${route}) does not undo the logout`, async (t) => {
    const party = await start(t)
    const browser = party.browser()
    await walk(browser)
    const kept = party.browser()
    for (const cookie of browser.jar(baseUrl).cookies.values())
      kept.jar(baseUrl).cookies.set(cookie.name, { ...cookie })
    const inFlight = kept.open(baseUrl + route)
    await new Promise((rest) => setTimeout(rest, 100))
    await browser.open(paths.logout)
    t.equal((await inFlight).status, 200)
    t.equal((await me(kept)).connected, false)
    t.equal((await me(browser)).connected, false)
  })
}

t.test('S6 a second logout and an anonymous one lead home; an expired hint is sent', async (t) => {
  const party = await start(t)
  const browser = party.browser()
  await walk(browser)
  const out = await browser.open(paths.logout)
  const asked = new URL(out.location ?? '').searchParams
  t.equal(asked.get('id_token_hint'), party.provider.logins.at(-1)?.idToken)
  t.equal((await browser.open(paths.logout)).location, `${baseUrl}/au-revoir`)
  t.equal((await party.browser().open(paths.logout)).location, `${baseUrl}/au-revoir`)
})

const atReturn: [name: string, afterLogout: NonNullable<Fault['afterLogout']>][] = [
  ['oidcc-client-test-rp-init-logout', () => {}],
  [
    'oidcc-client-test-rp-init-logout-other-state (logout-state-altered)',
    (query) => query.set('state', `${query.get('state')}_INVALID`)
  ],
  ['oidcc-client-test-rp-init-logout-no-state (logout-state-missing)', (query) => query.delete('state')],
  ['logout-state-duplicated', (query) => query.append('state', 'x')],
  ['logout-state-hostile', (query) => query.set('state', '//evil.example/<script>')]
]

for (const [name, afterLogout] of atReturn) {
  t.test(`${name}: the citizen lands on a page of the service, logged out`, async (t) => {
    const party = await start(t)
    party.provider.fault = { afterLogout }
    const browser = party.browser()
    await walk(browser)
    const out = await browser.open(`${paths.logout}?returnTo=/fin`)
    const asked = new URL(out.location ?? '').searchParams
    t.same([...asked.keys()].sort(), ['id_token_hint', 'post_logout_redirect_uri', 'state'], 'what FranceConnect takes')
    t.equal(asked.get('post_logout_redirect_uri'), paths.logoutCallback)
    const back = await browser.open(out.location ?? '')
    const end = await browser.open(back.location ?? '')
    t.match(end.status, /30[23]/)
    t.ok(end.location === `${baseUrl}/fin` || end.location === `${baseUrl}/au-revoir`, `${end.location}`)
    if (name.startsWith('oidcc-client-test-rp-init-logout:')) t.equal(end.location, `${baseUrl}/fin`)
    t.equal((await me(browser)).connected, false)
  })
}
