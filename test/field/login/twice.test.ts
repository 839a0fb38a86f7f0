import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import t from 'tap'
import { sandboxFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import { baseUrl, callbackFor, copyOf, espace, Jar, kinds, open, Rows, startService, until } from './services.ts'

// whole logins, many of them, on a machine that may be busy
t.setTimeout(240_000)
const sandbox = await sandboxFor(t)
const tokens = () => sandbox.requests.filter(({ path }) => path.endsWith('/token')).length
const failures: unknown[] = []
const listen = (message: unknown) => void failures.push(message)
for (const name of ['failed', 'refused']) {
  subscribe(`franceconnect:login:${name}`, listen)
  t.teardown(() => unsubscribe(`franceconnect:login:${name}`, listen))
}
t.beforeEach(() => {
  failures.length = 0
})

for (const kind of kinds) {
  t.test(
    `${kind}: a double click, and five at once: all end on the citizen’s page, by one token request`,
    async (t) => {
      for (const count of [2, 5]) {
        const service = await startService(t, sandbox, kind)
        const jar = new Jar()
        const url = await callbackFor(service, sandbox, jar, 0, '/franceconnect/login?returnTo=/dossier')
        const before = tokens()
        let asked = 0
        service.onLogin(async () => {
          asked += 1
          await new Promise((resolve) => setTimeout(resolve, 60))
        })
        const tabs = Array.from({ length: count }, () => copyOf(jar))
        const answers = await Promise.all(tabs.map((tab) => open(service.app, tab, url)))
        for (const answer of answers) t.equal(answer.headers.location, `${baseUrl}/dossier`)
        const ids = await Promise.all(tabs.map(async (tab) => (await espace(service, tab)).id))
        t.equal(new Set(ids).size, 1, 'one login')
        t.same([tokens() - before, asked, failures], [1, 1, []])
        await open(service.app, tabs[0]!, '/franceconnect/logout')
        for (const tab of tabs) t.equal((await espace(service, tab)).sub, null)
      }
    }
  )

  t.test(`${kind}: the first answer is lost, the callback is opened again: here and on another instance`, async (t) => {
    const store = new Rows()
    const one = await startService(t, sandbox, kind, { store })
    const two = await startService(t, sandbox, kind, { store })
    for (const again of [one, two]) {
      const jar = new Jar()
      const url = await callbackFor(one, sandbox, jar, 0, '/franceconnect/login?returnTo=/dossier')
      await open(one.app, copyOf(jar), url)
      const before = tokens()
      t.equal((await open(again.app, jar, url)).headers.location, `${baseUrl}/dossier`)
      t.match((await espace(one, jar)).sub, /v1$/)
      t.equal((await open(again.app, jar, url)).headers.location, `${baseUrl}/dossier`, 'and reloaded')
      t.same([tokens() - before, failures], [0, []])
    }
  })

  t.test(`${kind}: the answer of a refusal is lost, the callback is opened again`, async (t) => {
    const store = new Rows()
    const one = await startService(t, sandbox, kind, { store })
    const two = await startService(t, sandbox, kind, { store })
    for (const landing of [null, '/compte-ferme']) {
      for (const again of landing === null ? [one] : [one, two]) {
        one.onLogin(() => {
          if (landing !== null) throw one.app.franceConnect.refusal(landing)
          throw Object.assign(new Error('fermé'), { statusCode: 410 })
        })
        const jar = new Jar()
        const url = await callbackFor(one, sandbox, jar)
        const first = await open(one.app, copyOf(jar), url)
        const before = tokens()
        for (let turn = 0; turn < 2; turn += 1) {
          const second = await open(again.app, jar, url)
          t.same([second.statusCode, second.headers.location], [first.statusCode, first.headers.location])
        }
        t.equal(tokens(), before)
        t.equal(failures.splice(0).length, 1, 'one event')
      }
    }
  })

  t.test(
    `${kind}: a refusal that the first opening waits for is the second’s too, and stays when reloaded`,
    async (t) => {
      const service = await startService(t, sandbox, kind)
      const jar = new Jar()
      const url = await callbackFor(service, sandbox, jar)
      service.onLogin(async () => {
        await new Promise((resolve) => setTimeout(resolve, 60))
        throw Object.assign(new Error('fermé'), { statusCode: 410 })
      })
      const tab = copyOf(jar)
      const pages = await Promise.all([open(service.app, copyOf(jar), url), open(service.app, tab, url)])
      t.same(
        pages.map(({ statusCode }) => statusCode),
        [410, 410]
      )
      t.equal((await open(service.app, tab, url)).statusCode, 410)
    }
  )

  t.test(`${kind}: reload of the page shown after a cancel, and after an error: the same page`, async (t) => {
    const service = await startService(t, sandbox, kind)
    for (const query of ['error=access_denied', 'error=invalid_scope', 'error=server_error']) {
      const jar = new Jar()
      const login = await open(service.app, jar, '/franceconnect/login')
      const { searchParams } = new URL(String(login.headers.location))
      const iss = encodeURIComponent(sandbox.issuer)
      const url = `/franceconnect/callback?${query}&state=${searchParams.get('state')}&iss=${iss}`
      const lost = copyOf(jar)
      const first = await open(service.app, jar, url)
      for (const browser of [jar, jar, lost]) {
        const again = await open(service.app, browser, url)
        t.same([again.statusCode, again.body], [first.statusCode, first.body], query)
      }
      t.equal(failures.splice(0).length, 1)
    }
  })

  t.test(`${kind}: on two instances at once: one waits for the other, whose onLogin takes its time`, async (t) => {
    for (const end of ['login', 'refused'] as const) {
      const store = new Rows()
      const [one, two] = [
        await startService(t, sandbox, kind, { store }),
        await startService(t, sandbox, kind, { store })
      ]
      const jar = new Jar()
      const url = await callbackFor(one, sandbox, jar, 0, '/franceconnect/login?returnTo=/dossier')
      let go = () => {}
      let asked = false
      one.onLogin(async () => {
        asked = true
        await new Promise<void>((resolve) => {
          go = resolve
        })
        if (end === 'refused') throw one.app.franceConnect.refusal('/compte-ferme')
      })
      const before = tokens()
      const tabs = [copyOf(jar), copyOf(jar)] as const
      const first = open(one.app, tabs[0], url)
      await until(() => asked)
      const second = open(two.app, tabs[1], url)
      await new Promise((resolve) => setTimeout(resolve, 1500))
      go()
      const path = end === 'login' ? '/dossier' : '/compte-ferme'
      for (const answer of await Promise.all([first, second])) t.equal(answer.headers.location, baseUrl + path)
      t.equal(tokens() - before, 1)
      for (const tab of tabs) t.equal((await espace(two, tab)).sub !== null, end === 'login')
    }
  })

  t.test(
    `${kind}: within one trip to the store on two instances, a slow onLogin: the login that was let in stands`,
    async (t) => {
      const store = new Rows()
      const [one, two] = [
        await startService(t, sandbox, kind, { store }),
        await startService(t, sandbox, kind, { store })
      ]
      for (const slow of [0, 1300]) {
        for (const service of [one, two]) service.onLogin(() => new Promise((resolve) => setTimeout(resolve, slow)))
        const jar = new Jar()
        const url = await callbackFor(one, sandbox, jar)
        const tabs = [copyOf(jar), copyOf(jar)] as const
        await Promise.all([open(one.app, tabs[0], url), open(two.app, tabs[1], url)])
        const subs = await Promise.all(tabs.map(async (tab) => (await espace(one, tab)).sub))
        t.ok(
          subs.some((sub) => sub !== null),
          `${slow} ms`
        )
        if (slow === 0) t.ok(subs.every((sub) => sub !== null))
      }
    }
  )
}
