// @fastify/oauth2 with @fastify/session; what the plugin leaves out (nonce, ID Token, signed userinfo) by hand with jose.
import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import oauth2 from '@fastify/oauth2'
import session from '@fastify/session'
import Fastify from 'fastify'
import { createRemoteJWKSet, jwtVerify } from 'jose'

const { PORT, BASE_URL, ISSUER, CLIENT_ID, CLIENT_SECRET, DATA_BASE, SESSION_SECRET } = process.env

const app = Fastify()
await app.register(cookie)
await app.register(session, {
  secret: SESSION_SECRET,
  saveUninitialized: false,
  cookie: { secure: false, sameSite: 'lax' }
})
await app.register(oauth2, {
  name: 'fc',
  scope: ['openid', 'given_name', 'family_name', 'email'],
  credentials: { client: { id: CLIENT_ID, secret: CLIENT_SECRET }, options: { authorizationMethod: 'body' } },
  discovery: { issuer: ISSUER },
  callbackUri: `${BASE_URL}/callback`
})
const JWKS = createRemoteJWKSet(new URL(`${ISSUER}/jwks`))
const verify = (jwt) => jwtVerify(jwt, JWKS, { issuer: ISSUER, audience: CLIENT_ID, algorithms: ['ES256'] })

app.get('/login', async (request, reply) => {
  const nonce = randomBytes(16).toString('base64url')
  request.session.nonce = nonce
  const uri = await app.fc.generateAuthorizationUri(request, reply)
  return reply.redirect(`${uri}&nonce=${nonce}&acr_values=eidas1`)
})
app.get('/callback', async (request, reply) => {
  const { token } = await app.fc.getAccessTokenFromAuthorizationCodeFlow(request, reply)
  const { payload } = await verify(token.id_token)
  if (payload.nonce !== request.session.nonce) throw new Error('nonce')
  const res = await fetch(`${ISSUER}/userinfo`, { headers: { authorization: `Bearer ${token.access_token}` } })
  const { payload: user } = await verify(await res.text())
  if (user.sub !== payload.sub) throw new Error('sub')
  await request.session.regenerate()
  request.session.user = user
  request.session.idToken = token.id_token
  request.session.accessToken = token.access_token
  return reply.redirect('/')
})
app.get('/me', async (request, reply) => request.session.user ?? reply.code(401).send({ error: 'unauthenticated' }))
app.get('/data/:n', async (request, reply) => {
  if (!request.session.user) return reply.code(401).send({ error: 'unauthenticated' })
  const res = await fetch(`${DATA_BASE}/${request.params.n}`, {
    headers: { authorization: `Bearer ${request.session.accessToken}` }
  })
  if (!res.ok) return reply.code(502).send({ error: res.status })
  return res.json()
})
app.get('/logout', async (request, reply) => {
  const u = new URL(`${ISSUER}/session/end`)
  u.searchParams.set('id_token_hint', request.session.idToken)
  u.searchParams.set('state', randomBytes(16).toString('base64url'))
  u.searchParams.set('post_logout_redirect_uri', BASE_URL)
  await request.session.destroy()
  return reply.redirect(u.href)
})
await app.listen({ port: +PORT, host: '127.0.0.1', backlog: 4096 })
console.log('READY')
