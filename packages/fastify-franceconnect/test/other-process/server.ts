import Fastify from 'fastify'
import franceConnect from '../../src/plugin.ts'

/** A service in a process of its own, its options in JSON. Prints its port once it listens. */
const app = Fastify()
await app.register(franceConnect, JSON.parse(process.env['OPTIONS']!))
app.get('/moi', { preHandler: app.franceConnect.requireLogin() }, async ({ franceConnect: login }) => ({
  sub: login?.sub,
  acr: login?.acr,
  name: login?.userInfo.family_name
}))
const address = await app.listen({ port: 0, host: '127.0.0.1' })
console.log(new URL(address).port)
