import Fastify from 'fastify'
import t from 'tap'
import { sendOnward } from '../../../packages/fastify-franceconnect/src/pages/onward.ts'
import { sendPage } from '../../../packages/fastify-franceconnect/src/pages/page.ts'

const url = 'https://fc.example/authorize?a=1&b="><script>'

t.test('a form is answered by a page that goes on by itself, without script', async (t) => {
  const app = Fastify()
  t.teardown(() => app.close())
  app.post('/', (request, reply) => sendOnward(request, reply, url, { title: 'Connexion', label: 'Continuer' }))
  const page = await app.inject({ method: 'POST', url: '/' })
  t.equal(page.statusCode, 200)
  t.match(
    page.body,
    '<meta http-equiv="refresh" content="0;url=https://fc.example/authorize?a=1&#38;b=&#34;&#62;&#60;script&#62;">'
  )
  t.match(page.body, '>Continuer</a>')
  t.notMatch(page.body, '<script')
  t.equal(page.headers['cache-control'], 'no-store')
  t.equal(page.headers['referrer-policy'], 'no-referrer')
  t.match(page.headers['content-security-policy'], "frame-ancestors 'none'")
})

t.test('a page made for a frame may be shown in one, whatever was set before', async (t) => {
  const app = Fastify()
  t.teardown(() => app.close())
  app.addHook('onRequest', async (_request, reply) => {
    reply.raw.setHeader('x-frame-options', 'SAMEORIGIN')
    reply.header('x-frame-options', 'SAMEORIGIN')
  })
  app.get('/', (_request, reply) =>
    sendPage(reply, 401, { title: 'x', text: 'x', framed: true, actions: [{ label: 'x', url: '/', top: true }] })
  )
  const page = await app.inject('/')
  t.notOk(page.headers['x-frame-options'])
  t.notMatch(page.headers['content-security-policy'], 'frame-ancestors')
  t.match(page.body, 'target="_top"')
})
