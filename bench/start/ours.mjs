// Both plugins and one API: of the catalogue, or one's own with a schema in JSON (API=own) or in TypeBox (API=typebox).
import Fastify from 'fastify'
import fcData, { defineApi } from 'fastify-fc-data'
import franceConnect from 'fastify-franceconnect'

const { PORT, BASE_URL, ISSUER, CLIENT_ID, CLIENT_SECRET, DATA_BASE, SESSION_SECRET, API } = process.env
const own = (params) => ({ apis: [defineApi({ name: 'bench/rows', url: `${DATA_BASE}/{n}`, scopes: [], params })] })
const options = {
  catalogue: () => ({
    apis: ['dss/quotient-familial'],
    providers: { apiParticulier: { recipient: '13002526500013', baseUrl: DATA_BASE } }
  }),
  own: () => own({ type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] }),
  async typebox() {
    const { Type } = await import('typebox')
    return own(Type.Object({ n: Type.Integer() }))
  }
}

const app = Fastify()
await app.register(franceConnect, {
  issuer: ISSUER,
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
  baseUrl: BASE_URL,
  secret: SESSION_SECRET,
  scope: ['openid', 'given_name', 'family_name', 'email'],
  routes: { login: '/login', logout: '/logout' }
})
await app.register(fcData, await options[API]())
const api = API === 'catalogue' ? 'dss/quotient-familial' : 'bench/rows'
const parameters = API === 'catalogue' ? () => ({}) : (request) => ({ n: Number(request.params.n) })
app.get('/rows/:n', { preHandler: app.fcData.require(api, parameters) }, async (request) => {
  const { data } = await request.fcData(api, parameters(request))
  return data
})
await app.listen({ port: Number(PORT), host: '127.0.0.1' })
console.log('READY')
