import * as client from 'openid-client'
import t from 'tap'
import { startCanary } from './canary.ts'
import { idTokenSignature } from './cases/id-token-signature.ts'
import type { Login } from './fault.ts'
import { leaksOf } from './leaks.ts'
import { clientId, clientSecret, type HostileProvider, startProvider } from './provider.ts'
import { serve, walk } from './relying-party.ts'
import { SocketWatch } from './sockets.ts'
import { gzipBomb, huge } from './transports.ts'

const state = 's'.repeat(64)
const nonce = 'n'.repeat(64)
const redirectUri = 'https://demarche.example/callback'

/** A login with openid-client as its README shows it, or strict. */
async function loginWith(provider: HostileProvider, strict: boolean): Promise<string> {
  const execute = strict
    ? [client.allowInsecureRequests, client.enableNonRepudiationChecks]
    : [client.allowInsecureRequests]
  const registered = { id_token_signed_response_alg: 'ES256', userinfo_signed_response_alg: 'ES256' }
  const metadata = { client_secret: clientSecret, ...(strict ? registered : {}) }
  const config = await client.discovery(
    new URL(provider.issuer),
    clientId,
    metadata,
    client.ClientSecretPost(clientSecret),
    { execute }
  )
  const start = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid',
    state,
    nonce,
    acr_values: 'eidas1'
  })
  const back = await fetch(start, { redirect: 'manual' })
  const callback = new URL(back.headers.get('location') ?? '')
  const tokens = await client.authorizationCodeGrant(config, callback, { expectedState: state, expectedNonce: nonce })
  const sub = tokens.claims()?.sub ?? ''
  return (await client.fetchUserInfo(config, tokens.access_token, sub)).sub
}

t.test('without a fault, a strict client logs in', async (t) => {
  const provider = await startProvider()
  t.teardown(() => provider.close())
  t.equal(await loginWith(provider, true), provider.sub)
  t.match(provider.calls, { discovery: 1, jwks: 1, authorize: 1, token: 1, userinfo: 1 })
})

t.test('a forged signature passes a client that does not check it, and not one that does', async (t) => {
  const provider = await startProvider()
  t.teardown(() => provider.close())
  provider.fault = idTokenSignature.find((one) => one.name === 'bad-signature')!.fault
  t.equal(await loginWith(provider, false), provider.sub)
  await t.rejects(loginWith(provider, true))
})

t.test('authorize refuses what FranceConnect refuses', async (t) => {
  const provider = await startProvider()
  t.teardown(() => provider.close())
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: 'openid',
    acr_values: 'eidas1'
  })
  query.set('redirect_uri', redirectUri)
  query.set('state', state)
  query.set('nonce', nonce)
  const ask = async (): Promise<number> =>
    (await fetch(`${provider.issuer}/authorize?${query}`, { redirect: 'manual' })).status
  t.equal(await ask(), 303)
  query.set('code_challenge', 'x')
  t.equal(await ask(), 400)
  query.delete('code_challenge')
  query.set('nonce', 'n'.repeat(21))
  t.equal(await ask(), 400)
  query.delete('nonce')
  t.equal(await ask(), 400)
})

t.test('a client without limits swallows what a limited one must leave', async (t) => {
  const provider = await startProvider()
  t.teardown(() => provider.close())
  provider.fault = { send: { jwks: huge } }
  t.equal((await (await fetch(`${provider.issuer}/jwks`)).text()).length > 64 * 1024 * 1024, true)
  t.ok(provider.sent > 60_000_000, 'the count sees every byte')
  provider.fault = { send: { jwks: gzipBomb } }
  t.equal((await (await fetch(`${provider.issuer}/jwks`)).text()).length > 64 * 1024 * 1024, true)
})

t.test('the watch sees every address that is reached, and the canary every visit', async (t) => {
  const watch = new SocketWatch()
  const canary = await startCanary()
  t.teardown(() => canary.close())
  await (await fetch(`${canary.url}/jwks`)).text()
  await fetch('http://nulle-part.invalid/').catch(() => {})
  watch.stop()
  t.same(canary.visits, ['GET /jwks'])
  const strangers = watch.strangers([])
  t.ok(strangers.includes(canary.url.slice('http://'.length)))
  t.ok(strangers.includes('name nulle-part.invalid'))
})

t.test('a secret is found wherever it stands: page, log, error printed in any way, store', async (t) => {
  const party = await serve(t)
  await walk(party.browser())
  t.same(leaksOf(party), [])
  const [{ code, state, idToken }] = party.provider.logins as [Login]
  t.ok(leaksOf(party, `<a href="?state=${state}">`).includes('state in page'))
  party.errors.push(new Error('refused', { cause: { deep: { er: { still: { code } } } } }))
  t.ok(leaksOf(party).includes('code in inspected error'))
  party.logs.push(JSON.stringify({ msg: `got ${idToken}` }))
  t.ok(leaksOf(party).includes('ID Token (signature) in log'))
})
