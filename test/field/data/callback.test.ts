import t, { type Test } from 'tap'
import { coded, GOOD } from './citizens.ts'
import { type Answering, inTurn, json, startHost } from './host.ts'
import { startLogins } from './logins.ts'

const prefetch = ['dss/quotient-familial'] as const
const good: Answering = (_, response) => json(response, 200, GOOD)
const latencies: [situation: string, before: string, login: number, page: number][] = []

const drips: Answering = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  const timer = setInterval(() => response.write(' '), 200)
  response.on('close', () => clearInterval(timer))
}

function storeOf(values: Map<string, string>) {
  return {
    get: async (key: string) => values.get(key) ?? null,
    set: async (key: string, value: string) => void values.set(key, value),
    delete: async (key: string) => void values.delete(key)
  }
}

function sessionsOf(sessions: Map<string, string>) {
  return {
    get: (id: string, done: (error: unknown, session?: never) => void) =>
      done(null, sessions.has(id) ? (JSON.parse(sessions.get(id)!) as never) : undefined),
    set: (id: string, session: unknown, done: (error?: unknown) => void) => {
      sessions.set(id, JSON.stringify(session))
      done()
    },
    destroy: (id: string, done: (error?: unknown) => void) => {
      sessions.delete(id)
      done()
    }
  }
}

async function seconds<T>(work: Promise<T>): Promise<[T, number]> {
  const started = performance.now()
  const result = await work
  return [result, Math.round((performance.now() - started) / 100) / 10]
}

/** Logs in with a prefetch, then opens the page. */
async function visit(t: Test, situation: string, before: string, answers: Answering) {
  const host = await startHost(t)
  host.answers(answers)
  const { citizen } = await startLogins(t, host.url, { prefetch })
  const angela = citizen()
  const home = await angela.open('/franceconnect/login')
  const login = Math.round(angela.callback * 10) / 10
  t.match(home.json(), { home: true }, 'the login goes on')
  const [opened, page] = await seconds(angela.send({ url: '/qf' }))
  latencies.push([situation, before, login, page])
  return { host, login, page, shown: opened.json() }
}

t.jobs = 5
const beside = () => ({ buffered: true })

for (const [name, answers] of Object.entries({ hangs: (() => undefined) as Answering, drips })) {
  t.test(`a provider that ${name}`, beside(), async (t) => {
    const { host, login, page, shown } = await visit(t, name, 'login 15.6 s, page 15.0 s', answers)
    t.ok(login < 6, `the callback waits four seconds in all: ${login}`)
    t.ok(page < 13, `the page joins the call: ${page}`)
    t.match(shown, { code: 'FST_FC_DATA_TIMEOUT' })
    t.equal(host.seen.length, 1)
  })
}

t.test('a provider slower than the callback waits', beside(), async (t) => {
  const slow: Answering = (_, response) => setTimeout(() => json(response, 200, GOOD), 6000)
  const { host, login, page, shown } = await visit(t, 'answers after 6 s', 'login 6 s, page 0 s', slow)
  t.ok(login < 5.5 && page > 1 && page < 4)
  t.match(shown, { data: GOOD.data })
  t.equal(host.seen.length, 1, 'the same call')
})

t.test('429 with Retry-After: 13', beside(), async (t) => {
  const { login, page, shown, host } = await visit(t, '429, 13 s', 'login 26.9 s, page 26.3 s', (_, response) =>
    json(response, 429, {}, { 'retry-after': '13' })
  )
  t.ok(login < 2.5 && page < 1, 'nobody waits')
  t.match(shown, { code: 'FST_FC_DATA_RATE_LIMITED', retryAfter: 13 })
  t.equal(host.seen.length, 1)
})

t.test('a short wait does not happen in the callback: the page waits for its end', beside(), async (t) => {
  const { login, page, shown } = await visit(
    t,
    '503, 3 s',
    'login 3.4 s, page 0 s',
    inTurn((_, response) => json(response, 503, coded('35020', { retry_in: 3 })), good)
  )
  t.ok(login < 2.5 && page > 1.5 && page < 4.5, `${login} ${page}`)
  t.match(shown, { data: GOOD.data })
})

t.test('504 after 14.5 seconds', beside(), async (t) => {
  const { login, page, shown, host } = await visit(t, '504 after 14.5 s', 'login 29.8 s, page 29.4 s', (_, response) =>
    setTimeout(() => json(response, 504, coded('37002')), 14_500)
  )
  t.ok(login < 6 && page < 12)
  t.match(shown, { code: 'FST_FC_DATA_TIMEOUT' })
  t.equal(host.seen.length, 1)
})

t.test('the option, with a page that another process serves', beside(), async (t) => {
  const host = await startHost(t)
  host.answers((_, response) => setTimeout(() => json(response, 200, GOOD), 2000))
  const store = storeOf(new Map())
  const session = { store: sessionsOf(new Map()) }
  const { citizen, another } = await startLogins(t, host.url, { prefetch, callbackTimeout: 300, store }, undefined, {
    session
  })
  const other = await another()
  for (const [status, body, shown] of [
    [200, GOOD, { data: GOOD.data, held: true }],
    [500, {}, { code: 'FST_FC_DATA_PROVIDER_ERROR' }]
  ] as const) {
    host.answers((_, response) => setTimeout(() => json(response, status, body), 2000))
    const calls = host.seen.length
    const angela = citizen()
    await angela.open('/franceconnect/login')
    t.ok(angela.callback < 1.5, `${angela.callback}`)
    angela.app = other
    t.match((await angela.send({ url: '/qf' })).json(), shown, 'it waits for the outcome')
    t.match((await angela.open('/dossier')).json(), shown)
    t.equal(host.seen.length - calls, 1)
    t.equal(angela.logins, 1)
  }
})

t.test('a process that closes leaves the call to another one', beside(), async (t) => {
  const host = await startHost(t)
  host.answers(inTurn(() => undefined, good))
  const store = storeOf(new Map())
  const session = { store: sessionsOf(new Map()) }
  const data = { prefetch, callbackTimeout: 200, store }
  const { app, citizen, another } = await startLogins(t, host.url, data, undefined, { session })
  const other = await another()
  const angela = citizen()
  await angela.open('/franceconnect/login')
  await app.close()
  angela.app = other
  const [page, took] = await seconds(angela.send({ url: '/qf' }))
  t.match(page.json(), { data: GOOD.data })
  t.ok(took < 3)
  t.equal(host.seen.length, 2)
})

t.test(
  'what was prefetched and failed is kept for the page, a minute at most; fresh asks again',
  beside(),
  async (t) => {
    const host = await startHost(t)
    host.answers(inTurn((_, response) => json(response, 500, {}), good))
    const { citizen } = await startLogins(t, host.url, { prefetch }, (app) => {
      app.get('/', async () => ({ home: true }))
      app.get('/qf', async (request) => (await request.fcData.try('dss/quotient-familial')).error?.code)
      app.get('/fresh', async (request) => request.fcData('dss/quotient-familial', {}, { fresh: true }))
    })
    const angela = citizen()
    await angela.open('/franceconnect/login')
    for (let i = 0; i < 3; i++) t.equal((await angela.send({ url: '/qf' })).body, 'FST_FC_DATA_PROVIDER_ERROR')
    t.equal(host.seen.length, 1)
    t.match((await angela.send({ url: '/fresh' })).json(), { data: GOOD.data })
    t.not((await angela.send({ url: '/qf' })).body, 'FST_FC_DATA_PROVIDER_ERROR')
  }
)

t.test('the application’s onLogin reads with the new login, and what it read is held', beside(), async (t) => {
  const host = await startHost(t)
  host.answers((request, response) =>
    json(response, 200, { data: { quotient_familial: { fournisseur: request.headers.authorization } } })
  )
  const seen: unknown[] = []
  const { citizen, sandbox } = await startLogins(t, host.url, { prefetch }, undefined, {
    onLogin: async (request) => {
      const { data } = await request.fcData('dss/quotient-familial')
      seen.push([request.franceConnect?.id, data?.quotient_familial?.fournisseur])
    }
  })
  const browser = citizen()
  await browser.open('/franceconnect/login')
  await browser.open('/franceconnect/login')
  t.equal(seen.length, 2)
  t.equal(new Set(seen.flatMap((pair) => pair as unknown[])).size, 4, 'each with its own token, in one browser')
  t.equal(host.seen.length, 2, 'and the prefetch asks nothing again')
  t.match((await browser.send({ url: '/qf' })).json(), { held: true })
  t.ok(sandbox)
})

t.teardown(() => {
  const lines = latencies.map(
    ([situation, before, login, page]) => `${situation}: ${before} -> login ${login} s, page ${page} s`
  )
  console.log(['', 'latency of the callback, before and after', ...lines].map((line) => `# ${line}`).join('\n'))
})
