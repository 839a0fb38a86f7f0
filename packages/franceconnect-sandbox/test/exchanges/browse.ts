import { compactDecrypt } from 'jose'
import type { Sandbox } from '../../src/index.ts'
import type { PlatformName } from '../recorded.ts'
import { decryptionKey, secretOf, services } from './services.ts'
import { formOf, Jar, type Received, send } from './wire.ts'

/** What is asked of an authorization, beside the recorded usual. */
export type Asked = Partial<Record<'scope' | 'acr_values' | 'nonce' | 'state' | 'ui_locales', string>>

/** A browser at one platform, which keeps what the recordings leave out. */
export interface Browsing {
  jar: Jar
  /** The page shown last. */
  page: string
  interaction: string
  csrf: string
  code: string
  accessToken: string
  idToken: string
  scope: string
  last: Received
  /** Where the last answer came from. */
  at: string
  get(path: string): Promise<Received>
  post(path: string, fields: Record<string, string>): Promise<Received>
  /** Follows redirects and forms sent by themselves, until a page for a person, or the service. */
  settle(received: Received): Promise<Received>
  authorize(asked?: Asked): Promise<Received>
  identify(citizen?: string): Promise<Received>
  consent(): Promise<Received>
  tokens(): Promise<void>
  login(asked?: Asked, citizen?: string): Promise<void>
  logout(parameters: Record<string, string>): Promise<Received>
}

export const usualScope = 'openid given_name family_name email birthdate'

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

/** Opens a browser on a platform of the sandbox. */
export function browse(sandbox: Sandbox, platform: PlatformName): Browsing {
  const issuer = platform === 'franceconnect' ? sandbox.issuer : sandbox.plusIssuer
  const { origin, pathname: prefix } = new URL(issuer)
  const [client] = services(platform)
  const { clientId } = client!
  const redirectUri = client!.redirectUris[0]!

  const exchange = async (method: string, path: string, body?: string): Promise<Received> => {
    const form: Record<string, string> =
      body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', origin }
    const received = await send(origin, method, path, { ...html, ...form, cookie: self.jar.header() }, body)
    self.jar.take(received)
    self.last = received
    self.at = path
    if (received.text.includes('<form')) {
      self.page = received.text
      self.csrf = formOf(received.text).fields['csrfToken'] ?? self.csrf
    }
    return received
  }

  const here = (location: string) => new URL(location, origin).origin === origin

  const self: Browsing = {
    jar: new Jar(),
    page: '',
    interaction: '',
    csrf: '0'.repeat(64),
    code: '',
    accessToken: '',
    idToken: '',
    scope: '',
    last: { status: 0, headers: {}, text: '' },
    at: '/',
    get: (path) => exchange('GET', path),
    post: (path, fields) => exchange('POST', path, new URLSearchParams(fields).toString()),
    async settle(received) {
      let current = received
      for (;;) {
        const { location } = current.headers
        if (location !== undefined) {
          if (!here(location)) return current
          const { pathname, search } = new URL(location, origin)
          current = await self.get(pathname + search)
        } else if (current.text.includes('document.forms[0].submit()')) {
          const { action, fields } = formOf(current.text)
          current = await self.post(new URL(action, origin).pathname, fields)
        } else return current
      }
    },
    async authorize(asked = {}) {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: usualScope,
        state: 's'.repeat(20),
        nonce: 'n'.repeat(32),
        acr_values: platform === 'franceconnect' ? 'eidas1' : 'eidas2',
        ...asked
      })
      const received = await self.get(`${prefix}/authorize?${query}`)
      self.interaction = /\/interaction\/([\w-]+)/.exec(received.headers.location ?? '')?.[1] ?? self.interaction
      return self.settle(received)
    },
    async identify(citizen = 'test') {
      const uid = /name="providerUid" value="([^"]+)"(?! disabled)/.exec(self.page)?.[1] ?? ''
      const idp = await self.settle(
        await self.post(`${prefix}/redirect-to-idp`, { csrfToken: self.csrf, providerUid: uid })
      )
      const { action, fields } = formOf(idp.text)
      return self.settle(await self.post(new URL(action || self.at, origin).pathname, { ...fields, login: citizen }))
    },
    async consent() {
      const received = await self.settle(await self.post(`${prefix}/login`, { csrfToken: self.csrf }))
      self.code = new URL(received.headers.location ?? 'http://none').searchParams.get('code') ?? ''
      return received
    },
    async tokens() {
      const body = new URLSearchParams({
        grant_type: 'authorization_code',
        code: self.code,
        redirect_uri: redirectUri,
        client_id: clientId,
        client_secret: secretOf(clientId)
      })
      const type = { 'content-type': 'application/x-www-form-urlencoded' }
      const { text } = await send(origin, 'POST', `${prefix}/token`, type, body.toString())
      const { access_token, id_token, scope } = JSON.parse(text)
      Object.assign(self, { accessToken: access_token, idToken: id_token, scope })
    },
    async login(asked = {}, citizen = 'test') {
      await self.authorize(asked)
      await self.identify(citizen)
      await self.consent()
    },
    async logout(parameters) {
      return self.settle(await self.get(`${prefix}/session/end?${new URLSearchParams(parameters)}`))
    }
  }
  return self
}

/** The hint that ends a session: the signed token, out of the encrypted one. */
export async function hintOf({ idToken }: Browsing): Promise<string> {
  if (idToken.split('.').length !== 5) return idToken
  return Buffer.from((await compactDecrypt(idToken, decryptionKey)).plaintext).toString('utf8')
}
