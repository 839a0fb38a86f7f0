import Fastify from 'fastify'
import t from 'tap'
import { neverStored, showsData } from '../../src/guards/no-store.ts'

t.test('an answer that may show data is kept by no cache', async (t) => {
  const app = Fastify()
  t.teardown(() => app.close())
  neverStored(app)
  app.get('/data', async (request, reply) => {
    reply.header('cache-control', 'public, max-age=600')
    showsData(request)
    return {}
  })
  app.get('/plain', async () => ({}))
  t.equal((await app.inject('/data')).headers['cache-control'], 'no-store')
  t.equal((await app.inject('/plain')).headers['cache-control'], undefined)
})
