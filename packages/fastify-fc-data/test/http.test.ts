import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { Agent } from 'undici'
import { type Http, openHttp } from '../src/calls/http.ts'
import { type HttpAnswer, MAX_BODY } from '../src/calls/reception.ts'
import { json, startDataServer } from './data-server.ts'

function opened(t: Test, dispatcher?: Agent): Http {
  const http = openHttp(dispatcher)
  t.teardown(() => http.close())
  return http
}

function get(http: Http, url: string, wait = 15_000, signal?: AbortSignal): Promise<HttpAnswer> {
  const { origin, pathname: path } = new URL(url)
  return http.send({ method: 'GET', origin, path, headers: {}, deadline: Date.now() + wait, signal })
}

/** The failure of a call that must fail. */
async function failureOf(call: Promise<HttpAnswer>): Promise<unknown> {
  return call.then(
    ({ text }) => text,
    (failure: unknown) => failure
  )
}

/** Answers every connection with these bytes, as they are. */
async function rawServer(t: Test, answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => answer(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

t.test('connections are kept for calls that follow each other', async (t) => {
  const server = await startDataServer(t)
  const ports = new Set<number | undefined>()
  server.answer((request, response) => {
    ports.add(request.socket.remotePort)
    json(response, 200, { a: 'é' })
  })
  const http = opened(t)
  for (let i = 0; i < 10; i++) t.match(await get(http, server.url), { status: 200, text: '{"a":"é"}' })
  t.ok(ports.size <= 2, 'a second one while the first is handed back')
})

t.test('redirects, compression and big bodies are refused', async (t) => {
  const server = await startDataServer(t)
  const http = opened(t)
  for (const status of [301, 302, 303, 307, 308]) {
    server.answer((_, response) => response.writeHead(status, { location: 'https://evil.example/' }).end())
    t.match(await failureOf(get(http, server.url)), { reason: 'redirected', status })
  }
  server.answer((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{}')))
  t.match(await failureOf(get(http, server.url)), { reason: 'compressed' })
  server.answer((_, response) => response.writeHead(200, { 'content-length': MAX_BODY + 1 }).flushHeaders())
  t.match(await failureOf(get(http, server.url)), { reason: 'too-large' }, 'by its length')
  server.answer((_, response) => response.end(Buffer.alloc(MAX_BODY + 1, 32)))
  t.match(await failureOf(get(http, server.url)), { reason: 'too-large' }, 'by its bytes')
  server.answer((_, response) => response.end(Buffer.alloc(MAX_BODY, 32)))
  t.equal((await get(http, server.url)).text.length, MAX_BODY, 'up to the bound')
  server.answer((_, response) => response.end(Buffer.from([0x22, 0xff, 0x22])))
  t.match(await failureOf(get(http, server.url)), { reason: 'malformed', detail: 'UTF-8' })
})

t.test('one deadline covers it all', async (t) => {
  const http = opened(t)
  const silent = await rawServer(t, () => undefined)
  const slowHeaders = await rawServer(t, (socket) => {
    const timer = setInterval(() => socket.write('HTTP/1.1 200 OK\r\nx: y\r\n'.charAt(0)), 20)
    socket.on('close', () => clearInterval(timer))
  })
  const drip = await rawServer(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n')
    const timer = setInterval(() => socket.write(' '), 20)
    socket.on('close', () => clearInterval(timer))
  })
  for (const [name, url] of Object.entries({ silent, slowHeaders, drip })) {
    const started = Date.now()
    const reason = name === 'slowHeaders' ? /^(timeout|malformed)$/ : 'timeout'
    t.match(await failureOf(get(http, url, 150)), { reason }, name)
    t.ok(Date.now() - started < 8000, `${name} in time`)
  }
})

t.test('a broken answer is told from a lost connection', async (t) => {
  const http = opened(t)
  const garbage = await rawServer(t, (socket) => socket.end('SSH-2.0-OpenSSH\r\n\r\n'))
  t.match(await failureOf(get(http, garbage)), { reason: 'malformed' })
  const cut = await rawServer(t, (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{"a"'))
  t.match(await failureOf(get(http, cut)), { reason: /lost|malformed/ })
  const reset = await rawServer(t, (socket) => socket.resetAndDestroy())
  t.match(await failureOf(get(http, reset)), { reason: 'lost' })
  t.match(await failureOf(get(http, 'http://127.0.0.1:1/')), { reason: 'lost', detail: 'ECONNREFUSED' })
})

t.test('a second answer in the same bytes is given to nobody', async (t) => {
  const answer = (body: string) => `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`
  const url = await rawServer(t, (socket) => socket.write(answer('"mine"') + answer('"smuggled"')))
  const http = opened(t)
  t.equal((await get(http, url)).text, '"mine"')
  const next = await get(http, url, 500).then(
    ({ text }) => text,
    () => 'refused'
  )
  t.not(next, '"smuggled"')
})

t.test('the caller gives up', async (t) => {
  const server = await startDataServer(t)
  server.answer(() => undefined)
  const http = opened(t)
  const abort = new AbortController()
  setTimeout(() => abort.abort(), 30)
  t.match(await failureOf(get(http, server.url, 15_000, abort.signal)), { reason: 'aborted' })
  t.match(await failureOf(get(http, server.url, 15_000, AbortSignal.abort())), { reason: 'aborted' }, 'before it began')
})

t.test('the dispatcher of the user is used and stays open', async (t) => {
  const server = await startDataServer(t)
  const agent = new Agent()
  t.teardown(() => agent.close())
  const http = openHttp(agent)
  await get(http, server.url)
  await http.close()
  t.match(await failureOf(get(http, server.url)), { reason: 'aborted' }, 'nothing leaves once it is closed')
  const again = openHttp(agent)
  t.equal((await get(again, server.url)).status, 200)
})
