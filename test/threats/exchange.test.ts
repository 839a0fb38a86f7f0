import t from 'tap'
import { idTokenSignature } from '../hostile/cases/id-token-signature.ts'
import { keySets } from '../hostile/cases/key-set.ts'
import { startProvider } from '../hostile/provider.ts'
import { me, type PluginOptions, paths, serve, startRelyingParty, walk } from '../hostile/relying-party.ts'
import { hang } from '../hostile/transports.ts'

t.test('T10 twenty logins under an unknown kid fetch the keys once, not twenty times', async (t) => {
  const party = await serve(t)
  await walk(party.browser())
  const { jwks } = party.provider.calls
  party.provider.fault = idTokenSignature.find(({ name }) => name === 'kid-unknown')!.fault
  await Promise.all(Array.from({ length: 10 }, () => walk(party.browser())))
  for (let i = 0; i < 10; i += 1) await walk(party.browser())
  t.ok(party.provider.calls.jwks - jwks <= 1, `${party.provider.calls.jwks - jwks} fetches in the cool-down`)
  party.provider.fault = {}
  const browser = party.browser()
  await walk(browser)
  t.equal((await me(browser)).connected, true, 'known keys keep serving meanwhile')
})

t.test('T8 a key set with two keys under one kid serves only the login that fetched it', async (t) => {
  const party = await serve(t)
  party.provider.fault = keySets.find(({ name }) => name === 'jwks-duplicate-kid')!.fault
  const fetched = async (): Promise<number> => {
    const before = party.provider.calls.jwks
    const browser = party.browser()
    await walk(browser)
    t.equal((await me(browser)).connected, true)
    return party.provider.calls.jwks - before
  }
  t.ok((await fetched()) > 0)
  t.ok((await fetched()) > 0, 'the next login fetches again')
  party.provider.fault = {}
  t.ok((await fetched()) > 0)
  t.equal(await fetched(), 0, 'a sound set is kept')
})

t.test('T9 known keys serve while the key endpoint is down', async (t) => {
  const party = await serve(t, { timeout: 2000 })
  await walk(party.browser())
  party.provider.fault = { send: { jwks: hang } }
  const browser = party.browser()
  await walk(browser)
  t.equal((await me(browser)).connected, true)
})

t.test('T10 N10 twenty logins at once on a cold server share one discovery and one key set', async (t) => {
  const party = await serve(t)
  const browsers = Array.from({ length: 20 }, () => party.browser())
  await Promise.all(browsers.map((browser) => walk(browser)))
  for (const browser of browsers) t.equal((await me(browser)).connected, true)
  t.match(party.provider.calls, { discovery: 1, jwks: 1, token: 20, userinfo: 20 })
})

t.test('N4 the token request is never repeated, whatever the answer', async (t) => {
  const party = await serve(t, { timeout: 2000 })
  party.provider.fault = { send: { token: (response) => void response.socket?.destroy() } }
  const browser = party.browser()
  const { page, callbackUrl } = await walk(browser)
  t.equal(page.status, 503)
  t.equal(party.provider.calls.token, 1)
  await browser.open(callbackUrl)
  t.equal(party.provider.calls.token, 1)
})

t.test('N7 a plain http issuer is refused at boot unless its host is loopback', async (t) => {
  const provider = await startProvider()
  t.teardown(() => provider.close())
  for (const issuer of [
    'http://fcp.example/api/v2',
    'http://127.0.0.1.evil.example/api/v2',
    'http://localhost.evil.example/api/v2',
    'http://0.0.0.0:9/api/v2',
    'http://169.254.169.254/api/v2',
    'ftp://127.0.0.1/api/v2',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:pass@fcp.example/api/v2',
    'fcp.example',
    ''
  ]) {
    const started = startRelyingParty(provider, { issuer }).then((party) => party.close())
    await t.rejects(started, { code: 'FST_FC_INVALID_OPTIONS' }, issuer || 'empty')
  }
  for (const issuer of [
    'http://127.0.0.1:9/api/v2',
    'http://localhost:9/api/v2',
    'http://[::1]:9/api/v2',
    'https://fcp.example/api/v2'
  ]) {
    const party = await startRelyingParty(provider, { issuer })
    await party.close()
    t.pass(issuer)
  }
})

t.test('N7 no option switches the verification of certificates off', async (t) => {
  const provider = await startProvider()
  t.teardown(() => provider.close())
  for (const option of ['rejectUnauthorized', 'allowInsecureRequests', 'insecure', 'tls']) {
    const started = startRelyingParty(provider, { [option]: false } as PluginOptions).then((party) => party.close())
    await t.rejects(started, { code: 'FST_FC_INVALID_OPTIONS', message: new RegExp(option) })
  }
})

t.test('N10 FranceConnect down at boot: the server boots, answers 503, and heals by itself', async (t) => {
  const party = await serve(t, { timeout: 2000 })
  party.provider.fault = { answer: { discovery: (answer) => void Object.assign(answer, { status: 503, body: '' }) } }
  for (let i = 0; i < 3; i += 1) {
    const page = await party.browser().open(paths.login)
    t.equal(page.status, 503)
    t.match(page.headers['content-type'], 'text/html')
  }
  party.provider.fault = {}
  const browser = party.browser()
  await walk(browser)
  t.equal((await me(browser)).connected, true)
})

t.test('N2 a provider that hangs does not hold the rest of the application', async (t) => {
  const party = await serve(t, { timeout: 2000 })
  await walk(party.browser())
  party.provider.fault = { send: { token: hang } }
  const waiting = Array.from({ length: 20 }, () => walk(party.browser()))
  const other = me(party.browser()).then(() => 'another page')
  t.equal(await Promise.race([other, ...waiting]), 'another page', 'answers meanwhile')
  for (const { page } of await Promise.all(waiting)) t.equal(page.status, 503)
})

t.test('N11 S15 an error page sent to another client is JSON of the same closed list', async (t) => {
  const party = await serve(t)
  const headers = { accept: 'application/json', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }
  const page = await party.browser().open(`${paths.callback}?error=%3Cscript%3E&state=x`, { headers })
  t.match(page.headers['content-type'], 'application/json')
  const answer = JSON.parse(page.body) as Record<string, unknown>
  t.match(answer, { statusCode: page.status, code: /^FST_FC_/, error: String, message: String, userMessage: String })
  t.notMatch(page.body, '<script>')
})
