import t from 'tap'
import { baseUrl, Jar, logIn, navigation, open, sandboxFor, serviceFor } from '../service.ts'

const path = '/franceconnect/logout'

t.test('a form posts it, without @fastify/formbody, and lands where it says', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox)
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  const out = await app.inject({
    method: 'POST',
    url: path,
    headers: {
      ...navigation,
      cookie: jar.header,
      origin: baseUrl,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded'
    },
    payload: 'returnTo=%2Fau-revoir'
  })
  jar.take(out)
  t.equal(out.statusCode, 200, 'a page that goes on by itself: no redirect for form-action to stop')
  t.equal(out.headers['clear-site-data'], '"cache"')
  const url = /url=(\S+?)"/.exec(out.body)?.[1]?.replaceAll('&#38;', '&') ?? ''
  const state = new URL(url).searchParams.get('state')
  const landed = await open(app, jar, `${path}/callback?state=${state}`)
  t.equal(landed.headers.location, `${baseUrl}/au-revoir`)
  t.equal((await open(app, jar, '/moi')).json().sub, null)
})

t.test('a state that comes back altered, or not at all, lands all the same', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, { postLogoutReturnTo: '/fin' })
  for (const query of ['?state=altered', '', '?state=a&state=b']) {
    const jar = new Jar()
    await logIn(app, sandbox, jar)
    await open(app, jar, `${path}?returnTo=/au-revoir`)
    t.equal((await open(app, jar, `${path}/callback${query}`)).headers.location, `${baseUrl}/fin`)
  }
})

t.test('refused when another site or a prefetch asks, with a page to confirm', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox)
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  const hostile: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-purpose': 'prefetch' },
    { purpose: 'prefetch' }
  ]
  for (const headers of hostile) {
    const answer = await open(app, jar, `${path}?returnTo=/au-revoir`, headers)
    t.equal(answer.statusCode, 403, JSON.stringify(headers))
    t.match(answer.body, 'href="http://localhost:3000/franceconnect/logout?returnTo=%2Fau-revoir">Se déconnecter</a>')
  }
  const json = await app.inject({ url: path, headers: { 'sec-fetch-site': 'cross-site', accept: 'application/json' } })
  t.match(json.json(), { code: 'FST_FC_LOGOUT_REFUSED', statusCode: 403 })
  t.match((await open(app, jar, '/moi')).json().sub, /v1$/, 'still logged in')
  t.equal((await open(app, jar, path, { 'sec-fetch-site': 'same-site' })).statusCode, 403, 'a sibling’s link')
  t.equal((await open(app, jar, path, { 'sec-fetch-site': 'same-origin' })).statusCode, 303)
})

t.test('with FranceConnect down, and with nobody logged in, it lands at once', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, { issuer: 'http://127.0.0.1:9/api/v2' })
  t.equal((await open(app, new Jar(), `${path}?returnTo=/a`)).headers.location, `${baseUrl}/a`)
})

t.test('onLogout is told, and cannot stop it', async (t) => {
  const sandbox = await sandboxFor(t)
  const told: unknown[] = []
  const app = await serviceFor(t, sandbox, {
    onLogout(request) {
      told.push(request.franceConnect?.sub)
      throw new Error('broken')
    }
  })
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  t.equal((await open(app, jar, path)).statusCode, 303)
  t.match(told, [/v1$/])
  t.equal((await open(app, jar, '/moi')).json().sub, null)
})
