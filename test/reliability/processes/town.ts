// A data provider of one's own, told of its surroundings by SETTINGS.
import Fastify from 'fastify'
import fcProvider, { type FcProviderOptions } from 'fastify-fc-provider'
import { answer } from './answers.ts'

const { port, ...options } = JSON.parse(process.env['SETTINGS'] ?? '{}') as FcProviderOptions & { port: number }

const app = Fastify({ logger: { level: 'error' } })
await app.register(fcProvider, options)
app.get('/solde', { preHandler: app.fcProvider.require('ville_solde') }, async ({ fcCaller }) => ({
  sub: fcCaller.sub,
  name: fcCaller.identity.familyName
}))
await app.listen({ port, host: '127.0.0.1' })

answer(port, {
  health: () => {
    global.gc?.()
    return { heap: process.memoryUsage().heapUsed }
  }
})
