import t from 'tap'
import { type Browser, formIn, type Step } from '../../src/levers/walk/browser.ts'
import { plusClients, signed } from '../plus-clients.ts'
import { type PlatformName, portable, type RecordedAnswer, recording } from '../recorded.ts'
import { RelyingParty, recordedClients, recordedSandbox } from '../relying-party.ts'

type Noted = RecordedAnswer & { req?: string }
interface Turn {
  service: RelyingParty
  other: RelyingParty
  browser: Browser
  hint: string
  received: string
}

const address = 'http://localhost:3000/logout-callback'
const state = 'f'.repeat(64)
const usual = { post_logout_redirect_uri: address, state }

const walked =
  (parameters: Record<string, string>) =>
  ({ service, browser, hint }: Turn) =>
    service.logout(hint, browser, parameters)

const received = (parameters: Record<string, string>) => (turn: Turn) =>
  turn.service.logout(turn.received, turn.browser, { ...usual, ...parameters })

const raw = async ({ service, browser }: Turn, query: Record<string, string>) => [
  await browser.get(`${service.issuer}/session/end?${new URLSearchParams(query)}`)
]

/** What the browser did, by the name of the recorded case. */
const logouts: Record<string, (turn: Turn) => Promise<Step[]>> = {
  normal: walked(usual),
  'id_token_hint = the decrypted JWS': walked(usual),
  'ecdh client: id_token_hint = the decrypted JWS': walked(usual),
  'id_token_hint = the JWE as received': received({}),
  'id_token_hint = the JWE, and client_id': (turn) => received({ client_id: turn.service.client.clientId })(turn),
  'ecdh client: id_token_hint = the JWE as received': received({}),
  'no post_logout_redirect_uri': walked({ state }),
  'post_logout_redirect_uri not registered': walked({ ...usual, post_logout_redirect_uri: 'http://localhost:3000/x' }),
  'post_logout_redirect_uri without trailing slash': walked({
    ...usual,
    post_logout_redirect_uri: 'http://localhost:3000'
  }),
  'no id_token_hint': (turn) => raw(turn, usual),
  'no id_token_hint but client_id': (turn) => raw(turn, { ...usual, client_id: turn.service.client.clientId }),
  'id_token_hint and client_id': (turn) => walked({ ...usual, client_id: turn.service.client.clientId })(turn),
  'no state': walked({ post_logout_redirect_uri: address }),
  'state short': walked({ ...usual, state: 'abc' }),
  'bad id_token_hint': ({ service, browser }) => service.logout('x', browser, usual),
  'browser without cookies': ({ service, hint }) => service.logout(hint, service.sandbox.browser(), usual),
  'extra parameter': walked({ ...usual, foo: 'bar' }),
  'id_token_hint of another client': (turn) => walked({ ...usual, client_id: turn.other.client.clientId })(turn),
  'client_id of another client': (turn) => walked({ ...usual, client_id: turn.other.client.clientId })(turn),
  'logout twice (second)': async (turn) => {
    await walked(usual)(turn)
    return walked(usual)(turn)
  },
  'id_token_hint expired (62 s)': (turn) => {
    turn.service.sandbox.advance(62)
    return walked(usual)(turn)
  },
  'POST /session/end': async ({ service, browser, hint }) => [
    await browser.post(`${service.issuer}/session/end`, { id_token_hint: hint, ...usual })
  ]
}

for (const platform of ['franceconnect', 'franceconnect-plus'] satisfies PlatformName[]) {
  t.test(`every recorded logout of ${platform}`, async (t) => {
    const sandbox = await recordedSandbox(t, [...Object.values(recordedClients), ...Object.values(plusClients)])
    const low = platform === 'franceconnect'
    const other = new RelyingParty(sandbox, low ? recordedClients.private : plusClients.private, platform)
    const cases = Object.entries(recording<Record<string, Noted[] | Noted>>(platform, 'logout'))
    for (const [name, expected] of cases) {
      if (!Array.isArray(expected)) continue
      await t.test(name, async (t) => {
        const plusClient = name.startsWith('ecdh') ? plusClients.ecdh : plusClients.rsa256
        const service = new RelyingParty(sandbox, low ? recordedClients.es256 : plusClient, platform)
        const browser = sandbox.browser()
        const { id_token } = await service.tokens({}, browser)
        const logout = logouts[name]
        if (!logout) throw new Error(`no logout for the recorded case ${name}`)
        const turn = { service, other, browser, received: id_token, hint: await signed(id_token) }
        same(t, await logout(turn), expected, service.issuer)
      })
    }
  })
}

t.test('a logout ends single sign-on, except when it was refused', async (t) => {
  const sandbox = await recordedSandbox(t, [plusClients.rsa256])
  const service = new RelyingParty(sandbox, plusClients.rsa256, 'franceconnect-plus')
  const browser = sandbox.browser()
  const { id_token } = await service.tokens({}, browser)
  const next = async () => (await browser.follow(await browser.get(service.authorizeUrl()))).text
  await service.logout(id_token, browser, usual)
  t.match(await next(), /Continuer sur plus-rsa256/, 'a JWE as hint ends nothing')
  const again = await service.tokens({}, browser)
  await service.logout(await signed(again.id_token), browser, usual)
  t.match(await next(), /Choisissez un compte/)
})

t.test('two services in one session: the logout of one leaves the token of the other', async (t) => {
  const sandbox = await recordedSandbox(t)
  const [one, two] = [recordedClients.es256, recordedClients.promptlogin].map((c) => new RelyingParty(sandbox, c))
  const browser = sandbox.browser()
  const first = await one!.tokens({}, browser)
  const second = await two!.tokens({}, browser)
  await two!.logout(second.id_token, browser, usual)
  t.equal((await two!.userinfo(second.access_token)).status, 401)
  t.equal((await one!.userinfo(first.access_token)).status, 200)
})

interface Comparer {
  same(actual: unknown, expected: unknown, ...message: [message: string] | []): unknown
  match(actual: unknown, expected: RegExp, ...message: [message: string] | []): unknown
}

function same(t: Comparer, steps: Step[], expected: Noted[], issuer: string): void {
  t.same(
    steps.map(({ status }) => status),
    expected.map(({ status }) => status),
    'the same steps'
  )
  const last = steps.at(-1)!
  const recorded = expected.at(-1)!
  t.same(last.status, recorded.status)
  if (recorded.errorCode) t.match(last.text, new RegExp(`>${recorded.errorCode}<`))
  if (recorded.location === undefined || recorded.location === null) return
  const url = new URL(last.location!)
  t.same(url.origin + url.pathname, portable(recorded.location, issuer))
  t.same([...url.searchParams.keys()], Object.keys(recorded.params ?? {}), 'the same parameters')
  if (recorded.params?.state) t.same(url.searchParams.get('state'), recorded.params.state === 'abc' ? 'abc' : state)
  const pages = steps.filter((step) => step.status === 200 && formIn(step))
  for (const page of pages) t.match(page.text, /<noscript>/, 'a button where scripts do not run')
}
