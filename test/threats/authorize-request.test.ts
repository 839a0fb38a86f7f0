import t from 'tap'
import { startProvider } from '../hostile/provider.ts'
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

const asked = (party: RelyingParty): URLSearchParams =>
  party.provider.asked.findLast((one) => one.endpoint === 'authorize')!.parameters

t.test('A7 a code of the attacker’s own login is useless in the victim’s callback', async (t) => {
  const party = await serve(t)
  const attacker = await walkToCallback(party.browser())
  const stolen = new URL(attacker.callbackUrl).searchParams.get('code') ?? ''
  const victim = party.browser()
  const { callbackUrl } = await walkToCallback(victim)
  const injected = new URL(callbackUrl)
  injected.searchParams.set('code', stolen)
  const page = await victim.open(injected.href)
  t.equal(page.status, 400)
  t.equal((party.errors.at(-1) as { code?: string }).code, 'FST_FC_CODE_REJECTED')
  t.equal((await me(victim)).connected, false)
  t.equal(party.provider.calls.userinfo, 0)
})

t.test('A8 no PKCE, although the metadata announce it; the parameters are FranceConnect’s and no other', async (t) => {
  const party = await serve(t)
  await walk(party.browser())
  t.same([...asked(party).keys()].sort(), [
    'acr_values',
    'client_id',
    'nonce',
    'redirect_uri',
    'response_type',
    'scope',
    'state'
  ])
  const token = party.provider.asked.findLast((one) => one.endpoint === 'token')!.parameters
  t.same([...token.keys()].sort(), ['client_id', 'client_secret', 'code', 'grant_type', 'redirect_uri'])
  const provider = await startProvider()
  const pkce = await startRelyingParty(provider, { pkce: true })
  t.teardown(() => Promise.all([pkce.close(), provider.close()]))
  const { location } = await pkce.browser().open(paths.login)
  t.equal(new URL(location ?? '').searchParams.get('code_challenge_method'), 'S256', 'an option turns it on')
})

t.test('A9 state and nonce are 64 hexadecimal characters, new each time', async (t) => {
  const party = await serve(t)
  const seen = new Set<string>()
  for (let i = 0; i < 10; i += 1) {
    await walkToCallback(party.browser())
    for (const name of ['state', 'nonce']) {
      const value = asked(party).get(name) ?? ''
      t.match(value, /^[0-9a-f]{64}$/)
      seen.add(value)
    }
  }
  t.equal(seen.size, 20)
})

t.test('A17 S23 HEAD, OPTIONS, POST and others never consume an attempt', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  const { callbackUrl } = await walkToCallback(browser)
  for (const method of ['HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH']) {
    const page = await browser.open(callbackUrl, { method })
    t.ok(
      (page.status >= 400 && page.status < 500) || page.status === 200 || page.status === 204,
      `${method} ${page.status}`
    )
    t.equal(page.setCookie.length, 0, `${method} sets no cookie`)
    t.equal(party.provider.calls.token, 0, method)
  }
  const withSlash = await browser.open(callbackUrl.replace('/callback?', '/callback/?'), { method: 'POST' })
  t.equal(withSlash.status, 405)
  t.notOk(
    party.logs.some((line) => line.includes(new URL(callbackUrl).searchParams.get('code') ?? '-')),
    'no code in the log'
  )
  const withBody = await browser.open(callbackUrl, {
    body: 'code=a&state=b',
    headers: { 'content-type': 'application/x-www-form-urlencoded' }
  })
  t.match(withBody.status, /30[23]/, 'the body of a GET is ignored')
  t.equal((await me(browser)).connected, true)
})

t.test('S23 a prefetch of login, callback and logout changes nothing', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  const { callbackUrl } = await walkToCallback(browser)
  for (const header of [
    { purpose: 'prefetch' },
    { 'sec-purpose': 'prefetch' },
    { 'sec-purpose': 'prefetch;prerender' }
  ]) {
    const page = await browser.open(callbackUrl, { headers: header as unknown as Record<string, string> })
    t.equal(page.setCookie.length, 0)
    t.equal(party.provider.calls.token, 0)
  }
  await browser.open(callbackUrl)
  t.equal((await me(browser)).connected, true)
  await browser.open(paths.logout, { headers: { 'sec-purpose': 'prefetch' } })
  await browser.open(paths.logout, { method: 'HEAD' })
  t.equal((await me(browser)).connected, true, 'still logged in')
})

t.test('A23 nothing of the login query reaches the authorize request', async (t) => {
  const party = await serve(t)
  const query =
    'prompt=none&scope=openid%20email&acr_values=eidas3&redirect_uri=https://evil.example&nonce=n&state=s&client_id=x&idp_hint=y&claims=%7B%7D&code_challenge=z&__proto__=p'
  await party.browser().open(`${paths.login}?${query}`)
  await walkToCallback(party.browser())
  const plain = Object.fromEntries(asked(party))
  const browser = party.browser()
  const start_ = await browser.open(`${paths.login}?${query}`)
  const injected = Object.fromEntries(new URL(start_.location ?? '').searchParams)
  for (const name of ['scope', 'acr_values', 'redirect_uri', 'client_id', 'response_type'])
    t.equal(injected[name], plain[name], name)
  t.same(Object.keys(injected).sort(), Object.keys(plain).sort())
  t.match(injected['nonce'], /^[0-9a-f]{64}$/)
})

t.test('A24 the redirects are 302 or 303, and a form gets a page that goes on', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  t.match((await browser.open(paths.login)).status, /^30[23]$/)
  t.match((await walk(browser)).page.status, /^30[23]$/)
  const out = await browser.open(paths.logout, { method: 'POST', headers: { accept: 'text/html' } })
  t.equal(out.status, 200)
  t.match(out.body, /<meta http-equiv="refresh"/)
})

t.test('A25 login, callback and logout are neither kept nor told to the next site', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  const pages = [
    await browser.open(paths.login),
    (await walk(browser)).page,
    await browser.open(`${paths.callback}?error=server_error`),
    await browser.open(paths.logout),
    await browser.open(paths.logoutCallback)
  ]
  for (const page of pages) {
    t.match(page.headers['cache-control'], 'no-store', page.url)
    t.equal(page.headers['referrer-policy'], 'no-referrer', page.url)
  }
})

t.test('A26 the state stands nowhere in clear in the cookies', async (t) => {
  const party = await serve(t)
  const browser = party.browser()
  await walkToCallback(browser)
  const header = decodeURIComponent(browser.jar(baseUrl).header(new URL(baseUrl)))
  const readable = header + Buffer.from(header.split('=')[1] ?? '', 'base64url').toString()
  for (const name of ['state', 'nonce']) t.notOk(readable.includes(asked(party).get(name) ?? '-'), name)
})

t.test('S20 the Host and forwarded headers never reach redirect_uri', async (t) => {
  const party = await serve(t)
  for (const headers of [
    { host: 'evil.example' },
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' },
    { 'x-forwarded-proto': 'https,javascript' },
    { forwarded: 'host=evil.example;proto=http' }
  ]) {
    const { location } = await party
      .browser()
      .open(paths.login, { headers: headers as unknown as Record<string, string> })
    t.equal(new URL(location ?? '').searchParams.get('redirect_uri'), paths.callback)
    const out = await party.browser().open(paths.logout, { headers: headers as unknown as Record<string, string> })
    t.notMatch(out.headers.location, /evil|javascript/)
  }
})
