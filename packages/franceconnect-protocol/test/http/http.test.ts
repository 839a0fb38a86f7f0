import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { Agent } from 'undici'
import { createHttp, type Http, type HttpAnswer, type HttpRequest, MAX_BODY, mediaType } from '../../src/http/http.ts'
import { answering, rawServer } from '../raw-server.ts'

function opened(t: Test, dispatcher?: Agent): Http {
  const http = createHttp({ timeout: 15_000, connections: 64, dispatcher })
  t.teardown(() => http.close())
  return http
}

function get(http: Http, url: string, more: Partial<HttpRequest> = {}): Promise<HttpAnswer> {
  return http.exchange({ method: 'GET', url, ...more })
}

/** The failure of a call that must fail. */
async function failureOf(call: Promise<HttpAnswer>): Promise<unknown> {
  return call.then(
    ({ text }) => text,
    (failure: unknown) => failure
  )
}

t.test('an answer is read whole, whatever its status; nothing but what is written leaves', async (t) => {
  const server = await answering(t)
  let seen: unknown
  server.answer = (request, response) => {
    seen = { url: request.url, headers: request.headers }
    response.writeHead(418, { 'content-type': 'Application/JSON; charset=utf-8' }).end('{"a":"é"}')
  }
  const http = opened(t)
  const answer = await get(http, `${server.url}x?y=1`, { headers: { accept: 'application/json' } })
  t.match(answer, { status: 418, text: '{"a":"é"}' })
  t.equal(mediaType(answer), 'application/json')
  const host = new URL(server.url).host
  const headers = { host, connection: 'keep-alive', accept: 'application/json', 'accept-encoding': 'identity' }
  t.strictSame(seen, { url: '/x?y=1', headers })
  const { origin } = new URL(server.url)
  t.equal((await http.exchange({ method: 'GET', url: { origin, path: '/z' } })).status, 418, 'origin and path')
})

t.test('connections are kept for exchanges that follow each other', async (t) => {
  const server = await answering(t)
  const ports = new Set<number | undefined>()
  server.answer = (request, response) => {
    ports.add(request.socket.remotePort)
    response.end('{}')
  }
  const http = createHttp({ timeout: 1000, inSequence: true })
  t.teardown(() => http.close())
  for (let i = 0; i < 10; i++) await get(http, server.url)
  t.equal(ports.size, 1)
})

t.test('redirects, compression and big bodies are refused', async (t) => {
  const server = await answering(t)
  const http = opened(t)
  for (const status of [301, 302, 303, 307, 308]) {
    server.answer = (_, response) => response.writeHead(status, { location: 'https://evil.example/' }).end()
    t.match(await failureOf(get(http, server.url)), { name: 'HttpFailure', reason: 'redirected', status })
    t.match(await get(http, server.url, { redirect: 'answer' }), { status }, 'or given, and never followed')
  }
  server.answer = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{}'))
  t.match(await failureOf(get(http, server.url)), { reason: 'compressed' })
  server.answer = (_, response) => response.writeHead(200, { 'content-length': MAX_BODY + 1 }).flushHeaders()
  t.match(await failureOf(get(http, server.url)), { reason: 'too-large' }, 'by its length')
  server.answer = (_, response) => response.end(Buffer.alloc(MAX_BODY + 1, 32))
  t.match(await failureOf(get(http, server.url)), { reason: 'too-large' }, 'by its bytes')
  server.answer = (_, response) => response.end(Buffer.alloc(MAX_BODY, 32))
  t.equal((await get(http, server.url)).text.length, MAX_BODY, 'up to the bound')
  server.answer = (_, response) => response.end(Buffer.from([0x22, 0xff, 0x22]))
  t.match(await failureOf(get(http, server.url)), { reason: 'malformed', detail: 'UTF-8' })
})

t.test('one deadline covers it all, as a duration or as a time', async (t) => {
  const http = opened(t)
  const silent = await rawServer(t, () => undefined)
  const slowHeaders = await rawServer(t, (socket) => {
    const timer = setInterval(() => socket.write('H'), 20)
    socket.on('close', () => clearInterval(timer))
  })
  const drip = await rawServer(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n')
    const timer = setInterval(() => socket.write(' '), 20)
    socket.on('close', () => clearInterval(timer))
  })
  for (const [name, url] of Object.entries({ silent, slowHeaders, drip })) {
    for (const more of [{ timeout: 150 }, { deadline: Date.now() + 400 }]) {
      const started = Date.now()
      const reason = name === 'slowHeaders' ? /^(timeout|malformed)$/ : 'timeout'
      t.match(await failureOf(get(http, url, more)), { reason }, name)
      t.ok(Date.now() - started < 8000, `${name} in time`)
    }
  }
  t.match(await failureOf(get(http, silent, { deadline: Date.now() - 1000 })), { reason: 'timeout' }, 'already over')
})

t.test('a broken answer is told from a lost connection', async (t) => {
  const http = opened(t)
  const garbage = await rawServer(t, (socket) => socket.end('SSH-2.0-OpenSSH\r\n\r\n'))
  t.match(await failureOf(get(http, garbage)), { reason: 'malformed' })
  const cut = await rawServer(t, (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{"a"'))
  t.match(await failureOf(get(http, cut)), { reason: /lost|malformed/ })
  const reset = await rawServer(t, (socket) => socket.resetAndDestroy())
  t.match(await failureOf(get(http, reset)), { reason: 'lost' })
  const refused = await failureOf(get(http, 'http://127.0.0.1:1/secret-path'))
  t.match(refused, { reason: 'lost', detail: 'ECONNREFUSED', message: 'lost (ECONNREFUSED)' })
})

t.test('a second answer in the same bytes is given to nobody', async (t) => {
  const answer = (body: string) => `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`
  const url = await rawServer(t, (socket) => socket.write(answer('"mine"') + answer('"smuggled"')))
  const http = opened(t)
  t.equal((await get(http, url)).text, '"mine"')
  t.not(await failureOf(get(http, url, { timeout: 500 })), '"smuggled"')
})

t.test('the caller gives up', async (t) => {
  const server = await answering(t)
  server.answer = () => undefined
  const http = opened(t)
  const abort = new AbortController()
  setTimeout(() => abort.abort(), 30)
  t.match(await failureOf(get(http, server.url, { signal: abort.signal })), { reason: 'aborted' })
  const before = await failureOf(get(http, server.url, { signal: AbortSignal.abort() }))
  t.match(before, { reason: 'aborted' }, 'before it began')
})

t.test('the dispatcher of the user is used and stays open', async (t) => {
  const server = await answering(t)
  const agent = new Agent()
  t.teardown(() => agent.close())
  const http = createHttp({ timeout: 1000, dispatcher: agent })
  await get(http, server.url)
  await http.close()
  t.match(await failureOf(get(http, server.url)), { reason: 'aborted' }, 'nothing leaves once it is closed')
  const again = createHttp({ timeout: 1000, dispatcher: agent })
  t.equal((await get(again, server.url)).status, 200)
})
