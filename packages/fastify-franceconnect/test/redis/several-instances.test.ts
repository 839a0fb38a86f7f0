import type { Sandbox } from 'franceconnect-sandbox'
import t from 'tap'
import { baseUrl, Jar, navigation, sandboxFor, secret } from '../service.ts'
import { startInstance, startRedis, withoutRedis } from './redis.ts'

const skip = withoutRedis()

/** Opens a page of one instance over HTTP with a browser's cookies. */
async function visit(origin: string, jar: Jar, url: string) {
  const path = url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url
  const answer = await fetch(origin + path, { redirect: 'manual', headers: { ...navigation, cookie: jar.header } })
  jar.take({ headers: { 'set-cookie': answer.headers.getSetCookie() } })
  return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() }
}

async function logIn(sandbox: Sandbox, first: string, second: string): Promise<Jar> {
  const jar = new Jar()
  const login = await visit(first, jar, '/franceconnect/login')
  await visit(second, jar, await sandbox.authorize(login.location!))
  return jar
}

const copy = (jar: Jar): Jar => {
  const other = new Jar()
  for (const [name, value] of jar.cookies) other.cookies.set(name, value)
  return other
}

t.test('two processes on one Redis', { skip }, async (t) => {
  const redis = await startRedis()
  t.teardown(() => redis.stop())
  const sandbox = await sandboxFor(t)
  const { issuer, clientId, clientSecret } = sandbox.franceConnectOptions
  const env = {
    REDIS_URL: redis.url,
    ISSUER: issuer,
    CLIENT_ID: clientId,
    CLIENT_SECRET: clientSecret,
    BASE_URL: baseUrl,
    SECRET: secret
  }
  const [one, two] = await Promise.all([startInstance(env), startInstance(env)])
  t.teardown(() => Promise.all([one.stop(), two.stop()]))
  const who = async (origin: string, jar: Jar) => JSON.parse((await visit(origin, jar, '/moi')).text).sub

  await t.test('a login started on one ends on the other, and both know the citizen', async (t) => {
    const jar = await logIn(sandbox, one.origin, two.origin)
    const sub = await who(one.origin, jar)
    t.match(sub, /v1$/)
    t.equal(await who(two.origin, jar), sub)
  })

  await t.test('a logout on one is final against a slow request of the other that writes the session', async (t) => {
    const jar = await logIn(sandbox, one.origin, two.origin)
    const slow = visit(two.origin, copy(jar), '/lent')
    const kept = copy(jar)
    await new Promise((resolve) => setTimeout(resolve, 200))
    t.match((await visit(one.origin, jar, '/franceconnect/logout')).location, `${issuer}/session/end`)
    t.match((await slow).text, 'written')
    t.equal(await who(one.origin, kept), null)
    t.equal(await who(two.origin, kept), null)
  })

  await t.test('the same callback again, on the other process, leads to the page of that login', async (t) => {
    const jar = new Jar()
    const login = await visit(one.origin, jar, '/franceconnect/login?returnTo=/lent')
    const url = await sandbox.authorize(login.location!)
    await visit(one.origin, jar, url)
    const before = sandbox.requests.length
    t.equal((await visit(two.origin, jar, url)).location, `${baseUrl}/lent`)
    t.equal(sandbox.requests.length, before)
  })

  await t.test(
    'Redis down: 503 for whoever is logged in, strangers are served; back again: still logged in',
    async (t) => {
      const jar = await logIn(sandbox, one.origin, two.origin)
      const sub = await who(one.origin, jar)
      await redis.stop()
      t.equal((await visit(one.origin, jar, '/moi')).status, 503)
      t.equal((await visit(one.origin, new Jar(), '/moi')).status, 200)
      await redis.start()
      let page = await visit(one.origin, jar, '/moi')
      for (let tries = 0; page.status === 503 && tries < 50; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100))
        page = await visit(one.origin, jar, '/moi')
      }
      t.equal(JSON.parse(page.text).sub, sub)
    }
  )
})
