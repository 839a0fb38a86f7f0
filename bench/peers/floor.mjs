// The least work that is still legal: two HTTP calls, two ES256 verifications with a cached key, a Map for the sessions.
import { createPublicKey, randomBytes, verify } from 'node:crypto'
import Fastify from 'fastify'
import { Agent, request as http } from 'undici'

const { PORT, BASE_URL, ISSUER, CLIENT_ID, CLIENT_SECRET, DATA_BASE } = process.env
const encode = encodeURIComponent
const dispatcher = new Agent({ keepAliveTimeout: 60e3 })
const keys = new Map()
const { body: keySet } = await http(`${ISSUER}/jwks`, { dispatcher })
for (const jwk of (await keySet.json()).keys)
  keys.set(jwk.kid, { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' })

let pool = Buffer.alloc(0)
function random() {
  if (pool.length === 0) pool = randomBytes(24 * 256)
  const text = pool.toString('base64url', 0, 24)
  pool = pool.subarray(24)
  return text
}

const keyOfHeader = new Map()
function keyFor(header) {
  const known = keyOfHeader.get(header)
  if (known) return known
  const { alg, kid } = JSON.parse(Buffer.from(header, 'base64url'))
  if (alg !== 'ES256' || !keys.has(kid)) throw new Error('header')
  keyOfHeader.set(header, keys.get(kid))
  return keys.get(kid)
}
function open(jwt) {
  const a = jwt.indexOf('.')
  const b = jwt.indexOf('.', a + 1)
  const signed = Buffer.from(jwt.slice(0, b), 'latin1')
  if (!verify('sha256', signed, keyFor(jwt.slice(0, a)), Buffer.from(jwt.slice(b + 1), 'base64url')))
    throw new Error('signature')
  const claims = JSON.parse(Buffer.from(jwt.slice(a + 1, b), 'base64url'))
  if (claims.iss !== ISSUER || claims.aud !== CLIENT_ID || !(claims.exp > Date.now() / 1000)) throw new Error('claims')
  return claims
}

const sessions = new Map()
const sidOf = (request) => {
  const cookie = request.headers.cookie
  const at = cookie?.indexOf('sid=') ?? -1
  return at < 0 ? undefined : cookie.slice(at + 4, at + 36)
}
const setSid = (reply, sid) => reply.header('set-cookie', `sid=${sid}; Path=/; HttpOnly; SameSite=Lax`)
const redirectUri = encode(`${BASE_URL}/callback`)
const authorize = `${ISSUER}/authorize?response_type=code&client_id=${encode(CLIENT_ID)}&redirect_uri=${redirectUri}&scope=openid%20given_name%20family_name%20email&acr_values=eidas1`
const form = `grant_type=authorization_code&client_id=${encode(CLIENT_ID)}&client_secret=${encode(CLIENT_SECRET)}&redirect_uri=${redirectUri}&code=`
const formHeaders = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }

const app = Fastify()
app.get('/login', (_request, reply) => {
  const sid = random()
  const flow = { state: random(), nonce: random() }
  sessions.set(sid, flow)
  setSid(reply, sid).redirect(`${authorize}&state=${flow.state}&nonce=${flow.nonce}`)
})
app.get('/callback', async (request, reply) => {
  const sid = sidOf(request)
  const flow = sid && sessions.get(sid)
  if (!flow?.state || flow.state !== request.query.state) return reply.code(400).send({ error: 'state' })
  sessions.delete(sid)
  const body = form + encode(request.query.code)
  const answer = await http(`${ISSUER}/token`, { dispatcher, method: 'POST', headers: formHeaders, body })
  const tokens = await answer.body.json()
  if (answer.statusCode !== 200) throw new Error('token')
  const id = open(tokens.id_token)
  if (id.nonce !== flow.nonce) throw new Error('nonce')
  const authorization = `Bearer ${tokens.access_token}`
  const userinfo = await http(`${ISSUER}/userinfo`, { dispatcher, headers: { authorization } })
  const text = await userinfo.body.text()
  if (userinfo.statusCode !== 200) throw new Error('userinfo')
  const user = open(text)
  if (user.sub !== id.sub) throw new Error('sub')
  const fresh = random()
  sessions.set(fresh, { user, idToken: tokens.id_token, authorization })
  return setSid(reply, fresh).redirect('/')
})
app.get('/me', (request, reply) => {
  const session = sessions.get(sidOf(request))
  if (session?.user) reply.send(session.user)
  else reply.code(401).send({ error: 'unauthenticated' })
})
app.get('/data/:n', async (request, reply) => {
  const session = sessions.get(sidOf(request))
  if (!session?.user) return reply.code(401).send({ error: 'unauthenticated' })
  const { authorization } = session
  const answer = await http(`${DATA_BASE}/${request.params.n}`, { dispatcher, headers: { authorization } })
  if (answer.statusCode !== 200) throw new Error(`upstream ${answer.statusCode}`)
  return answer.body.json()
})
app.get('/logout', (request, reply) => {
  const sid = sidOf(request)
  const session = sessions.get(sid)
  sessions.delete(sid)
  reply.redirect(
    `${ISSUER}/session/end?id_token_hint=${session?.idToken}&state=${random()}&post_logout_redirect_uri=${encode(BASE_URL)}`
  )
})
await app.listen({ port: Number(PORT), host: '127.0.0.1', backlog: 4096 })
console.log('READY')
