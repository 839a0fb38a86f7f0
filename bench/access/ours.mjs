import Fastify from 'fastify'
import fcProvider from 'fastify-fc-provider'

const { issuer, clientId, clientSecret, decryptionKey } = JSON.parse(process.env.SETTINGS)
const app = Fastify()
await app.register(fcProvider, {
  issuer,
  clientId,
  clientSecret,
  decryptionKeys: [decryptionKey],
  scopes: { ville_solde: 'Solde' }
})
app.get('/solde', { preHandler: app.fcProvider.require('ville_solde') }, async ({ fcCaller }) => ({
  sub: fcCaller.sub,
  name: fcCaller.identity.familyName
}))
await app.listen({ port: 0, host: '127.0.0.1' })
process.on('message', () => process.send(process.cpuUsage()))
process.send(app.server.address().port)
