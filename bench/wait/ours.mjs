// Pages of one, three and five API of DATA_BASE, guarded: what a page needs is read inside the login's callback.
import Fastify from 'fastify'
import fcData, { defineApi } from 'fastify-fc-data'
import franceConnect from 'fastify-franceconnect'

const { PORT, BASE_URL, ISSUER, CLIENT_ID, CLIENT_SECRET, DATA_BASE, SESSION_SECRET, CALLBACK_TIMEOUT } = process.env
const params = { type: 'object', properties: { ms: { type: 'integer' } }, required: ['ms'] }
const apis = [1, 2, 3, 4, 5].map((n) =>
  defineApi({ name: `bench/slow-${n}`, url: `${DATA_BASE}/${n}/{ms}`, scopes: [], params })
)

const app = Fastify()
await app.register(franceConnect, {
  issuer: ISSUER,
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
  baseUrl: BASE_URL,
  secret: SESSION_SECRET,
  scope: ['openid', 'given_name', 'family_name', 'email']
})
await app.register(fcData, { apis, callbackTimeout: Number(CALLBACK_TIMEOUT ?? 4000) })

const msOf = (request) => ({ ms: Number(request.params.ms) })
app.get('/dossier/0/:ms', { preHandler: app.franceConnect.requireLogin() }, async () => [])
for (const count of [1, 3, 5]) {
  const needed = apis.slice(0, count)
  const preHandler = needed.map((api) => app.fcData.require(api, msOf))
  app.get(`/dossier/${count}/:ms`, { preHandler }, async (request) => {
    const read = await Promise.all(needed.map((api) => request.fcData(api, msOf(request))))
    return read.map(({ data }) => data.n)
  })
}
await app.listen({ port: Number(PORT), host: '127.0.0.1' })
console.log('READY')
