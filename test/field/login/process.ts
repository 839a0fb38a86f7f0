import fastifyCookie from '@fastify/cookie'
import fastifySession from '@fastify/session'
import { RedisStore } from 'connect-redis'
import Fastify from 'fastify'
import { createClient } from 'redis'
import franceConnect from '../../../packages/fastify-franceconnect/src/plugin.ts'

/** One process of a service whose sessions are in Redis, the host's own or the plugin's. Prints its port. */
const { REDIS_URL, ISSUER, CLIENT_ID, CLIENT_SECRET, BASE_URL, SECRETS, HOST_SESSION } = process.env
const redis = createClient({ url: REDIS_URL! })
redis.on('error', () => {})
await redis.connect()
const store = new RedisStore({ client: redis })
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const app = Fastify()
if (HOST_SESSION) {
  await app.register(fastifyCookie)
  const secret = 'the host’s own secret, of thirty-two characters or more'
  await app.register(fastifySession, { secret, cookie: { secure: false }, store })
}
await app.register(franceConnect, {
  ...{ issuer: ISSUER!, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, baseUrl: BASE_URL },
  secret: JSON.parse(SECRETS!),
  ...(HOST_SESSION ? {} : { session: { store } }),
  async onLogin(request) {
    const { slow, refuse } = request.query as Record<string, string>
    Object.assign(request.session, { compte: 'Angela' })
    if (slow) await pause(1500)
    if (refuse === 'landing') throw app.franceConnect.refusal('/compte-ferme')
    if (refuse === 'error') throw Object.assign(new Error('fermé'), { statusCode: 403 })
  }
})
app.get('/moi', async (request) => ({
  sub: request.franceConnect?.sub ?? null,
  compte: (request.session as unknown as Record<string, unknown>)['compte'] ?? null
}))
app.get('/lent', async (request) => {
  await pause(700)
  Object.assign(request.session, { ecrit: Date.now() })
  return 'écrit'
})
const address = await app.listen({ port: 0, host: '127.0.0.1' })
console.log(new URL(address).port)
