import t from 'tap'
import { baseUrl, paths, serve, walk } from '../hostile/relying-party.ts'

const disguised = [
  '/franceconnect/login;/../../prive',
  '/franceconnect/login;x',
  '/franceconnect/callback;a=b/../../prive',
  '/franceconnect//login',
  '/franceconnect/login//',
  '//franceconnect/login',
  '/FranceConnect/Login',
  '/FRANCECONNECT/jwks',
  '/franceconnect/%6cogin;x',
  '/franceconnect/login%2f..%2f..%2fprive',
  '/franceconnect/login/../../prive',
  '/franceconnect/login%3b',
  '/franceconnect/login%3freturnTo=/',
  '/franceconnect/login#',
  '/prive?/franceconnect/login',
  '/prive;/franceconnect/login'
]

t.test('R7 a guard on every route lets nobody through under a path that looks like the plugin’s', async (t) => {
  const served: string[] = []
  const party = await serve(t, {}, async (app) => {
    app.addHook('preHandler', app.franceConnect.requireLogin())
    app.all('/*', async (request) => {
      served.push(request.url)
      return 'réservé'
    })
  })
  for (const rawPath of disguised) {
    for (const method of ['GET', 'HEAD', 'POST']) {
      const page = await party.browser().open(baseUrl, { rawPath, method })
      t.notMatch(page.body, 'réservé', `${method} ${rawPath}`)
    }
  }
  t.same(served, [])
  const browser = party.browser()
  t.match((await walk(browser)).page.status, /30[23]/, 'the plugin’s own routes stay open')
  t.match((await browser.open(`${baseUrl}/dossier`)).body, 'réservé')
  t.match((await party.browser().open(paths.logout)).status, /30[23]/)
  t.equal((await party.browser().open(`${paths.login}/`)).status, 302)
})
