import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import Fastify from 'fastify'
import franceConnect from 'fastify-franceconnect'
import { startSandbox } from 'franceconnect-sandbox'
import type { Test } from 'tap'
import { launch } from '../../browser/chromium.ts'

const turbo = readFileSync(
  createRequire(import.meta.url)
    .resolve('@hotwired/turbo')
    .replace(/[^/]+$/, 'turbo.es2017-umd.js')
)

const rebuilt = `addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => {
  if (event.request.mode !== 'navigate') return
  event.respondWith(fetch(event.request.url, { credentials: 'include', headers: event.request.headers }))
})`

/** A service that listens, whose answers say `form-action 'self'` as helmet does; the sandbox; Chromium. */
export async function startWindows(t: Test) {
  const app = Fastify({ forceCloseConnections: true })
  const port = await freePort()
  const baseUrl = `http://localhost:${port}`
  const sandbox = await startSandbox({ port: 0, baseUrl })
  const secret = 'a secret of the tests, thirty-two characters at least'
  await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl, secret })
  const started: string[] = []
  app.addHook('onSend', async (request, reply) => {
    if (!request.url.startsWith('/franceconnect/'))
      reply.raw.setHeader('content-security-policy', "form-action 'self'; frame-ancestors 'self'")
    if (String(reply.getHeader('set-cookie')).includes('fc-')) started.push(request.url)
  })
  const html = (body: string) => `<!doctype html><html lang="fr"><title>page</title><body>${body}`
  const page = (url: string, body: string) =>
    void app.get(url, (_request, reply) => reply.type('text/html').send(html(body)))
  page('/', '<p>accueil</p>')
  page('/formulaire', '<form method="post" action="/aller"><button>Aller</button></form>')
  page(
    '/turbo',
    '<script src="/turbo.js"></script><a id="in" href="/franceconnect/login">in</a><a id="garde" href="/garde">garde</a> <a id="out" href="/franceconnect/logout?returnTo=/">out</a>'
  )
  // as Rails marks its assets: another page without them is loaded anew
  page(
    '/turbo/formulaires',
    '<script src="/turbo.js" data-turbo-track="reload"></script><form method="post" action="/franceconnect/logout?returnTo=/"><button>Quitter</button></form><form method="post" action="/aller"><button>Aller</button></form>'
  )
  page('/cadre/sortie', '<iframe src="/sortie" width="600" height="600"></iframe>')
  page(
    '/sortie',
    '<form method="post" action="/franceconnect/logout?returnTo=/"><button>Quitter</button></form><a href="/franceconnect/logout?returnTo=/">quitter</a>'
  )
  app.get('/turbo.js', (_request, reply) => reply.type('text/javascript').send(turbo))
  app.get('/sw.js', (_request, reply) => reply.type('text/javascript').send(rebuilt))
  app.get('/cadre', (_request, reply) => reply.type('text/html').send(html(`<iframe src="${baseUrl}/garde"></iframe>`)))
  app.post('/aller', (request, reply) => app.franceConnect.login(request, reply))
  app.get('/garde', { preHandler: app.franceConnect.requireLogin() }, async () => 'gardé')
  app.addContentTypeParser('application/x-www-form-urlencoded', (_request, payload, done) => {
    payload.resume()
    done(null)
  })
  await app.listen({ port, host: 'localhost' })
  const browser = await launch()
  t.teardown(async () => {
    await browser.close()
    await Promise.all([app.close(), sandbox.close()])
  })
  return { app, baseUrl, sandbox, browser, started }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
