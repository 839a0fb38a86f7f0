import { RedisStore } from 'connect-redis'
import Fastify from 'fastify'
import { createClient } from 'redis'
import franceConnect from '../../src/plugin.ts'

/** One instance of a service whose sessions are in Redis. Prints its port once it listens. */
const { REDIS_URL, ISSUER, CLIENT_ID, CLIENT_SECRET, BASE_URL, SECRET } = process.env
const redis = createClient({ url: REDIS_URL!, disableOfflineQueue: true, socket: { reconnectStrategy: () => 100 } })
redis.on('error', () => {})
await redis.connect()

const app = Fastify()
await app.register(franceConnect, {
  issuer: ISSUER!,
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
  baseUrl: BASE_URL,
  secret: SECRET,
  session: { store: new RedisStore({ client: redis }) }
})
app.get('/moi', async (request) => ({ sub: request.franceConnect?.sub ?? null }))
app.get('/lent', async (request) => {
  await new Promise((resolve) => setTimeout(resolve, 700))
  Object.assign(request.session, { written: Date.now() })
  return { written: true }
})
const address = await app.listen({ port: 0, host: '127.0.0.1' })
console.log(new URL(address).port)
