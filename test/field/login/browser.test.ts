import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import Fastify from 'fastify'
import { startSandbox } from 'franceconnect-sandbox'
import t from 'tap'
import franceConnect from '../../../packages/fastify-franceconnect/src/plugin.ts'
import { launch, noBrowser } from '../../browser/chromium.ts'

const worker = `addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil((async () => {
  await registration.navigationPreload.enable()
  await clients.claim()
})()))
addEventListener('fetch', (event) => {
  if (event.request.mode === 'navigate') event.respondWith(fetch(event.request))
})`

t.setTimeout(240_000)
t.test('in Chromium, once logged in', { skip: noBrowser, timeout: 200_000 }, async (t) => {
  const free = createServer().listen(0, 'localhost')
  await once(free, 'listening')
  const { port } = free.address() as AddressInfo
  free.close()
  await once(free, 'close')
  const baseUrl = `http://localhost:${port}`
  const sandbox = await startSandbox({ port: 0, baseUrl })
  sandbox.automaticCitizen(sandbox.citizens[0])
  const app = Fastify({ forceCloseConnections: true })
  const secret = 'a secret of the tests, thirty-two characters at least'
  await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl, secret, postLogoutReturnTo: '/fin' })
  const html = (body: string) => `<!doctype html><html lang="fr"><title>page</title><body>${body}`
  app.addHook('onSend', async (request, reply) => {
    if (!request.url.startsWith('/franceconnect/')) reply.raw.setHeader('content-security-policy', "form-action 'self'")
  })
  app.get('/fin', (_request, reply) => reply.type('text/html').send(html('<h1>Au revoir</h1>')))
  app.get('/sw.js', (_request, reply) => reply.type('text/javascript').send(worker))
  app.get('/espace', { preHandler: app.franceConnect.requireLogin() }, (request, reply) =>
    reply
      .type('text/html')
      .send(
        html(
          `<h1>Bonjour ${request.franceConnect!.userInfo.given_name}</h1><form method="post" action="/franceconnect/logout"><button>Quitter</button></form>`
        )
      )
  )
  let callbacks = 0
  app.addHook('onRequest', async (request) => {
    if (request.url.startsWith('/franceconnect/callback')) callbacks += 1
  })
  await app.listen({ port, host: 'localhost' })
  const browser = await launch()
  t.teardown(async () => {
    await browser.close()
    await Promise.all([app.close(), sandbox.close()])
  })
  const visit = async () => {
    const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage()
    page.setDefaultTimeout(60_000)
    return page
  }

  await t.test(
    'a logout by a form under form-action ‘self’ ends FranceConnect’s session; Back shows nobody',
    async (t) => {
      const page = await visit()
      await page.goto(`${baseUrl}/espace`)
      t.match(await page.textContent('h1'), /Bonjour Angela/)
      const ends = () =>
        sandbox.requests.filter(({ path }) => path === `${new URL(sandbox.issuer).pathname}/session/end`).length
      const before = ends()
      await page.getByRole('button', { name: 'Quitter' }).click()
      await page.waitForURL(`${baseUrl}/fin`)
      t.equal(ends() - before, 1)
      sandbox.automaticCitizen(undefined)
      for (let steps = 0; steps < 4; steps += 1) {
        await page.goBack({ waitUntil: 'commit' }).catch(() => {})
        t.notMatch(await page.content(), /Bonjour Angela/)
      }
      sandbox.automaticCitizen(sandbox.citizens[0])
    }
  )

  await t.test(
    'a service worker with navigation preload opens the callback twice: the login ends on its page',
    async (t) => {
      const page = await visit()
      await page.goto(`${baseUrl}/fin`)
      await page.evaluate(`navigator.serviceWorker.register('/sw.js').then(() => new Promise((done) =>
      navigator.serviceWorker.controller ? done() : navigator.serviceWorker.addEventListener('controllerchange', done)))`)
      callbacks = 0
      const tokens = () => sandbox.requests.filter(({ path }) => path.endsWith('/token')).length
      const before = tokens()
      await page.goto(`${baseUrl}/franceconnect/login?returnTo=/espace`)
      await page.waitForURL(`${baseUrl}/espace`)
      t.match(await page.textContent('h1'), /Bonjour Angela/)
      t.equal(callbacks, 2, 'preloaded, and fetched')
      t.equal(tokens() - before, 1)
    }
  )
})
