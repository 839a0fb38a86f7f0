import Fastify from 'fastify'
import franceConnect from 'fastify-franceconnect'
import t from 'tap'
import { violations } from './accessibility.ts'
import { noBrowser } from './chromium.ts'
import { service as demarche } from './scene.ts'

t.test('the plugin’s own pages are accessible, in a service that draws none', { skip: noBrowser }, async (t) => {
  if (demarche === undefined) return
  const { sandbox, browser } = demarche
  const app = Fastify()
  await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl: 'http://localhost:3000' })
  app.addContentTypeParser('application/x-www-form-urlencoded', (_request, _body, done) => done(null, {}))
  app.post('/envoi', { preHandler: app.franceConnect.requireLogin() }, async () => 'envoyé')
  const service = await app.listen({ port: 0, host: 'localhost' })
  const page = await browser.newPage()
  t.teardown(async () => {
    await page.close()
    await app.close()
  })

  const refused = await page.goto(`${service}/franceconnect/callback?code=x&state=y`)
  t.equal(refused?.status(), 400)
  t.strictSame(await violations(page), [], 'a callback without its attempt')

  const post = async (path: string) => {
    await page.goto('about:blank')
    await page.setContent(`<form method="post" action="${service}${path}"><button>Envoyer</button></form>`)
    await page.getByRole('button').click()
  }
  await post('/envoi')
  await page.getByRole('link', { name: 'nouvel onglet' }).waitFor()
  t.strictSame(await violations(page), [], 'a form sent without a login')

  await post('/franceconnect/logout')
  await page.getByText('Se déconnecter').first().waitFor()
  t.strictSame(await violations(page), [], 'a logout that another site asked for')
})
