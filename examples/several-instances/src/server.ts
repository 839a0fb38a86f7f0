import { RedisStore } from 'connect-redis'
import Fastify from 'fastify'
import fcData from 'fastify-fc-data'
import franceConnect from 'fastify-franceconnect'
import { createClient } from 'redis'
import type { Settings } from './settings.ts'

/** One instance. Everything that two instances must agree on is in Redis or in the shared secret. */
export async function buildInstance({ name, redisUrl, franceConnect: options, providers }: Settings) {
  const app = Fastify({ logger: { level: 'warn' } })
  const redis = createClient({ url: redisUrl, disableOfflineQueue: true })
  // without a listener, a restart of Redis would end the process
  redis.on('error', (error: { code?: string }) => app.log.warn({ code: error.code }, 'Redis'))
  await redis.connect()
  app.addHook('onClose', () => redis.close())

  await app.register(franceConnect, { ...options, session: { store: new RedisStore({ client: redis }) } })
  await app.register(fcData, {
    apis: [{ name: 'dss/quotient-familial', scopes: ['cnaf_quotient_familial'] }],
    providers,
    store: {
      get: (key) => redis.get(key),
      set: (key, value, seconds) => redis.set(key, value, { expiration: { type: 'EX', value: seconds } }),
      delete: (key) => redis.del(key)
    }
  })

  app.get('/', async (request, reply) => {
    const login = request.franceConnect
    const who =
      login === null
        ? app.franceConnect.button({ returnTo: '/quotient' })
        : `<a href="/quotient">Quotient familial</a> <a href="/franceconnect/logout">Se déconnecter</a>`
    return reply
      .type('text/html; charset=utf-8')
      .send(`<!doctype html><html lang="fr"><title>Plusieurs instances</title><h1>Instance ${name}</h1>${who}</html>`)
  })
  app.get('/quotient', { preHandler: app.fcData.require('dss/quotient-familial') }, async (request) => {
    const { data, meta } = await request.fcData('dss/quotient-familial')
    return { instance: name, quotient: data?.quotient_familial?.valeur ?? null, recuLe: meta.receivedAt }
  })
  return app
}
