import * as oauth from 'oauth4webapi'
import t from 'tap'
import { startSandbox } from '../../src/index.ts'
import { leave } from './journey.ts'

const onLoopback = { [oauth.allowInsecureRequests]: true }

t.test('oauth4webapi logs in, verifies the signatures and logs out', async (t) => {
  const sandbox = await startSandbox({ port: 0 })
  t.teardown(() => sandbox.close())
  const issuer = new URL(sandbox.issuer)
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, onLoopback))
  const client: oauth.Client = {
    client_id: sandbox.client.clientId,
    id_token_signed_response_alg: 'ES256',
    userinfo_signed_response_alg: 'ES256'
  }
  const secret = oauth.ClientSecretPost(sandbox.client.clientSecret)
  const [redirect_uri] = sandbox.client.redirectUris
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]

  const authorize = new URL(server.authorization_endpoint!)
  authorize.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: redirect_uri!,
    response_type: 'code',
    scope: 'openid given_name family_name',
    state,
    nonce,
    acr_values: 'eidas1'
  }).toString()
  const browser = sandbox.browser()
  const callback = await sandbox.authorize(authorize.href, 'test', { browser })

  const parameters = oauth.validateAuthResponse(server, client, new URL(callback), state)
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    secret,
    parameters,
    redirect_uri!,
    oauth.nopkce,
    onLoopback
  )
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer, {
    expectedNonce: nonce,
    requireIdToken: true
  })
  await oauth.validateApplicationLevelSignature(server, answer, onLoopback)
  const { sub } = oauth.getValidatedIdTokenClaims(tokens)!
  const userinfo = await oauth.userInfoRequest(server, client, tokens.access_token, onLoopback)
  const signed = await oauth.processUserInfoResponse(server, client, sub, userinfo)
  await oauth.validateApplicationLevelSignature(server, userinfo, onLoopback)
  t.match(signed, { sub, given_name: 'Angela Claire Louise', family_name: 'DUBOIS' })

  const end = new URL(server.end_session_endpoint!)
  const [home] = sandbox.client.postLogoutRedirectUris!
  end.search = new URLSearchParams({
    id_token_hint: tokens.id_token!,
    post_logout_redirect_uri: home!,
    state: 'bye'
  }).toString()
  t.equal(await leave(browser, end.href), `${home}?state=bye`)
  t.match((await browser.follow(await browser.get(authorize.href))).text, /Choisissez un compte/, 'logged out there')
})
