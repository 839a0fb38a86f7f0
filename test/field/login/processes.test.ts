import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import t from 'tap'
import { startRedis, withoutRedis } from '../../../packages/fastify-franceconnect/test/redis/redis.ts'
import { baseUrl, Jar, navigation, sandboxFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import { copyOf } from './services.ts'

const secrets = ['a secret of before, of thirty-two characters', 'a secret of after, of thirty-two characters too']

async function startProcess(env: Record<string, string>) {
  const loader = new URL('../../_loader/register.mjs', import.meta.url).href
  const script = new URL('./process.ts', import.meta.url).pathname
  const child = spawn('env', ['-u', 'NODE_OPTIONS', process.execPath, '--import', loader, script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
  }
}

async function visit(origin: string, jar: Jar, url: string) {
  const path = url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url
  const answer = await fetch(origin + path, { redirect: 'manual', headers: { ...navigation, cookie: jar.header } })
  jar.take({ headers: { 'set-cookie': answer.headers.getSetCookie() } })
  return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

t.setTimeout(240_000)
t.test('two processes on one Redis', { skip: withoutRedis(), timeout: 200_000 }, async (t) => {
  const redis = await startRedis()
  t.teardown(() => redis.stop())
  const sandbox = await sandboxFor(t)
  const { issuer, clientId, clientSecret } = sandbox.franceConnectOptions
  const tokens = () => sandbox.requests.filter(({ path }) => path.endsWith('/token')).length

  for (const host of ['', 'host']) {
    const start = (given: string[]) =>
      startProcess({
        ...{ REDIS_URL: redis.url, ISSUER: issuer, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret },
        ...{ BASE_URL: baseUrl, SECRETS: JSON.stringify(given), HOST_SESSION: host }
      })
    const [one, two] = await Promise.all([start(secrets), start(secrets)])
    t.teardown(() => Promise.all([one.stop(), two.stop()]))
    const callbackFor = async (origin: string, jar: Jar, citizen = 0) => {
      const login = await visit(origin, jar, '/franceconnect/login?returnTo=/dossier')
      return sandbox.authorize(login.location!, sandbox.citizens[citizen]!)
    }
    const see = async (origin: string, jar: Jar) => JSON.parse((await visit(origin, jar, '/moi')).text)
    const name = host === '' ? 'own' : 'host'

    await t.test(`${name}: logout on one while a callback that replaces that login ends on the other`, async (t) => {
      const jar = new Jar()
      await visit(one.origin, jar, await callbackFor(one.origin, jar))
      const url = await callbackFor(one.origin, jar, 1)
      const tab = copyOf(jar)
      const callback = visit(two.origin, tab, `${url}&slow=1`)
      await pause(500)
      await visit(one.origin, jar, '/franceconnect/logout')
      await callback
      for (const browser of [jar, tab])
        for (const { origin } of [one, two]) t.match(await see(origin, browser), { sub: null, compte: null })
    })

    await t.test(`${name}: a slow page that writes ends on one after the logout on the other`, async (t) => {
      const jar = new Jar()
      await visit(one.origin, jar, await callbackFor(one.origin, jar))
      t.match(await see(two.origin, jar), { sub: /v1$/, compte: 'Angela' })
      const old = copyOf(jar)
      const slow = visit(two.origin, copyOf(jar), '/lent')
      await pause(200)
      await visit(one.origin, jar, '/franceconnect/logout')
      t.equal((await slow).status, 200)
      for (const { origin } of [two, one]) t.match(await see(origin, old), { sub: null, compte: null })
    })

    await t.test(`${name}: the second opening of a callback on another process, at once and later`, async (t) => {
      const jar = new Jar()
      const url = await callbackFor(one.origin, jar)
      const tabs = [copyOf(jar), copyOf(jar), copyOf(jar)] as const
      const before = tokens()
      const first = visit(one.origin, tabs[0], `${url}&slow=1`)
      await pause(300)
      const answers = [await visit(two.origin, tabs[1], url), await first, await visit(two.origin, tabs[2], url)]
      for (const { location } of answers) t.equal(location, `${baseUrl}/dossier`)
      t.equal(tokens() - before, 1)
      for (const tab of tabs) t.match(await see(two.origin, tab), { sub: /v1$/, compte: 'Angela' })
    })

    await t.test(`${name}: reload of a refusal on another process`, async (t) => {
      for (const [kind, status, location] of [
        ['landing', 303, `${baseUrl}/compte-ferme`],
        ['error', 403, null]
      ] as const) {
        const jar = new Jar()
        const url = `${await callbackFor(one.origin, jar)}&refuse=${kind}`
        const before = tokens()
        for (const { origin } of [one, two, one, two]) t.match(await visit(origin, jar, url), { status, location })
        t.equal(tokens() - before, 1)
        t.match(await see(two.origin, jar), { sub: null, compte: null })
      }
    })

    await t.test(`${name}: rolling rotation of the secret, old and new processes side by side`, async (t) => {
      const [older, newer] = secrets as [string, string]
      const jar = new Jar()
      const sides = await Promise.all([start([older]), start([newer, older])])
      t.teardown(() => Promise.all(sides.map((side) => side.stop())))
      await visit(sides[0].origin, jar, await callbackFor(sides[0].origin, jar))
      t.match(await see(one.origin, jar), { sub: /v1$/, compte: 'Angela' }, 'step one: accepted')
      t.match(await see(sides[1].origin, jar), { sub: /v1$/, compte: 'Angela' }, 'step two: first')
      t.match(await see(one.origin, jar), { sub: /v1$/, compte: 'Angela' }, 'and back')
      const other = new Jar()
      await visit(one.origin, other, await callbackFor(sides[1].origin, other))
      t.match(await see(one.origin, other), { sub: /v1$/, compte: 'Angela' })
    })
  }
})
