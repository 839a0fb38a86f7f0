// A public service: both plugins, sessions and held answers in a store, told of its surroundings by SETTINGS.
import Fastify from 'fastify'
import fcData from 'fastify-fc-data'
import franceConnect from 'fastify-franceconnect'
import { answer } from './answers.ts'
import type { ServiceSettings } from './settings.ts'
import { openStores } from './stores.ts'

const settings = JSON.parse(process.env['SETTINGS'] ?? '{}') as ServiceSettings
const machineNow = Date.now
Date.now = () => machineNow() + (settings.clockAhead ?? 0) * 1000
const stores = await openStores(settings.store)

const app = Fastify({ logger: { level: 'error' } })
await app.register(franceConnect, {
  ...settings.franceConnect,
  baseUrl: settings.baseUrl,
  secret: settings.secret,
  timeout: settings.timeout,
  session: { store: stores.sessions as never }
})
await app.register(fcData, {
  ...settings.fcData,
  apis: [{ name: 'dss/quotient-familial', scopes: ['cnaf_quotient_familial'] }],
  hold: settings.hold ?? false,
  timeout: settings.timeout,
  ...(stores.held ? { store: stores.held } : {})
})
app.get('/', async () => ({ home: true }))
app.get('/page', { preHandler: app.franceConnect.requireLogin() }, async (request) => ({
  sub: request.franceConnect?.sub
}))
app.get('/data', { preHandler: app.franceConnect.requireLogin() }, async (request) => {
  const { data } = await request.fcData('dss/quotient-familial')
  return { quotient: data?.quotient_familial?.valeur ?? null }
})
await app.listen({ port: settings.port ?? 0, host: '127.0.0.1' })

answer((app.server.address() as { port: number }).port, {
  close: async () => {
    // a connection that a browser opened and never used is no reason to stay
    const grace = setTimeout(() => app.server.closeAllConnections(), 1000)
    await app.close()
    clearTimeout(grace)
  },
  health: () => {
    global.gc?.()
    const sockets = process.getActiveResourcesInfo().filter((name) => /TCP/.test(name)).length
    const timers = process.getActiveResourcesInfo().filter((name) => /Timeout|Immediate/.test(name)).length
    return { heap: process.memoryUsage().heapUsed, sockets, timers, rss: process.memoryUsage().rss }
  }
})
