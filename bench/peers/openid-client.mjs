// openid-client v6 by hand on Fastify, as its README shows, with enableNonRepudiationChecks so that both signatures are
// verified (NONREP=0 leaves them unverified, which is the default of the library). REDIS_URL: connect-redis as its README
// shows; ROLLING=false writes no session back that did not change.
import cookie from '@fastify/cookie'
import session from '@fastify/session'
import Fastify from 'fastify'
import * as client from 'openid-client'

const { PORT, BASE_URL, ISSUER, CLIENT_ID, CLIENT_SECRET, DATA_BASE, SESSION_SECRET, REDIS_URL } = process.env

const config = await client.discovery(
  new URL(ISSUER),
  CLIENT_ID,
  { id_token_signed_response_alg: 'ES256', userinfo_signed_response_alg: 'ES256' },
  client.ClientSecretPost(CLIENT_SECRET),
  { execute: [client.allowInsecureRequests] }
)
if (process.env.NONREP !== '0') client.enableNonRepudiationChecks(config)

const store = REDIS_URL && (await redisStore(REDIS_URL))
const app = Fastify()
await app.register(cookie)
await app.register(session, {
  secret: SESSION_SECRET,
  saveUninitialized: false,
  ...(process.env.ROLLING === 'false' && { rolling: false }),
  ...(store && { store }),
  cookie: { secure: false, sameSite: 'lax' }
})
app.get('/login', async (request, reply) => {
  const code_verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const nonce = client.randomNonce()
  const code_challenge = await client.calculatePKCECodeChallenge(code_verifier)
  request.session.flow = { code_verifier, state, nonce }
  const redirectTo = client.buildAuthorizationUrl(config, {
    redirect_uri: `${BASE_URL}/callback`,
    scope: 'openid given_name family_name email',
    acr_values: 'eidas1',
    state,
    nonce,
    code_challenge,
    code_challenge_method: 'S256'
  })
  return reply.redirect(redirectTo.href)
})
app.get('/callback', async (request, reply) => {
  const flow = request.session.flow
  if (!flow) return reply.code(400).send({ error: 'no flow' })
  const tokens = await client.authorizationCodeGrant(config, new URL(request.url, BASE_URL), {
    pkceCodeVerifier: flow.code_verifier,
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    idTokenExpected: true
  })
  const user = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub)
  await request.session.regenerate()
  request.session.user = user
  request.session.idToken = tokens.id_token
  request.session.accessToken = tokens.access_token
  return reply.redirect('/')
})
app.get('/me', async (request, reply) => request.session.user ?? reply.code(401).send({ error: 'unauthenticated' }))
app.get('/data/:n', async (request, reply) => {
  if (!request.session.user) return reply.code(401).send({ error: 'unauthenticated' })
  const res = await client.fetchProtectedResource(
    config,
    request.session.accessToken,
    new URL(`${DATA_BASE}/${request.params.n}`),
    'GET'
  )
  if (!res.ok) return reply.code(502).send({ error: res.status })
  return res.json()
})
app.get('/logout', async (request, reply) => {
  const u = client.buildEndSessionUrl(config, {
    id_token_hint: request.session.idToken,
    state: client.randomState(),
    post_logout_redirect_uri: BASE_URL
  })
  await request.session.destroy()
  return reply.redirect(u.href)
})
await app.listen({ port: +PORT, host: '127.0.0.1', backlog: 4096 })
console.log('READY')

async function redisStore(url) {
  const [{ RedisStore }, { createClient }] = await Promise.all([import('connect-redis'), import('redis')])
  return new RedisStore({ client: await createClient({ url }).on('error', console.error).connect() })
}
