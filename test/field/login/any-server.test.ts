import { generateKeyPairSync } from 'node:crypto'
import Fastify from 'fastify'
import fcData from 'fastify-fc-data'
import fcProvider from 'fastify-fc-provider'
import franceConnect from 'fastify-franceconnect'
import t from 'tap'

const options = {
  environment: 'integration',
  clientId: 'client',
  clientSecret: 'a client secret',
  baseUrl: 'https://demarche.example.fr',
  secret: 'a secret of the tests, thirty-two characters at least'
} as const

/** Compiled in strict TypeScript. */
t.test('Fastify({ http2: true }) takes guards, login() and logout()', async (t) => {
  const app = Fastify({ http2: true })
  t.teardown(() => app.close())
  await app.register(franceConnect, options)
  app.get('/garde', { preHandler: app.franceConnect.requireLogin() }, async (request) => request.franceConnect?.sub)
  app.get('/aller', (request, reply) => app.franceConnect.login(request, reply, { returnTo: '/garde' }))
  app.post('/partir', async (request, reply) => app.franceConnect.logout(request, reply))
  app.addHook('onRequest', app.franceConnect.requireLogin())
  await app.ready()
  t.equal((await app.inject({ url: '/garde', headers: { accept: 'application/json' } })).statusCode, 401)
})

t.test('a server whose logger and routes are typed takes them too', async (t) => {
  const app = Fastify({ logger: { level: 'silent' }, https: null })
  t.teardown(() => app.close())
  await app.register(franceConnect, options)
  app.get<{ Params: { id: string }; Reply: { id: string } }>(
    '/dossiers/:id',
    { preHandler: [app.franceConnect.requireLogin({ acrValues: 'eidas1' })] },
    async (request) => ({ id: request.params.id })
  )
  await app.ready()
  t.pass('it compiles')
})

t.test('the guards of data, and of an API of one’s own, are taken by Fastify({ http2: true })', async (t) => {
  const app = Fastify({ http2: true })
  t.teardown(() => app.close())
  await app.register(franceConnect, options)
  await app.register(fcData, {
    apis: [{ name: 'dss/quotient-familial', scopes: ['cnaf_quotient_familial'] }],
    providers: { apiParticulier: { recipient: '13002526500013' } }
  })
  app.get('/dossier', { preHandler: app.fcData.require('dss/quotient-familial') }, async (request) => {
    const { data } = await request.fcData('dss/quotient-familial')
    return data?.quotient_familial?.valeur
  })
  await app.register(fcProvider, {
    ...{ environment: 'integration', clientId: 'client', clientSecret: 'a client secret' },
    ...{
      scopes: { solde: 'Solde' },
      decryptionKeys: [generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })]
    }
  })
  app.get('/solde', { preHandler: app.fcProvider.require('solde') }, async (request) => request.fcCaller.sub)
  await app.ready()
  const headers = { accept: 'application/json' }
  for (const url of ['/dossier', '/solde']) t.equal((await app.inject({ url, headers })).statusCode, 401, url)
})
