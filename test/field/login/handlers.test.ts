import t from 'tap'
import {
  Jar,
  logIn,
  navigation,
  open,
  sandboxFor,
  serviceFor
} from '../../../packages/fastify-franceconnect/test/service.ts'
import { baseUrl } from './services.ts'

const sandbox = await sandboxFor(t)
const html = 'text/html,application/xhtml+xml,*/*;q=0.8'
const from = (dest: string, mode: string, accept: string) => ({
  ...{ accept, 'sec-fetch-dest': dest, 'sec-fetch-mode': mode, 'sec-fetch-site': 'same-origin', origin: baseUrl }
})
const turbo = from('empty', 'cors', 'text/vnd.turbo-stream.html, text/html, application/xhtml+xml')
const app = await serviceFor(t, sandbox, {
  pages(app) {
    app.route({
      method: ['GET', 'POST'],
      url: '/quitter',
      handler: (request, reply) => app.franceConnect.logout(request, reply, { returnTo: '/fin' })
    })
    app.post('/entrer', (request, reply) => app.franceConnect.login(request, reply, { returnTo: '/garde' }))
  }
})
const isIn = async (jar: Jar) => (await open(app, jar, '/garde')).statusCode === 200
const toEnd = `${sandbox.issuer}/session/end?`

t.test('logout() from a handler: what nobody asked for changes nothing', async (t) => {
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  const asked: [what: string, method: 'GET' | 'HEAD', headers: Record<string, string>][] = [
    ['HEAD', 'HEAD', navigation],
    ['a link hovered', 'GET', { ...from('document', 'navigate', html), 'sec-purpose': 'prefetch' }],
    ['a link hovered, in Turbo', 'GET', { ...from('empty', 'cors', html), 'x-sec-purpose': 'prefetch' }],
    ['an image', 'GET', from('image', 'no-cors', 'image/avif,*/*;q=0.8')],
    ['a style', 'GET', from('style', 'no-cors', 'text/css,*/*;q=0.1')]
  ]
  for (const [what, method, headers] of asked) {
    const answer = await app.inject({ method, url: '/quitter', headers: { ...headers, cookie: jar.header } })
    t.equal(answer.statusCode, 403, what)
    t.notOk(answer.headers['set-cookie'], what)
    t.ok(await isIn(jar), what)
  }
  t.equal((await open(app, jar, '/quitter')).statusCode, 303)
  t.notOk(await isIn(jar))
})

t.test('a logout says where to go on in the way that who asks can follow', async (t) => {
  const leave = async (method: 'GET' | 'POST', headers: Record<string, string>, url = '/quitter') => {
    const jar = new Jar()
    await logIn(app, sandbox, jar)
    const answer = await app.inject({ method, url, headers: { ...headers, cookie: jar.header } })
    jar.take(answer)
    t.notOk(await isIn(jar))
    return answer
  }
  const json = 'application/json'
  for (const method of ['GET', 'POST'] as const)
    t.match((await leave(method, from('empty', 'cors', json))).json(), { logoutUrl: toEnd }, `${method} by a script`)
  for (const url of ['/quitter', '/franceconnect/logout']) {
    const form = await leave('POST', from('document', 'navigate', html), url)
    t.match(form.body, `<meta http-equiv="refresh" content="0;url=${toEnd}`)
    const framed = await leave('POST', from('iframe', 'navigate', html), url)
    t.equal(framed.statusCode, 200)
    t.notOk(framed.headers['x-frame-options'], 'shown in its frame')
    t.notMatch(framed.body, 'http-equiv="refresh"', 'which FranceConnect refuses to be shown in')
    t.match(framed.body, /href="[^"]*session\/end\?[^"]*" target="_top"/)
    const stream = await leave('POST', turbo, url)
    t.equal(stream.statusCode, 200)
    t.match(stream.headers['content-type'], 'text/vnd.turbo-stream.html')
    t.match(
      stream.body,
      `<turbo-stream action="append" targets="head"><template><meta http-equiv="refresh" content="0;url=${toEnd}`
    )
    t.match(stream.body, /<turbo-stream action="update" targets="body"><template><main>/)
    t.equal(stream.headers['cache-control'], 'no-store')
  }
  const framed = await leave('GET', from('iframe', 'navigate', html))
  t.match(framed.body, /href="[^"]*session\/end\?[^"]*" target="_top"/)
})

t.test(
  'a link to the logout inside a frame: the page that asks to confirm is shown there, to this origin alone',
  async (t) => {
    const jar = new Jar()
    await logIn(app, sandbox, jar)
    const ask = (site: string) =>
      app.inject({
        url: '/franceconnect/logout?returnTo=/fin',
        headers: { ...from('iframe', 'navigate', html), 'sec-fetch-site': site, cookie: jar.header }
      })
    const ours = await ask('same-origin')
    t.equal(ours.statusCode, 403)
    t.notOk(ours.headers['x-frame-options'])
    t.match(ours.body, `href="${baseUrl}/franceconnect/logout?returnTo=%2Ffin" target="_top">Se déconnecter</a>`)
    for (const site of ['same-site', 'cross-site', 'none']) {
      const theirs = await ask(site)
      t.match(theirs, { statusCode: 403, headers: { 'x-frame-options': 'DENY' } }, site)
      t.match(theirs.headers['content-security-policy'], "frame-ancestors 'none'", site)
    }
    t.ok(await isIn(jar))
  }
)

t.test('login() from a form that Turbo sends goes on to FranceConnect', async (t) => {
  const jar = new Jar()
  const answer = await app.inject({ method: 'POST', url: '/entrer', headers: turbo })
  jar.take(answer)
  const [, url = ''] = /http-equiv="refresh" content="0;url=([^"]+)"/.exec(answer.body) ?? []
  t.match(url, `${sandbox.issuer}/authorize?`)
  const callback = await sandbox.authorize(url.replaceAll('&#38;', '&'), sandbox.citizens[0]!)
  t.match((await open(app, jar, callback)).headers, { location: `${baseUrl}/garde` })
})
