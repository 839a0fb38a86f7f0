// One process of a service that logs in, with its sessions and what it holds in Redis, answering what its parent opens.
import { RedisStore } from 'connect-redis'
import Fastify, { type FastifyInstance, type InjectOptions } from 'fastify'
import fcData from 'fastify-fc-data'
import franceConnect, { type FranceConnectOptions } from 'fastify-franceconnect'
import { createClient } from 'redis'
import { providersAt, QF } from './citizens.ts'
import { BASE, quotient } from './pages.ts'

export interface Settings {
  redisUrl: string
  dataUrl: string
  franceConnect: Omit<FranceConnectOptions, 'baseUrl'>
}

/** The service; `end` leaves Redis. */
export async function startService(settings: Settings): Promise<{ app: FastifyInstance; end(): Promise<void> }> {
  const redis = createClient({ url: settings.redisUrl })
  redis.on('error', () => undefined)
  await redis.connect()
  const app = Fastify()
  await app.register(franceConnect, {
    ...settings.franceConnect,
    baseUrl: BASE,
    session: { store: new RedisStore({ client: redis, prefix: 'session:' }) as never }
  })
  await app.register(fcData, {
    apis: [QF],
    providers: providersAt(settings.dataUrl),
    prefetch: ['dss/quotient-familial'],
    callbackTimeout: 200,
    store: {
      get: (key) => redis.get(key),
      set: (key, value, seconds) => redis.set(key, value, { EX: seconds }),
      delete: (key) => redis.del(key)
    }
  })
  quotient(app)
  await app.ready()
  return {
    app,
    async end() {
      await app.close()
      redis.destroy()
    }
  }
}

const given = process.argv[2]
if (process.send && given) {
  const { app } = await startService(JSON.parse(given) as Settings)
  process.on('message', async (options: InjectOptions) => {
    const { statusCode, headers, cookies, body } = await app.inject(options)
    process.send!({ statusCode, headers, cookies, body })
  })
  process.send('ready')
}
