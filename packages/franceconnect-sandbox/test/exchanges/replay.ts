import type { Sandbox } from '../../src/index.ts'
import type { PlatformName } from '../recorded.ts'
import { type Browsing, hintOf, usualScope } from './browse.ts'
import { type Answer, type Exchange, type Sent, sentOf } from './exchange.ts'
import { secretOf, services } from './services.ts'
import { situation } from './situations.ts'
import { send } from './wire.ts'
import { opened, written } from './written.ts'

/** Id and secret of the recorded data provider. */
export const dataProvider = { clientId: secretOf('provider').slice(0, 64), clientSecret: secretOf('its secret') }

/** Where a recording cut a long value short: the whole of it, by the length that its name says. */
function whole({ name }: Exchange, sent: Sent, platform: PlatformName): Sent {
  const [, word = '', size = '', kilo] = /^(?:GET \/api\/v2\/)?(.*?) ?<?(\d{4,}|\d+(?= kB))>?( kB)?$/.exec(name) ?? []
  const length = Number(size) * (kilo ? 1000 : 1)
  if (name === '1500 parameters') {
    const more = Array.from({ length: 1500 }, (_none, index) => `p${index}=1`).join('&')
    return { ...sent, body: sent.body!.replace(/&p0=1.*$/s, `&${more}`) }
  }
  if (!length) return sent
  const [client] = services(platform)
  const good: Record<string, string> = {
    response_type: 'code',
    client_id: client!.clientId,
    redirect_uri: client!.redirectUris[0]!,
    scope: usualScope,
    state: 's'.repeat(20),
    nonce: 'n'.repeat(32),
    acr_values: platform === 'franceconnect' ? 'eidas1' : 'eidas2'
  }
  const long = (at: string, letter: string) => at.replace(new RegExp(`${letter}{900,}.*$`, 's'), letter.repeat(length))
  if (sent.path.includes('/authorize')) {
    const values: Record<string, Record<string, string>> = {
      client: { client_id: 'x'.repeat(length) },
      acr: { acr_values: 'x'.repeat(length) },
      state: { state: 's'.repeat(length) },
      nonce: { nonce: 'n'.repeat(length) },
      claims: { claims: JSON.stringify({ id_token: { x: 'y'.repeat(length) } }) }
    }
    return values[word]
      ? { ...sent, path: `/api/v2/authorize?${new URLSearchParams({ ...good, ...values[word] })}` }
      : sent
  }
  return { ...sent, path: long(long(sent.path, 's'), 'x'), body: sent.body && long(sent.body, 'x') }
}

const noSignature = (token: string): string =>
  [Buffer.from('{"alg":"none"}').toString('base64url'), token.split('.')[1], ''].join('.')

async function filled(exchange: Exchange, sent: Sent, browser: Browsing, platform: PlatformName): Promise<Sent> {
  const { name, category } = exchange
  const hint = browser.idToken && (await hintOf(browser))
  const jws = name === 'hint broken signature' ? `${hint.slice(0, -6)}AAAAAA` : hint
  const provider = /name="providerUid" value="([^"]+)"(?! disabled)/.exec(browser.page)?.[1] ?? ''
  const uid = name === 'choice: other uid' ? 'x'.repeat(43) : browser.interaction || 'x'.repeat(43)
  const secretFor = (text: string) => {
    const id = /client_id"?[=:]"?([0-9a-z]{64})/.exec(text)?.[1] ?? services(platform)[0]!.clientId
    return id === dataProvider.clientId ? dataProvider.clientSecret : secretOf(id)
  }
  const fill = (text: string) => {
    const known = text
      .replace(/(client_id"?[=:]"?)<hex64>/, `$1${dataProvider.clientId}`)
      .replace(/(?<=\/(interaction|authorize)\/)<43>/, uid)
      .replace(/(?<=code=)<43>/g, browser.code)
      .replaceAll('<43>', browser.accessToken)
      .replaceAll('<jws>', jws)
      .replaceAll('<token>', category === 'logout' ? noSignature(hint) : browser.idToken || `${'x'.repeat(20)}.y.z`)
      .replace(/(csrfToken"?[=:]"?)<hex64>/g, `$1${browser.csrf}`)
      .replace('<uuid>', name.includes('unknown provider') ? crypto.randomUUID() : provider)
      .replace('<id:secret>', Buffer.from(`${services(platform)[0]!.clientId}:${secretFor('')}`).toString('base64'))
    return known.replace(/(client_secret"?[=:]"?)<hex64>/, `$1${secretFor(known)}`)
  }
  const headers = Object.fromEntries(Object.entries(sent.headers).map(([key, value]) => [key, fill(value)]))
  return { ...sent, path: fill(sent.path), headers, body: sent.body && fill(sent.body) }
}

const json = new Set(['token', 'userinfo', 'checktoken', 'revocation', 'discovery', 'jwks'])
const page = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

/** Sends one recorded request to the sandbox and writes its answer as the recording does. */
export async function replay(sandbox: Sandbox, platform: PlatformName, exchange: Exchange): Promise<Answer> {
  const { name, category } = exchange
  const issuer = platform === 'franceconnect' ? sandbox.issuer : sandbox.plusIssuer
  const { origin, pathname: prefix } = new URL(issuer)
  const read = whole(exchange, sentOf(exchange), platform)
  const browser = await situation(sandbox, platform, exchange, read.before)
  if (category === 'id_token') {
    return { status: '200', headers: {}, cookies: [], body: await opened(browser.idToken, issuer) }
  }
  if (read.before.startsWith('authorize, identity provider, citizen')) return written(browser.last, issuer)
  if (/^(whole chain|twice)/.test(name)) {
    const answer = written(browser.last, issuer)
    const { location } = answer.headers
    return location === undefined ? answer : { status: 'rp', headers: { location }, cookies: [], body: '' }
  }
  const sent = await filled(exchange, read, browser, platform)
  const form = sent.body === undefined || name === 'no content-type'
  const cookie =
    sent.cookies.some((one) => /[=;]/.test(one)) && !sent.cookies[0]!.startsWith('_interaction=<43>')
      ? sent.cookies.join('; ')
      : browser.jar.header(
          sent.cookies[0]?.startsWith('_interaction=<43>') ? ['_interaction', '_interaction.sig'] : sent.cookies
        )
  const accept: Record<string, string> =
    !json.has(category) || /accept (text\/)?html/i.test(name) ? { accept: page } : {}
  const headers: Record<string, string> = {
    ...accept,
    ...(form ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    ...sent.headers,
    ...(cookie && { cookie })
  }
  const path = sent.path.replace(/^\/api\/v2(?=\/|$)/, prefix)
  const received = await send(origin, sent.method, path, headers, sent.body)
  if (category === 'userinfo claims') {
    const { jwe: _jwe, ...body } = await opened(received.text, issuer)
    const type = { 'content-type': String(received.headers['content-type']) }
    return { status: String(received.status), headers: type, cookies: [], body: { scope: browser.scope, ...body } }
  }
  return written(received, issuer)
}
