import { randomBytes } from 'node:crypto'
import { type Sandbox, type SandboxClient, startSandbox } from '../src/index.ts'
import { type Browser, formIn, type Step } from '../src/levers/walk/browser.ts'
import type { PlatformName } from './recorded.ts'

export const redirectUri = 'http://localhost:3000/callback'
export const identityScope =
  'openid given_name family_name preferred_username birthdate gender birthplace birthcountry email'

const registered = (clientId: string, more: Partial<SandboxClient>): SandboxClient => ({
  clientId,
  clientSecret: randomBytes(32).toString('hex'),
  redirectUris: [redirectUri, 'http://localhost:3000/callback2'],
  postLogoutRedirectUris: ['http://localhost:3000/logout-callback', 'http://localhost:3000/'],
  scopes: identityScope.split(' '),
  claims: ['amr'],
  ...more
})

/** The clients of the recordings on FranceConnect. */
export const recordedClients = {
  es256: registered(`e5256${'0'.repeat(59)}`, {
    title: 'rp-es256',
    scopes: [...identityScope.split(' '), 'dgfip_rfr', 'cnam_paiements_ij']
  }),
  rs256: registered(`45256${'1'.repeat(59)}`, {
    title: 'rp-rs256',
    scopes: 'openid identite_pivot email preferred_username idp_id idp_birthdate dgfip_rfr'.split(' '),
    idTokenSignedResponseAlg: 'RS256'
  }),
  private: registered(`c0256${'3'.repeat(59)}`, { title: 'rp-private', type: 'private', claims: [] }),
  promptlogin: registered(`b0256${'5'.repeat(59)}`, { title: 'rp-promptlogin', allowedPrompts: ['login'] })
}

const hex = () => randomBytes(32).toString('hex')

/** A service that talks to a sandbox by hand, as the recorder did. */
export class RelyingParty {
  readonly sandbox: Sandbox
  readonly issuer: string
  readonly client: SandboxClient
  scope = identityScope
  acr: string

  constructor(sandbox: Sandbox, client: SandboxClient, platform: PlatformName = 'franceconnect') {
    this.sandbox = sandbox
    this.client = client
    this.issuer = platform === 'franceconnect' ? sandbox.issuer : sandbox.plusIssuer
    this.acr = platform === 'franceconnect' ? 'eidas1' : 'eidas2'
  }

  authorizeUrl(set: Record<string, string> = {}, omit: string[] = []): string {
    const parameters: Record<string, string> = {
      response_type: 'code',
      client_id: this.client.clientId,
      redirect_uri: redirectUri,
      scope: this.scope,
      state: hex(),
      nonce: hex(),
      acr_values: this.acr,
      ...set
    }
    for (const name of omit) delete parameters[name]
    return `${this.issuer}/authorize?${new URLSearchParams(parameters)}`
  }

  /** A code, after a whole login. */
  async code(set: Record<string, string> = {}, browser = this.sandbox.browser(), citizen?: string): Promise<string> {
    const callback = await this.sandbox.authorize(this.authorizeUrl(set), citizen, { browser })
    const code = new URL(callback).searchParams.get('code')
    if (code === null) throw new Error(`no code in ${callback}`)
    return code
  }

  /** The token request, with parameters changed or (undefined) left out. */
  token(code: string, change: Record<string, string | undefined> = {}, headers: Record<string, string> = {}) {
    const all = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      client_id: this.client.clientId,
      client_secret: this.client.clientSecret,
      ...change
    }
    const body = new URLSearchParams(
      Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)
    )
    return this.post('/token', body, headers)
  }

  post(path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.issuer + path, { method: 'POST', body, headers, redirect: 'manual' })
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.issuer + path, { headers, redirect: 'manual' })
  }

  /** The tokens of a whole login. */
  async tokens(set: Record<string, string> = {}, browser = this.sandbox.browser()) {
    const response = await this.token(await this.code(set, browser))
    if (response.status !== 200) throw new Error(`token ${response.status} ${await response.text()}`)
    return (await response.json()) as { access_token: string; id_token: string; scope: string; expires_in: number }
  }

  /** Walks a whole logout, self-submitting forms included, and returns its answers in order. */
  async logout(hint: string, browser: Browser, parameters: Record<string, string> = {}): Promise<Step[]> {
    const query = new URLSearchParams({ id_token_hint: hint, ...parameters })
    const steps = [await browser.get(`${this.issuer}/session/end?${query}`)]
    for (;;) {
      const last = steps.at(-1)!
      const form = formIn(last)
      if (last.location !== undefined && browser.isHere(last.location)) steps.push(await browser.get(last.location))
      else if (last.status === 200 && form) steps.push(await browser.post(form.action, form.fields))
      else return steps
    }
  }

  userinfo(token: string | undefined, accept = 'text/html,*/*'): Promise<Response> {
    return this.get('/userinfo', { accept, ...(token !== undefined && { authorization: `Bearer ${token}` }) })
  }
}

interface Teardown {
  teardown(end: () => unknown): unknown
}

/** A sandbox with the clients of the recordings, closed when the test ends. */
export async function recordedSandbox(t: Teardown, clients: SandboxClient[] = Object.values(recordedClients)) {
  const sandbox = await startSandbox({ port: 0, clients })
  t.teardown(() => sandbox.close())
  return sandbox
}
