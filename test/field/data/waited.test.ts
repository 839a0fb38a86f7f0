import t, { type Test } from 'tap'
import { ARS, GOOD, PRIME, QF } from './citizens.ts'
import { json, startHost } from './host.ts'
import { startLogins } from './logins.ts'

const NAMES = [QF.name, PRIME.name, ARS.name] as const

/** A page that needs three API, each of which answers after so many milliseconds. */
async function startPage(t: Test, slow: number, callbackTimeout: number) {
  const host = await startHost(t)
  host.answers(({ url }, response) => {
    const body = url?.includes('quotient') ? GOOD : { data: { est_beneficiaire: true } }
    setTimeout(() => json(response, 200, body), slow)
  })
  const { citizen } = await startLogins(t, host.url, { apis: [QF, PRIME, ARS], callbackTimeout }, (app) => {
    const preHandler = NAMES.map((name) => app.fcData.require(name))
    app.get('/', async () => ({ home: true }))
    app.get('/page', { preHandler }, async (request) => {
      const read = await Promise.all(NAMES.map((name) => request.fcData(name)))
      return read.map(({ meta }) => meta.api)
    })
  })
  // discovery, keys and connections are there, as they are for every citizen but the first
  await citizen().open('/franceconnect/login')
  const angela = citizen()
  const started = performance.now()
  const page = await angela.open('/page')
  return { host, shown: page.json(), callback: angela.callback * 1000, total: performance.now() - started }
}

t.test('from the login to a page of three API: the time of the slowest, not of their sum', async (t) => {
  const slow = 1200
  const { host, shown, total } = await startPage(t, slow, 4000)
  t.strictSame(shown, NAMES)
  t.equal(host.seen.length, 3)
  t.ok(total >= slow && total < 2 * slow, `${total} ms, where one after the other takes ${3 * slow}`)
})

t.test('callbackTimeout bounds the wait at the callback, and the page has the rest', async (t) => {
  const slow = 2500
  const { host, shown, callback, total } = await startPage(t, slow, 500)
  t.strictSame(shown, NAMES)
  t.equal(host.seen.length, 3, 'joined, not asked again')
  t.ok(callback >= 500 && callback < 2000, `back after ${callback} ms`)
  t.ok(total < 2 * slow, `${total} ms`)
})
