import type { Sandbox } from '../../src/index.ts'
import type { PlatformName } from '../recorded.ts'
import { type Asked, type Browsing, browse, hintOf } from './browse.ts'
import type { Exchange } from './exchange.ts'
import { services } from './services.ts'

const citizens: Record<string, string> = {
  'présumé jour': 'étranger_présumé_né_jour',
  corse: 'test_CORSE_2A',
  accents: 'caractères_spéciaux',
  'genre indéfini': 'genre_indéfini',
  'prénom composé': 'prénom_composé',
  'plusieurs prénoms': 'plusieurs_prénoms_3',
  'cog etranger': 'naissance_etranger_birthplace_cog',
  'moins 16': 'moins_16_ans'
}

const asked: Record<string, Asked> = {
  'nonce unicode': { nonce: 'é😀'.repeat(22) },
  'acr foo': { acr_values: 'foo' },
  ui_locales: { ui_locales: 'fr' }
}

/** A browser brought to where a recording begins, in the words of the recording. */
export async function situation(
  sandbox: Sandbox,
  platform: PlatformName,
  { name, category, real }: Exchange,
  before: string
): Promise<Browsing> {
  const browser = browse(sandbox, platform)
  const prefix = new URL(platform === 'franceconnect' ? sandbox.issuer : sandbox.plusIssuer).pathname
  const back = `${prefix}/redirect-to-sp-with-error?error=access_denied&error_description=User%20auth%20aborted`
  const token = (change: Record<string, string>) =>
    browser.post(`${prefix}/token`, {
      grant_type: 'authorization_code',
      code: browser.code,
      redirect_uri: services(platform)[0]!.redirectUris[0]!,
      client_id: services(platform)[0]!.clientId,
      client_secret: services(platform)[0]!.clientSecret,
      ...change
    })
  const begin: Record<string, () => Promise<unknown>> = {
    '': async () => undefined,
    'after authorize, on the choice page': () => browser.authorize(),
    'after authorize, identity provider and citizen, on the information page': async () => {
      await browser.authorize()
      await browser.identify()
      if (name === 'consent POST twice') await browser.post(`${prefix}/login`, { csrfToken: browser.csrf })
    },
    'after authorize, identity provider, citizen and consent': async () => {
      if (name === 'redirect-to-sp-with-error twice') {
        await browser.authorize()
        await browser.get(back)
      } else await browser.login()
    },
    'after a whole login in the same browser': async () => {
      await browser.login()
      if (name === 'SSO: choice page by hand') await browser.authorize()
    },
    'after a login, with its code or token': async () => {
      await browser.login()
      if (name === 'wrong secret then right') await token({ client_secret: 'no' })
      if (name === 'code_verifier then right') await token({ code_verifier: 'v'.repeat(43) })
      if (category !== 'token' || name === 'code used twice') await browser.tokens()
      if (name === 'good then userinfo') {
        const { clientId, clientSecret } = services(platform)[0]!
        const body = new URLSearchParams({
          client_id: clientId,
          client_secret: clientSecret,
          token: browser.accessToken
        })
        await fetch(`${sandbox.issuer.replace('/api/v2', prefix)}/token/revocation`, { method: 'POST', body })
      }
    },
    'the ID Token of a login, decoded': async () => {
      await browser.login(asked[name])
      await browser.tokens()
    },
    'userinfo of a login, decoded': async () => {
      await browser.login({ scope: (real.body as { scope: string }).scope }, citizens[name])
      await browser.tokens()
    },
    'after a whole login, with its cookies and tokens': async () => {
      await browser.login()
      await browser.tokens()
      const hint = { id_token_hint: await hintOf(browser) }
      const uri = { post_logout_redirect_uri: services(platform)[0]!.postLogoutRedirectUris![0]! }
      if (name === 'whole chain no state') await browser.logout({ ...hint, ...uri })
      if (name === 'whole chain unicode state') await browser.logout({ ...hint, ...uri, state: 'é😀 <b>&+%' })
      if (name === 'whole chain without uri') await browser.logout(hint)
      if (name === 'whole chain without cookies') {
        const other = browse(sandbox, platform)
        browser.last = await other.logout({ ...hint, ...uri, state: 'z'.repeat(20) })
      }
      if (name === 'twice') {
        await browser.logout({ ...hint, ...uri, state: 'z'.repeat(20) })
        await browser.logout({ ...hint, ...uri, state: 'z'.repeat(20) })
      }
      if (name === 'after it: authorize') await browser.logout({ ...hint, ...uri, state: 'z'.repeat(20) })
      if (/^abandoned|^confirm|^disconnect/.test(name)) {
        await browser.get(`${prefix}/session/end?${new URLSearchParams({ ...hint, ...uri })}`)
      }
    }
  }
  const citizen = /^authorize, identity provider, citizen (.*)$/.exec(before)?.[1]
  if (citizen !== undefined) {
    await browser.authorize()
    await browser.identify(citizen)
  } else await begin[before]!()
  return browser
}
