import { decodeJwt } from 'jose'
import t from 'tap'
import { plusClients, signed } from '../plus-clients.ts'
import { recording } from '../recorded.ts'
import { RelyingParty, recordedClients, recordedSandbox } from '../relying-party.ts'
import { Visitor } from '../visitor.ts'

interface Login {
  client: keyof typeof plusClients
  acr_values: string
  claims?: string
  prompt?: string
  idp_hint?: string
  idp_answers_acr?: string
  went_to_identity_provider: boolean
  consent_page: boolean
  acr?: string
  steps: string[]
  failed?: { status: number; errorCode: string }
}

/** The steps inside the platform: the identity provider's own, at another address, are its affair. */
const inside = (steps: string[]) =>
  steps
    .map((step) => step.replace(/https:\/\/core-fcp-\w+\.docker\.dev-franceconnect\.fr\/api\/v2/, ''))
    .filter((step) => !step.includes('https://fip') && !/token|userinfo/.test(step))

const noted = (citizen: Visitor, issuer: string) =>
  citizen.seen
    .filter(({ url }) => url.startsWith(issuer) && !url.includes('/fournisseur-identite/'))
    .map(
      ({ url, status }) =>
        `${new URL(url).pathname.slice(new URL(issuer).pathname.length).replace(/\/(interaction|authorize)\/[^/]+/, '/$1/:uid')} -> ${status}`
    )

/** Walks one recorded login in a browser that may already know the citizen. */
async function walk(t: Tap.Test, service: RelyingParty, expected: Login, browser: Visitor['browser']) {
  const citizen = new Visitor(service, browser)
  const { acr_values, claims, prompt, idp_hint } = expected
  let page = await citizen.start({
    acr_values,
    ...(claims && { claims }),
    ...(prompt && { prompt }),
    ...(idp_hint && { idp_hint })
  })
  const chosen = page.text.includes('redirect-to-idp') ? await citizen.choose(page) : page
  const atProvider = chosen.url.includes('/fournisseur-identite/')
  t.equal(atProvider, expected.went_to_identity_provider, 'goes to an identity provider')
  const asked = new URL(atProvider ? chosen.url : 'http://x').searchParams.get('acr_values') ?? ''
  if (atProvider) page = await citizen.send(chosen, { login: 'test', acr: expected.idp_answers_acr ?? asked })
  if (expected.failed) {
    t.equal(page.status, expected.failed.status)
    t.match(page.text, new RegExp(`>${expected.failed.errorCode}<`))
    return
  }
  const informed = page.text.includes('/login"')
  t.equal(informed, expected.consent_page, 'shows the information page')
  if (informed) page = await citizen.send(page)
  if (!idp_hint)
    t.same(
      noted(citizen, service.issuer),
      inside(expected.steps).map((step) => step.replace(/^\w+ /, ''))
    )
  const code = new URL(page.location!).searchParams.get('code')!
  const { id_token } = (await (await service.token(code)).json()) as { id_token: string }
  t.equal(decodeJwt(await signed(id_token)).acr, expected.acr)
}

t.test('every recorded sequence of logins on FranceConnect+', async (t) => {
  const sandbox = await recordedSandbox(t, Object.values(plusClients))
  for (const [name, logins] of Object.entries(recording<Record<string, Login[]>>('franceconnect-plus', 'sso'))) {
    await t.test(name, async (t) => {
      const browser = sandbox.browser()
      for (const login of logins) {
        await walk(t, new RelyingParty(sandbox, plusClients[login.client], 'franceconnect-plus'), login, browser)
      }
    })
  }
})

t.test('every recorded second login on FranceConnect', async (t) => {
  const sandbox = await recordedSandbox(t)
  const misc = recording<Record<string, { steps: { req: string; status: number }[] }>>('franceconnect', 'misc')
  const cases = [
    ['SSO: second authorize in the same browser, same service provider', recordedClients.es256, {}],
    ['SSO: other service provider, same browser', recordedClients.private, {}],
    ['SSO with prompt=login (client not in allowedPrompts)', recordedClients.es256, { prompt: 'login' }],
    ['SSO with prompt=login (client with allowedPrompts=[login])', recordedClients.promptlogin, { prompt: 'login' }]
  ] as const
  const browser = sandbox.browser()
  await new RelyingParty(sandbox, recordedClients.es256).code({}, browser)
  for (const [name, client, set] of cases) {
    const service = new RelyingParty(sandbox, client)
    const citizen = new Visitor(service, browser)
    let page = await citizen.start(set)
    if (page.status === 200) page = await citizen.send(page, { consent: 'on' })
    t.ok(new URL(page.location!).searchParams.get('code'), name)
    const steps = misc[name]!.steps.map(({ req, status }) => `${req} -> ${status}`)
    const recorded = inside(steps).map((step) =>
      step.replace(/^\w+ /, '').replace(/\/(interaction|authorize)\/[^/ ]+/, '/$1/:uid')
    )
    t.same(noted(citizen, sandbox.issuer), recorded, name)
  }
})

t.test('the session of FranceConnect lives 30 minutes after the last request, not longer', async (t) => {
  const sandbox = await recordedSandbox(t)
  const service = new RelyingParty(sandbox, recordedClients.es256)
  const browser = sandbox.browser()
  await service.code({}, browser)
  const asked = async () => (await new Visitor(service, browser).start()).text.includes('Choisissez un compte')
  sandbox.advance(1790)
  t.equal(await asked(), false)
  sandbox.advance(1790)
  t.equal(await asked(), false, 'it slides')
  sandbox.advance(1801)
  t.equal(await asked(), true)
})

declare namespace Tap {
  type Test = {
    same(a: unknown, b: unknown, ...m: [m: string] | []): unknown
    equal(a: unknown, b: unknown, ...m: [m: string] | []): unknown
    match(a: unknown, b: RegExp, ...m: [m: string] | []): unknown
  }
}

t.test('one browser has a session at each platform, under one name and two paths', async (t) => {
  const sandbox = await recordedSandbox(t, [recordedClients.es256, plusClients.rsa256])
  const low = new RelyingParty(sandbox, recordedClients.es256)
  const plus = new RelyingParty(sandbox, plusClients.rsa256, 'franceconnect-plus')
  const browser = sandbox.browser()
  const next = async (service: RelyingParty) => (await browser.follow(await browser.get(service.authorizeUrl()))).text
  await low.tokens({}, browser)
  t.match(await next(plus), /Choisissez un compte/)
  await plus.tokens({}, browser)
  t.match(await next(low), /Continuer sur/)
  t.match(await next(plus), /Continuer sur/)
})
