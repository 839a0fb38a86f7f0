// openid-client 6 by hand, as in peers/openid-client.mjs: the same pages as ours.mjs, and nothing else.
import cookie from '@fastify/cookie'
import session from '@fastify/session'
import Fastify from 'fastify'
import * as client from 'openid-client'

const { PORT, BASE_URL, ISSUER, CLIENT_ID, CLIENT_SECRET, DATA_BASE, SESSION_SECRET } = process.env
const config = await client.discovery(
  new URL(ISSUER),
  CLIENT_ID,
  { id_token_signed_response_alg: 'ES256', userinfo_signed_response_alg: 'ES256' },
  client.ClientSecretPost(CLIENT_SECRET),
  { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] }
)

const app = Fastify()
await app.register(cookie)
await app.register(session, {
  secret: SESSION_SECRET,
  saveUninitialized: false,
  cookie: { secure: false, sameSite: 'lax' }
})
app.get('/login', async (request, reply) => {
  const flow = { state: client.randomState(), nonce: client.randomNonce() }
  request.session.flow = flow
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: `${BASE_URL}/callback`,
    scope: 'openid given_name family_name email',
    acr_values: 'eidas1',
    ...flow
  })
  return reply.redirect(url.href)
})
app.get('/callback', async (request, reply) => {
  const { flow } = request.session
  const tokens = await client.authorizationCodeGrant(config, new URL(request.url, BASE_URL), {
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    idTokenExpected: true
  })
  const user = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub)
  await request.session.regenerate()
  Object.assign(request.session, { user, idToken: tokens.id_token, accessToken: tokens.access_token })
  return reply.redirect('/rows/1')
})
app.get('/rows/:n', async (request, reply) => {
  if (!request.session.user) return reply.redirect('/login')
  const url = new URL(`${DATA_BASE}/${request.params.n}`)
  const answer = await client.fetchProtectedResource(config, request.session.accessToken, url, 'GET')
  return answer.json()
})
app.get('/logout', async (request, reply) => {
  const url = client.buildEndSessionUrl(config, {
    id_token_hint: request.session.idToken,
    state: client.randomState(),
    post_logout_redirect_uri: BASE_URL
  })
  await request.session.destroy()
  return reply.redirect(url.href)
})
await app.listen({ port: Number(PORT), host: '127.0.0.1' })
console.log('READY')
