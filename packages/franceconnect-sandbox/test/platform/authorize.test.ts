import t from 'tap'
import { startSandbox } from '../../src/index.ts'
import { plusClients } from '../plus-clients.ts'
import { noted, type PlatformName, recording } from '../recorded.ts'
import { RelyingParty, recordedClients, recordedSandbox, redirectUri } from '../relying-party.ts'

interface Case {
  case: string
  set: Record<string, string>
  omit: string[]
  method?: 'POST'
  duplicate?: string
  outcome: {
    kind: 'page' | 'page-later' | 'redirect' | 'proceeds' | 'other'
    status: number
    code?: string
    error?: string
    error_description?: string
    state?: string
    fragment?: boolean
    other?: Record<string, string>
    body?: string
  }
}

async function ask(service: RelyingParty, recorded: Case): Promise<{ response: Response; state: string | null }> {
  const url = new URL(service.authorizeUrl(recorded.set, recorded.omit))
  const { duplicate } = recorded
  if (duplicate) url.searchParams.append(duplicate, url.searchParams.get(duplicate)!)
  const state = url.searchParams.get('state')
  const init: RequestInit =
    recorded.method === 'POST'
      ? { method: 'POST', body: new URLSearchParams(url.searchParams) }
      : { headers: { accept: 'text/html' } }
  if (recorded.method === 'POST') url.search = ''
  return { response: await fetch(url, { ...init, redirect: 'manual' }), state }
}

/** Goes on inside FranceConnect until a page, or until the service is reached. */
async function settle(service: RelyingParty, first: Response): Promise<Response> {
  const browser = service.sandbox.browser()
  const kept = first.headers.getSetCookie().filter((cookie) => !/^[^=]+=;/.test(cookie))
  const cookies = kept.map((cookie) => cookie.split(';')[0])
  let response = first
  for (;;) {
    const location = response.headers.get('location')
    if (location === null || !browser.isHere(new URL(location, response.url).href)) return response
    response = await fetch(new URL(location, response.url), {
      redirect: 'manual',
      headers: { cookie: cookies.join('; '), accept: 'text/html' }
    })
  }
}

for (const platform of ['franceconnect', 'franceconnect-plus'] satisfies PlatformName[]) {
  t.test(`every recorded authorize request of ${platform}`, async (t) => {
    const sandbox = await recordedSandbox(t, [...Object.values(recordedClients), ...Object.values(plusClients)])
    const plus = platform === 'franceconnect-plus'
    const service = new RelyingParty(sandbox, plus ? plusClients.rsa256 : recordedClients.es256, platform)
    if (plus) service.scope = 'openid given_name family_name birthdate gender'
    for (const recorded of recording<{ cases: Case[] }>(platform, 'authorize-cases').cases) {
      const { outcome } = recorded
      await t.test(recorded.case, async (t) => {
        const { response, state } = await ask(service, recorded)
        if (outcome.kind === 'proceeds') {
          t.equal(response.status, outcome.status)
          t.ok(service.sandbox.browser().isHere(response.headers.get('location')!), 'goes on inside')
          t.equal((await settle(service, response)).status, 200, 'and shows a page')
          return
        }
        const settled =
          outcome.kind === 'redirect' || outcome.kind === 'page-later' ? await settle(service, response) : response
        const answer = await noted(settled)
        t.equal(answer.status, outcome.status)
        if (outcome.kind === 'other') t.equal(answer.body, outcome.body)
        if (outcome.code !== undefined) t.equal(answer.errorCode, outcome.code)
        if (outcome.kind !== 'redirect') return
        const url = new URL(settled.headers.get('location')!)
        t.equal(url.origin + url.pathname, redirectUri)
        const parameters = outcome.fragment ? new URLSearchParams(url.hash.slice(1)) : url.searchParams
        t.same(Object.fromEntries(parameters), {
          error: outcome.error,
          error_description: outcome.error_description,
          state: outcome.state === 'echoed' ? state : outcome.state,
          iss: service.issuer,
          ...outcome.other
        })
      })
    }
  })
}

t.test(
  'the page of an address that is not registered shows it, the registered ones and how to register it',
  async (t) => {
    const sandbox = await startSandbox({ port: 0, baseUrl: 'http://localhost:3000' })
    t.teardown(() => sandbox.close())
    const service = new RelyingParty(sandbox, sandbox.client)
    const received = 'http://localhost:3001/franceconnect/callback'
    const url = service.authorizeUrl({ redirect_uri: received, scope: 'openid' })
    const page = await (await fetch(url, { headers: { accept: 'text/html' } })).text()
    t.match(page, />Y04C013C</)
    for (const part of [received, sandbox.client.redirectUris[0]!, '--base-url']) t.ok(page.includes(part), part)
    const browser = sandbox.browser()
    const usual = { redirect_uri: sandbox.client.redirectUris[0]!, scope: 'openid' }
    const { id_token } = await service
      .token(await service.code(usual, browser), { redirect_uri: usual.redirect_uri })
      .then((response) => response.json() as Promise<{ id_token: string }>)
    const elsewhere = 'http://localhost:3001/franceconnect/logout/callback'
    const [refused] = await service.logout(id_token, browser, { post_logout_redirect_uri: elsewhere })
    t.match(refused!.text, />Y04CFAEF</)
    for (const part of [elsewhere, '--base-url']) t.ok(refused!.text.includes(part), part)
  }
)
