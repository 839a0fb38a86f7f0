// One process of a service: reads the data of who asks, holds it in Redis, and forgets.
import Fastify from 'fastify'
import fcData from 'fastify-fc-data'
import { createClient } from 'redis'
import { providersAt, QF } from './citizens.ts'

const [redisUrl, dataUrl, ...secret] = process.argv.slice(2)
const redis = createClient({ url: redisUrl! })
redis.on('error', () => undefined)
await redis.connect()

const app = Fastify()
await app.register(fcData, {
  apis: [QF],
  providers: providersAt(dataUrl!),
  secret,
  store: {
    get: (key) => redis.get(key),
    set: (key, value, seconds) => redis.set(key, value, { EX: seconds }),
    delete: (key) => redis.del(key)
  },
  getAccessToken: ({ query }) => {
    const { login } = query as { login: string }
    return { value: `jeton-${login}`, expiresAt: new Date(Date.now() + 60_000), scope: QF.scopes, loginId: login }
  }
})
app.get('/read', async (request) => {
  const { annee, mois } = request.query as { annee: string; mois: string }
  const params = annee ? { annee: Number(annee), mois: Number(mois) } : {}
  const { data, meta } = await request.fcData('dss/quotient-familial', params)
  return { valeur: data?.quotient_familial?.valeur, held: meta.held }
})
app.get('/forget', async (request) => {
  await app.fcData.forget((request.query as { login: string }).login)
  return {}
})
process.on('message', async (url: string) => process.send!((await app.inject(url)).body))
process.send!('ready')
