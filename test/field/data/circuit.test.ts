import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import t from 'tap'
import { ARS, coded, GOOD, PRIME, QF, qf, startCitizens } from './citizens.ts'
import { inTurn, json, startHost } from './host.ts'

const five = ['a', 'b', 'c', 'd', 'e']
const good = (_: unknown, response: Parameters<typeof json>[0]) => json(response, 200, GOOD)
t.jobs = 4
const beside = () => ({ buffered: true })

/** A key and a certificate of one's own, good for `days`. */
function selfSigned(t: Test): { key: string; cert: string } {
  const dir = mkdtempSync(join(tmpdir(), 'fc-data-tls-'))
  t.teardown(() => rmSync(dir, { recursive: true, force: true }))
  const at = (name: string) => join(dir, name)
  const subject = ['-subj', '/CN=127.0.0.1', '-keyout', at('key'), '-out', at('cert')]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', ...subject], {
    stdio: 'ignore'
  })
  return { key: readFileSync(at('key'), 'utf8'), cert: readFileSync(at('cert'), 'utf8') }
}

t.test('failing calls of one API leave the others of the hub alone', beside(), async (t) => {
  const host = await startHost(t)
  const { refused, as } = await startCitizens(t, host.url, { apis: [QF, PRIME, ARS] })
  host.answers(({ url }, response) => (url?.includes('prime') ? json(response, 500, {}) : good(null, response)))
  for (const login of five) await refused(login, (request) => request.fcData('dss/prime-activite'))
  const error = await refused('f', (request) => request.fcData('dss/prime-activite'))
  t.match(error, { code: 'FST_FC_DATA_UNAVAILABLE', message: /is down/, remedy: 'retry' })
  t.ok(error.retryAfter! >= 9 && error.retryAfter! <= 10, 'it says for how long')
  t.match(await as('f', qf), { data: GOOD.data })
})

t.test('a maintenance with a time is no outage', beside(), async (t) => {
  const host = await startHost(t)
  const { refused, as } = await startCitizens(t, host.url)
  host.answers((_, response) => json(response, 503, coded('35020', { retry_in: 2700 })))
  for (const login of [...five, ...five.map((name) => `${name}2`)])
    t.match(await refused(login, qf), { code: 'FST_FC_DATA_UNAVAILABLE', providerStatusCode: 503, retryAfter: 2700 })
  host.answers(good)
  t.match(await as('z', qf), { data: GOOD.data })
})

t.test(
  'Retry-After: 0, an hour that is past, retry_in: 0 ask no wait: a server that only says so is down',
  beside(),
  async (t) => {
    const past = new Date(Date.now() - 60_000).toUTCString()
    for (const [headers, meta] of [
      [{ 'retry-after': '0' }, {}],
      [{ 'retry-after': past }, {}],
      [{}, { retry_in: 0 }]
    ] as const) {
      const host = await startHost(t)
      const { refused } = await startCitizens(t, host.url)
      host.answers((_, response) => json(response, 503, coded('35000', meta), headers))
      for (const login of five) t.match(await refused(login, qf), { providerStatusCode: 503 })
      const { length } = host.seen
      t.match(await refused('f', qf), { code: 'FST_FC_DATA_UNAVAILABLE', message: /is down/ })
      t.equal(host.seen.length, length, 'it is left alone')
    }
  }
)

t.test('one citizen’s broken file closes nothing for the others', beside(), async (t) => {
  const host = await startHost(t)
  const { refused, as } = await startCitizens(t, host.url)
  host.answers(({ headers }, response) =>
    headers.authorization === 'Bearer jeton-de-broken' ? json(response, 502, coded('37999')) : good(null, response)
  )
  for (let i = 0; i < 8; i++) t.match(await refused('broken', qf), { code: 'FST_FC_DATA_PROVIDER_ERROR' })
  t.match(await as('other', qf), { data: GOOD.data })
})

t.test('an idle connection reset by a load balancer while citizens call together', beside(), async (t) => {
  const host = await startHost(t)
  let armed = false
  const served = new WeakSet<object>()
  host.answers((request, response) => {
    if (armed && served.has(request.socket)) return request.socket.resetAndDestroy()
    served.add(request.socket)
    setTimeout(() => good(null, response), 30)
    return undefined
  })
  const { as } = await startCitizens(t, host.url)
  await Promise.all(Array.from({ length: 8 }, (_, i) => as(`warm-${i}`, qf)))
  armed = true
  const pages = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => as(`citizen-${i}`, qf)))
  t.strictSame(
    pages.map(({ status }) => status),
    Array(8).fill('fulfilled')
  )
  t.match(await as('after', qf), { data: GOOD.data })
})

t.test('connections closed in silence, as many as there are', beside(), async (t) => {
  const sockets = new Set<Socket>()
  const body = JSON.stringify(GOOD)
  const server = createServer((socket) => {
    let served = false
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('data', () => {
      if (served) return socket.destroy()
      served = true
      return socket.write(
        `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
      )
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { as } = await startCitizens(t, `http://127.0.0.1:${(server.address() as { port: number }).port}`)
  for (let i = 0; i < 6; i++) await Promise.all(Array.from({ length: 4 }, (_, j) => as(`c${i}-${j}`, qf)))
  t.pass('every citizen is served')
})

t.test('a deadline that we cut says nothing of the provider', beside(), async (t) => {
  const host = await startHost(t)
  const short = { ...QF, timeout: 600 }
  const { refused, as } = await startCitizens(t, host.url, { apis: [short] })
  host.answers(() => undefined)
  for (const login of five) t.match(await refused(login, qf), { code: 'FST_FC_DATA_TIMEOUT' })
  host.answers(good)
  t.match(await as('f', qf), { data: GOOD.data }, 'an API with a short timeout of its own')

  const late = await startHost(t)
  const ending = await startCitizens(t, late.url, { timeout: 4000 }, 2500)
  late.answers((_, response) => setTimeout(() => good(null, response), 3000))
  const pages = await Promise.all(five.map((login) => ending.as(login, qf)))
  t.ok(
    pages.every(({ data }) => data),
    'an answer after the end of the token counts'
  )
})

t.test('a full time-out of five citizens is an outage', beside(), async (t) => {
  const host = await startHost(t)
  const { refused } = await startCitizens(t, host.url, { timeout: 300 })
  host.answers(() => undefined)
  await Promise.all(five.map((login) => refused(login, qf)))
  t.match(await refused('f', qf), { code: 'FST_FC_DATA_UNAVAILABLE', message: /is down/ })
  t.equal(host.seen.length, 5)
})

t.test('a citizen who leaves, or a body that does not read, is no outage', beside(), async (t) => {
  const host = await startHost(t)
  const { as, refused } = await startCitizens(t, host.url)
  host.answers((_, response) => json(response, 200, '<html>'))
  for (const login of five) t.match(await refused(login, qf), { code: 'FST_FC_DATA_INVALID_RESPONSE' })
  host.answers(() => undefined)
  for (const login of five)
    await t.rejects(
      as(login, (request) => request.fcData('dss/quotient-familial', {}, { signal: AbortSignal.timeout(30) }))
    )
  host.answers(good)
  t.match(await as('f', qf), { data: GOOD.data })
})

t.test('a certificate that is not accepted is a setting: not tried again, not an outage', beside(), async (t) => {
  const host = await startHost(t, selfSigned(t))
  let handshakes = 0
  const { refused } = await startCitizens(t, host.url)
  for (const login of [...five, 'f']) {
    const error = await refused(login, qf)
    t.match(error, {
      code: 'FST_FC_DATA_UNAVAILABLE',
      remedy: 'configuration',
      message: /tls \(DEPTH_ZERO|tls \(SELF_SIGNED/
    })
    t.match(error.userMessage, /à la main/)
    handshakes++
  }
  t.equal(handshakes, 6)
  t.equal(host.seen.length, 0)
})

t.test('TLS spoken to a server that speaks none', beside(), async (t) => {
  const host = await startHost(t)
  const { refused } = await startCitizens(t, host.url.replace('http:', 'https:'))
  t.match(await refused('a', qf), { code: 'FST_FC_DATA_UNAVAILABLE', remedy: 'configuration', message: /tls/ })
})

t.test('five losses with an answer between are no outage', beside(), async (t) => {
  const host = await startHost(t)
  const { refused, as } = await startCitizens(t, host.url)
  for (let i = 0; i < 10; i++) {
    host.answers(i % 4 === 3 ? inTurn(good) : (request) => request.socket.resetAndDestroy())
    if (i % 4 === 3) await as(`c${i}`, qf)
    else t.match(await refused(`c${i}`, qf), { message: /could not be read/ })
  }
})
