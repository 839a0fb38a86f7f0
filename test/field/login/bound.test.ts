import t, { type Test } from 'tap'
import { sandboxFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import {
  baseUrl,
  callbackFor,
  copyOf,
  espace,
  Jar,
  kinds,
  logIn,
  open,
  Rows,
  secret,
  startService
} from './services.ts'

// whole logins, many of them, on a machine that may be busy
t.setTimeout(240_000)
const sandbox = await sandboxFor(t)
const newer = 'a newer secret of the tests, thirty-two characters too'
const nobody = { sub: null, compte: null, brouillon: null }
const compte = (name: string) => (request: { session: object }) => void Object.assign(request.session, { compte: name })

for (const kind of kinds) {
  t.test(`${kind}: rows copied under another id, swapped, or written back open nothing of another`, async (t) => {
    const store = new Rows()
    const service = await startService(t, sandbox, kind, { store })
    const [angela, pierre] = [new Jar(), new Jar()]
    service.onLogin(compte('Angela'))
    await logIn(service, sandbox, angela)
    service.onLogin(compte('Pierre'))
    await logIn(service, sandbox, pierre, 1)
    const subs = [(await espace(service, angela)).sub, (await espace(service, pierre)).sub]
    const logins = [...store.rows.keys()].filter((key) => key.startsWith('franceconnect-login-'))
    const [first, second] = logins as [string, string]
    const rows = new Map(store.rows)
    store.rows.set(first, rows.get(second)!)
    store.rows.set(second, rows.get(first)!)
    t.match(await espace(service, copyOf(angela)), nobody, 'swapped')
    t.match(await espace(service, copyOf(pierre)), nobody, 'swapped')
    for (const [key, row] of rows) store.rows.set(key, row)
    const renamed = JSON.parse(rows.get(second)!)
    store.rows.set(first, JSON.stringify({ ...renamed, id: JSON.parse(rows.get(first)!).id }))
    t.equal((await espace(service, copyOf(angela))).sub, null, 'its id rewritten too')
    for (const [key, row] of rows) store.rows.set(key, row)
    t.same([(await espace(service, angela)).sub, (await espace(service, pierre)).sub], subs)
    await open(service.app, angela, '/franceconnect/logout')
    for (const [key, row] of rows) store.rows.set(key, row)
    t.match(await espace(service, angela), nobody, 'written back: the browser has no cookie for it')
  })

  t.test(`${kind}: two services of another client, issuer or callback on one secret and one store`, async (t) => {
    const store = new Rows()
    const one = await startService(t, sandbox, kind, { store })
    one.onLogin(compte('Angela'))
    const jar = new Jar()
    await logIn(one, sandbox, jar)
    const url = await callbackFor(one, sandbox, jar)
    for (const other of [
      { clientId: 'another-client' },
      { issuer: sandbox.plusIssuer },
      { baseUrl: 'http://localhost:3001' },
      { routes: { callback: '/franceconnect/retour' } }
    ]) {
      const service = await startService(t, sandbox, kind, { store, ...other })
      const renamed = copyOf(jar)
      await open(service.app, renamed, '/franceconnect/login')
      const names = [...renamed.cookies.keys()].filter((name) => !jar.cookies.has(name))
      const attempt = [...jar.cookies].find(([name]) => /^fc-[^-]+-[\w-]{22}$/.test(name))!
      const theirs = names.find((name) => /^fc-[^-]+-[\w-]{22}$/.test(name))!
      const prefix = theirs.slice(0, -22)
      const own = attempt[0].slice(0, -22)
      for (const [name, value] of jar.cookies) {
        const as = name.replace(own.slice(3, -1), prefix.slice(3, -1))
        renamed.cookies.set(as, value)
      }
      t.equal((await open(service.app, renamed, '/espace')).json().sub, null, JSON.stringify(other))
      const path = url.replace('/franceconnect/callback', other.routes?.callback ?? '/franceconnect/callback')
      const query = path.replace(encodeURIComponent(sandbox.issuer), encodeURIComponent(other.issuer ?? sandbox.issuer))
      const answer = await open(service.app, renamed, query)
      t.match(answer.body, 'FST_FC_ATTEMPT_NOT_FOUND', JSON.stringify(other))
    }
    t.match(await espace(one, jar), { compte: 'Angela' })
  })

  t.test(`${kind}: a rolling rotation in two steps: attempts, logins and refusals open everywhere`, async (t) => {
    const store = new Rows()
    const at = (secrets: string[]) => startService(t, sandbox, kind, { store, secret: secrets })
    const steps = [[secret], [secret, newer], [newer, secret]]
    for (let step = 0; step < 2; step += 1) {
      const sides = [await at(steps[step]!), await at(steps[step + 1]!)] as const
      for (const [from, to] of [sides, [sides[1], sides[0]]] as const) {
        const jar = new Jar()
        for (const service of sides) service.onLogin(compte('Angela'))
        const url = await callbackFor(from, sandbox, jar)
        await open(to.app, jar, url)
        for (const service of sides)
          t.match(await espace(service, jar), { sub: /v1$/, compte: 'Angela' }, `step ${step}`)
        await open(from.app, jar, '/franceconnect/logout')
        for (const service of sides) t.match(await espace(service, jar), nobody)
        const refused = new Jar()
        const again = await callbackFor(from, sandbox, refused)
        from.onLogin(() => {
          throw from.app.franceConnect.refusal('/compte-ferme')
        })
        await open(from.app, copyOf(refused), again)
        t.equal((await open(to.app, refused, again)).headers.location, `${baseUrl}/compte-ferme`)
      }
    }
  })

  t.test(
    `${kind}: after a rotation a lost session is found again once, its cookie signed by the first secret`,
    async (t) => {
      const store = new Rows()
      const before = await startService(t, sandbox, kind, { store })
      before.onLogin(compte('Angela'))
      const jar = new Jar()
      await logIn(before, sandbox, jar)
      for (const name of [...jar.cookies.keys()]) if (!name.startsWith('fc-login-')) jar.cookies.delete(name)
      const after = await startService(t, sandbox, kind, { store, secret: [newer, secret] })
      t.match(await espace(after, jar), { compte: 'Angela' })
      store.operations = 0
      t.match(await espace(after, jar), { compte: 'Angela' })
      t.ok(store.operations <= (kind === 'own' ? 2 : 3), `${store.operations} operations`)
    }
  )

  t.test(`${kind}: cookies of any name and value in the browser are ignored`, async (t) => {
    const service = await startService(t, sandbox, kind)
    const jar = new Jar()
    await logIn(service, sandbox, jar)
    const url = await callbackFor(service, sandbox, jar)
    const names = [...jar.cookies.keys()].filter((name) => name.startsWith('fc-'))
    for (const name of names)
      for (const odd of ['é', '-é', '%C3%A9', '-'.repeat(22), `-${'é'.repeat(22)}`, '__proto__', '--constructor'])
        jar.cookies.set(name + odd, 'x')
    for (const odd of ['fc-…-é', 'fc-', '__Host-fc-é', '__proto__']) jar.cookies.set(odd, 'é')
    for (const path of ['/espace', '/garde', '/franceconnect/login'])
      t.ok((await open(service.app, copyOf(jar), path)).statusCode < 400, path)
    t.equal((await open(service.app, jar, url)).statusCode, 303)
    t.match((await espace(service, jar)).sub, /v1$/)
  })

  t.test(
    `${kind}: fifty strangers with invented codes at once: token requests are bounded, a citizen still gets in`,
    async (t) => {
      const service = await startService(t, sandbox, kind)
      let [now, most] = [0, 0]
      const seen = new Set<string>()
      const spied = await startService(t, sandbox, kind, {
        dispatcher:
          service.app &&
          (await spy(t, (change) => {
            now += change
            most = Math.max(most, now)
          }))
      })
      const strangers = Array.from({ length: 50 }, () => new Jar())
      const answers = await Promise.all(
        strangers.map(async (jar, i) => {
          const login = await open(spied.app, jar, '/franceconnect/login')
          const state = new URL(String(login.headers.location)).searchParams.get('state')
          const iss = encodeURIComponent(sandbox.issuer)
          return open(spied.app, jar, `/franceconnect/callback?code=invented${i}&state=${state}&iss=${iss}`)
        })
      )
      for (const { statusCode } of answers) seen.add(String(statusCode))
      t.same([...seen], ['400'])
      t.ok(most <= 16 && most > 1, `${most} at once`)
      const jar = new Jar()
      await logIn(spied, sandbox, jar)
      t.match((await espace(spied, jar)).sub, /v1$/)
    }
  )
}

async function spy(t: Test, tell: (change: number) => void) {
  const { Agent } = await import('undici')
  const agent = new Agent()
  t.teardown(() => agent.close())
  return agent.compose((dispatch) => (options, handler) => {
    if (!options.path.endsWith('/token')) return dispatch(options, handler)
    tell(1)
    return dispatch(options, {
      ...handler,
      onRequestStart: (...given) => handler.onRequestStart?.(...given),
      onResponseStart: (...given) => handler.onResponseStart?.(...given),
      onResponseData: (...given) => handler.onResponseData?.(...given),
      onResponseEnd: (...given) => {
        tell(-1)
        handler.onResponseEnd?.(...given)
      },
      onResponseError: (...given) => {
        tell(-1)
        handler.onResponseError?.(...given)
      }
    })
  })
}
