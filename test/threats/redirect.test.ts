import { Agent } from 'node:http'
import t from 'tap'
import { startProvider } from '../hostile/provider.ts'
import { baseUrl, me, paths, startRelyingParty, walk, walkToCallback } from '../hostile/relying-party.ts'
import { good, notOneString } from './redirect-good.ts'
import { hostile, mustFallBack } from './redirect-payloads.ts'

t.setTimeout(300_000)
const provider = await startProvider()
const party = await startRelyingParty(
  provider,
  { defaultReturnTo: '/accueil', postLogoutReturnTo: '/au-revoir' },
  async (app) => {
    app.get('/espace/*', async () => 'espace')
  }
)
const agent = new Agent({ keepAlive: true })
t.teardown(async () => {
  agent.destroy()
  await party.close()
  await provider.close()
})

const own = Object.values(paths).map((address) => new URL(address).pathname)
const loops = own.filter((path) => path !== '/moi')

/** What is wrong with the place where a payload leads, or `undefined`. */
function wrong(raw: string | undefined): string | undefined {
  if (raw === undefined) return 'no Location'
  const seen = new URL(raw, baseUrl)
  if (seen.origin !== baseUrl) return `leaves the origin: ${raw}`
  if (/^[/\\]{2}/.test(seen.pathname)) return `path of two slashes: ${raw}`
  if (loops.includes(decodeURIComponent(seen.pathname).replace(/\/$/, ''))) return `loops: ${raw}`
  if (/[^\x21-\x7e]/.test(raw)) return `not encoded: ${raw}`
  return undefined
}

async function afterLogin(returnTo: string): Promise<{ status: number; raw: string | undefined }> {
  const way = await walk(party.browser(agent), returnTo)
  return { status: way.page.status, raw: way.page.headers.location }
}

/** Anonymous: the logout route leads straight to its target. */
async function afterLogout(query: string): Promise<{ status: number; raw: string | undefined }> {
  const page = await party.browser(agent).open(`${baseUrl}/franceconnect/logout?${query}`)
  return { status: page.status, raw: page.headers.location }
}

t.test(`R1 R6 ${hostile.length} hostile targets at login stay on the origin`, async (t) => {
  const faults: string[] = []
  for (const payload of hostile) {
    const { status, raw } = await afterLogin(payload)
    const fault = status >= 400 ? `status ${status}` : wrong(raw)
    if (fault) faults.push(`${JSON.stringify(payload).slice(0, 80)} ${fault}`)
  }
  t.same(faults, [])
})

t.test(`R1 R6 ${hostile.length} hostile targets at logout stay on the origin`, async (t) => {
  const faults: string[] = []
  for (const payload of hostile) {
    const { status, raw } = await afterLogout(`returnTo=${encodeURIComponent(payload)}`)
    const fault = status >= 400 ? `status ${status}` : wrong(raw)
    if (fault) faults.push(`${JSON.stringify(payload).slice(0, 80)} ${fault}`)
  }
  t.same(faults, [])
})

t.test('R1 what would leave or loop falls back to the configured page', async (t) => {
  for (const payload of mustFallBack) {
    const name = JSON.stringify(payload).slice(0, 60)
    t.equal(new URL((await afterLogin(payload)).raw ?? '', baseUrl).href, `${baseUrl}/accueil`, `login ${name}`)
    const { raw } = await afterLogout(`returnTo=${encodeURIComponent(payload)}`)
    t.equal(new URL(raw ?? '', baseUrl).href, `${baseUrl}/au-revoir`, `logout ${name}`)
  }
})

t.test('R1 a form post to logout is filtered alike', async (t) => {
  for (const payload of ['//evil.example', 'https://evil.example', '/\\evil.example', '/franceconnect/logout']) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = `returnTo=${encodeURIComponent(payload)}`
    const page = await party.browser().open(paths.logout, { method: 'POST', headers, body })
    const onward = /content="0;url=([^"]+)"/.exec(page.body)?.[1]?.replaceAll('&#38;', '&')
    t.equal(wrong(onward), undefined, payload)
  }
})

t.test('R2 a target that is not one string falls back', async (t) => {
  for (const query of notOneString) {
    const browser = party.browser()
    const start = await browser.open(baseUrl, { rawPath: `/franceconnect/login?${query}` })
    t.match(start.status, /30[23]/, `login ?${query}`)
    const back = await browser.open(start.location ?? '')
    const { headers } = await browser.open(back.location ?? '')
    t.equal(new URL(headers.location ?? '', baseUrl).href, `${baseUrl}/accueil`, `login ?${query}`)
    const logout = await party.browser().open(baseUrl, { rawPath: `/franceconnect/logout?${query}` })
    t.equal(new URL(logout.headers.location ?? '', baseUrl).href, `${baseUrl}/au-revoir`, `logout ?${query}`)
  }
})

t.test('R3 a byte changed anywhere in the attempt cookie leads nowhere', async (t) => {
  for (const at of [0.1, 0.3, 0.5, 0.7, 0.9]) {
    const browser = party.browser()
    const { callbackUrl } = await walkToCallback(browser)
    for (const cookie of browser.jar(baseUrl).cookies.values()) {
      const place = Math.floor(cookie.value.length * at)
      const letter = cookie.value[place] === 'A' ? 'B' : 'A'
      cookie.value = cookie.value.slice(0, place) + letter + cookie.value.slice(place + 1)
    }
    const page = await browser.open(callbackUrl)
    t.equal(page.status, 400)
    t.equal(page.headers.location, undefined)
  }
})

t.test('R4 good targets are kept, percent-encoded', async (t) => {
  for (const [given, expected] of good) {
    const name = given.slice(0, 60)
    t.equal(new URL((await afterLogin(given)).raw ?? '', baseUrl).href, `${baseUrl}${expected}`, `login ${name}`)
    const { raw } = await afterLogout(`returnTo=${encodeURIComponent(given)}`)
    t.equal(new URL(raw ?? '', baseUrl).href, `${baseUrl}${expected}`, `logout ${name}`)
  }
})

t.test('R5 post_logout_redirect_uri is the configured one, whatever the request says', async (t) => {
  const browser = party.browser()
  await walk(browser)
  const page = await browser.open(`${paths.logout}?post_logout_redirect_uri=https://evil.example&returnTo=/fin&state=a`)
  const asked = new URL(page.location ?? '').searchParams
  t.same(asked.getAll('post_logout_redirect_uri'), [paths.logoutCallback])
  t.not(asked.get('state'), 'a')
  t.notMatch(page.location, /evil/)
  t.equal((await me(browser)).connected, false)
})

t.test('R7 a protected page asked with a hostile path comes back to the origin', async (t) => {
  const guarded = await startRelyingParty(provider, {}, async (app) => {
    app.get('/*', { preHandler: (request, reply) => app.franceConnect.requireLogin()(request, reply) }, async () => 'x')
  })
  t.teardown(() => guarded.close())
  for (const rawPath of [
    '//evil.example/%2e%2e',
    '/\\evil.example',
    '//evil.example',
    '/.//evil.example',
    '/%2e//evil.example',
    '///a'
  ]) {
    const browser = guarded.browser()
    const start = await browser.open(baseUrl, { rawPath })
    t.match(start.status, /30[123]/, rawPath)
    const login = start.location?.startsWith(baseUrl) ? await browser.open(start.location) : start
    const back = await browser.open(login.location ?? '')
    const { headers } = await browser.open(back.location ?? '')
    t.equal(wrong(headers.location), undefined, `${rawPath} → ${headers.location}`)
  }
})
