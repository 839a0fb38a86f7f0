import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import fcProvider from '../../src/index.ts'
import { clientId, clientSecret, decryptionKey, scopes } from '../town.ts'

async function documented(t: Test, options: object, swaggerFirst = true): Promise<FastifyInstance> {
  const app = Fastify()
  t.teardown(() => app.close())
  if (swaggerFirst) await app.register(swagger, options)
  const issuer = 'http://localhost:4000/api/v2'
  await app.register(fcProvider, {
    issuer,
    clientId,
    clientSecret,
    decryptionKeys: [decryptionKey()],
    scopes,
    recipient: 'siret'
  })
  if (!swaggerFirst) await app.register(swagger, options)
  const response = { 200: { type: 'object', properties: { solde: { type: 'number' } } } }
  const querystring = { type: 'object', required: ['mois'], properties: { mois: { type: 'integer' } } }
  const preHandler = app.fcProvider.require('ville_solde')
  app.get('/v1/cantine', { schema: { description: 'La cantine.', response, querystring }, preHandler }, async () => ({
    solde: 1,
    secret: 2
  }))
  app.get('/v1/enfants', { preHandler: app.fcProvider.require({ all: Object.keys(scopes) }) }, async () => [])
  app.get('/v1/libre', async () => [])
  await app.ready()
  return app
}

t.test('OpenAPI 3: a bearer, the scopes of each route, its errors; the key route hidden', async (t) => {
  for (const first of [true, false]) {
    const app = await documented(t, { openapi: { openapi: '3.1.0', info: { title: 'Ville', version: '1' } } }, first)
    const document = JSON.parse(JSON.stringify(app.swagger()))
    t.match(document.components.securitySchemes, { franceConnect: { type: 'http', scheme: 'bearer' } })
    t.strictSame(Object.keys(document.paths), ['/v1/cantine', '/v1/enfants', '/v1/libre'])
    const { get } = document.paths['/v1/cantine']
    t.strictSame(get.security, [{ franceConnect: ['ville_solde'] }])
    t.strictSame(Object.keys(get.responses), ['200', '401', '403', '404', '422', '502', '503'])
    t.match(get.description, /La cantine\..*ville_solde/s)
    t.strictSame(
      get.parameters.map(({ name, required }: { name: string; required: boolean }) => [name, required]),
      [
        ['mois', true],
        ['recipient', true]
      ]
    )
    t.match(document.paths['/v1/enfants'].get, { description: 'Scopes, chacun : ville_solde, ville_enfants.' })
    t.notOk(document.paths['/v1/libre'].get.security)
    const yaml = app.swagger({ yaml: true })
    t.match(yaml, /franceConnect:\n\s+type: http/)
  }
})

t.test('Swagger 2 too', async (t) => {
  const app = await documented(t, { swagger: { info: { title: 'Ville', version: '1' } } })
  const document = JSON.parse(JSON.stringify(app.swagger()))
  t.match(document.securityDefinitions, { franceConnect: { type: 'apiKey', in: 'header', name: 'Authorization' } })
  t.match(document.paths['/v1/cantine'].get, {
    security: [{ franceConnect: ['ville_solde'] }],
    responses: { 401: {}, 404: {} }
  })
})

t.test('documenting changes nothing of what Fastify validates and serializes', async (t) => {
  const app = await documented(t, { openapi: {} })
  const answer = await app.inject('/v1/cantine?mois=3')
  t.strictSame([answer.statusCode, Object.keys(answer.json())], [401, ['errors']])
  t.equal((await app.inject('/v1/cantine')).statusCode, 400)
})
