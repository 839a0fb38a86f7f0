// The server of the bench: fastify-franceconnect and fastify-fc-data, as built in this checkout; REDIS_URL keeps the
// sessions there, as the guide shows.
import Fastify from 'fastify'
import fcData, { defineApi } from 'fastify-fc-data'
import franceConnect from 'fastify-franceconnect'

const { PORT, BASE_URL, ISSUER, CLIENT_ID, CLIENT_SECRET, DATA_BASE, SESSION_SECRET, REDIS_URL } = process.env
// `call` is never twice the same: identical calls in flight would share one request, and the bench counts each of them.
const rows = defineApi({
  name: 'bench/rows',
  url: `${DATA_BASE}/{n}`,
  scopes: [],
  params: {
    type: 'object',
    properties: { n: { type: 'integer' }, call: { type: 'integer' } },
    required: ['n', 'call']
  }
})
const others = Array.from({ length: Number(process.env.OTHER_APIS ?? 0) }, (_, i) =>
  defineApi({ name: `bench/other-${i}`, url: `${DATA_BASE}/other-${i}`, scopes: [`other_${i}`] })
)

const store = REDIS_URL && (await redisStore(REDIS_URL))
const app = Fastify()
await app.register(franceConnect, {
  issuer: ISSUER,
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
  baseUrl: BASE_URL,
  secret: SESSION_SECRET,
  scope: ['openid', 'given_name', 'family_name', 'email'],
  routes: { login: '/login', logout: '/logout' },
  ...(store && { session: { store } })
})
await app.register(fcData, { apis: [rows, ...others], hold: false })

app.get('/me', async (request, reply) => {
  if (!request.franceConnect) return reply.code(401).send({ error: 'unauthenticated' })
  return request.franceConnect.userInfo
})
let call = 0
app.get('/data/:n', async (request) => {
  const { data } = await request.fcData('bench/rows', { n: Number(request.params.n), call: ++call })
  return data
})

await app.listen({ port: Number(PORT), host: '127.0.0.1', backlog: 4096 })
console.log('READY')

async function redisStore(url) {
  const [{ RedisStore }, { createClient }] = await Promise.all([import('connect-redis'), import('redis')])
  return new RedisStore({ client: await createClient({ url }).on('error', console.error).connect() })
}
