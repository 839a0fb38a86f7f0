import fastifyCookie from '@fastify/cookie'
import Fastify from 'fastify'
import t from 'tap'
import franceConnect from '../../../packages/fastify-franceconnect/src/plugin.ts'
import { sandboxFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import { callbackFor, copyOf, Jar, logIn, open, secret, slowPage, startService } from './services.ts'

const sandbox = await sandboxFor(t)

t.test('the mark of a page that a login came back to is worth nothing after the logout', async (t) => {
  const service = await startService(t, sandbox, 'own', {
    pages(app) {
      app.get('/besoin', async (request, reply) => ({ back: app.franceConnect.returning(request, reply) }))
      app.get('/aller', (request, reply) =>
        app.franceConnect.login(request, reply, { returnTo: '/besoin', needs: ['x'] } as never)
      )
    }
  })
  const jar = new Jar()
  const start = async (browser: Jar) =>
    open(service.app, browser, await callbackFor(service, sandbox, browser, 0, '/aller'))
  await start(jar)
  const copy = copyOf(jar)
  t.same((await open(service.app, jar, '/besoin')).json(), { back: true })
  t.same((await open(service.app, jar, '/besoin')).json(), { back: false }, 'once')
  await start(copy)
  await open(service.app, copy, '/franceconnect/logout')
  t.same((await open(service.app, copy, '/besoin')).json(), { back: false })
})

t.test('the host’s parseOptions change nothing of our cookies', async (t) => {
  const app = Fastify()
  t.teardown(() => app.close())
  const parseOptions = { domain: 'example.fr', signed: true, maxAge: 3, httpOnly: false, path: '/x', priority: 'low' }
  await app.register(fastifyCookie, { secret, parseOptions: { ...parseOptions, partitioned: true } as never })
  const https = 'https://demarche.example.fr'
  await app.register(franceConnect, { ...sandbox.franceConnectOptions, secret, baseUrl: https, idleTimeout: 60 })
  const jar = new Jar()
  const lines: string[] = []
  const take = async (url: string) => {
    const answer = await open(app, jar, url)
    lines.push(...([answer.headers['set-cookie'] ?? []].flat() as string[]))
    return answer
  }
  const login = await take('/franceconnect/login')
  await take(await sandbox.authorize(String(login.headers.location)))
  await take('/franceconnect/logout')
  t.ok(lines.length >= 4)
  for (const line of lines) {
    t.match(line, /^__Host-fc-[^;]+; .*Path=\/; .*HttpOnly; .*Secure; .*SameSite=Lax/i)
    t.notMatch(line, /Domain=|Priority|Partitioned|Max-Age=3;/i)
  }
})

t.test('a slow page of before a login sends no cookie of ours that undoes it', async (t) => {
  const service = await startService(t, sandbox, 'own')
  const jar = new Jar()
  await logIn(service, sandbox, jar)
  const slow = await slowPage(service, jar)
  await logIn(service, sandbox, jar, 1)
  const cookies = jar.header
  await service.release(slow.answer)
  t.equal(jar.header, cookies)
})
