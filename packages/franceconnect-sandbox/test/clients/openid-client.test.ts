import * as client from 'openid-client'
import t from 'tap'
import { startSandbox } from '../../src/index.ts'

async function relyingParty(t: { teardown(end: () => unknown): unknown }) {
  const sandbox = await startSandbox({ port: 0 })
  t.teardown(() => sandbox.close())
  const { clientId, clientSecret, redirectUris } = sandbox.client
  const configuration = await client.discovery(
    new URL(sandbox.issuer),
    clientId,
    { client_secret: clientSecret, id_token_signed_response_alg: 'ES256', userinfo_signed_response_alg: 'ES256' },
    client.ClientSecretPost(clientSecret),
    { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] }
  )
  const parameters = {
    redirect_uri: redirectUris[0]!,
    scope: 'openid given_name family_name birthdate',
    state: client.randomState(),
    nonce: client.randomNonce(),
    acr_values: 'eidas1'
  }
  return { sandbox, configuration, parameters }
}

t.test('openid-client, unmodified, logs in, verifies every signature and logs out', async (t) => {
  const { sandbox, configuration, parameters } = await relyingParty(t)
  const callback = await sandbox.authorize(client.buildAuthorizationUrl(configuration, parameters).href)
  const tokens = await client.authorizationCodeGrant(configuration, new URL(callback), {
    expectedState: parameters.state,
    expectedNonce: parameters.nonce,
    idTokenExpected: true
  })
  const userinfo = await client.fetchUserInfo(configuration, tokens.access_token, tokens.claims()!.sub)
  t.match(userinfo, { given_name: 'Angela Claire Louise', family_name: 'DUBOIS', birthdate: '1962-08-24' })
  const logout = client.buildEndSessionUrl(configuration, {
    id_token_hint: tokens.id_token!,
    post_logout_redirect_uri: sandbox.client.postLogoutRedirectUris![0]!,
    state: 'on-the-way-out'
  })
  t.equal((await fetch(logout)).status, 200)
})

t.test('with PKCE, which discovery advertises, it ends on the page Y030007 as with FranceConnect', async (t) => {
  const { sandbox, configuration, parameters } = await relyingParty(t)
  t.equal(configuration.serverMetadata().supportsPKCE(), true)
  const url = client.buildAuthorizationUrl(configuration, {
    ...parameters,
    code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
    code_challenge_method: 'S256'
  })
  await t.rejects(sandbox.authorize(url.href), { code: 'FST_FC_SANDBOX_LOGIN_FAILED', message: /Y030007/ })
})

t.test('a rotation keeps the label of the keys: a client that trusts the label refuses the next login', async (t) => {
  const { sandbox, configuration, parameters } = await relyingParty(t)
  const login = async () => {
    const callback = await sandbox.authorize(client.buildAuthorizationUrl(configuration, parameters).href)
    return client.authorizationCodeGrant(configuration, new URL(callback), {
      expectedState: parameters.state,
      expectedNonce: parameters.nonce
    })
  }
  const keys = async () =>
    (await (await fetch(`${sandbox.issuer}/jwks`)).json()) as { keys: { kid: string; x: string }[] }
  await login()
  const before = await keys()
  await sandbox.rotateKeys()
  const after = await keys()
  t.same(
    after.keys.map(({ kid }) => kid),
    before.keys.map(({ kid }) => kid)
  )
  t.not(after.keys[0]!.x, before.keys[0]!.x)
  await t.rejects(login(), 'the signature is not that of the key kept')
})
