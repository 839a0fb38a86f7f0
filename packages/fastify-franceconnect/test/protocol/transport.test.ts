import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { Agent } from 'undici'
import { createTransport } from '../../src/protocol/transport.ts'

interface State {
  answer(response: ServerResponse): unknown
  calls: string[]
}

/** A server that answers as a test says, and the transport towards it. */
async function keyServer(t: Test) {
  const state: State = { answer: (response) => response.end('{}'), calls: [] }
  const server = createServer((request, response) => {
    state.calls.push(request.url ?? '')
    state.answer(response)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2`
  const transport = createTransport(500)
  t.teardown(() => Promise.all([transport.close(), server.close().closeAllConnections()]))
  return { state, issuer, transport }
}

const get = { method: 'GET', headers: { accept: 'application/json' } } as const

t.test('an answer is read whole; redirects are not followed; statuses are given as they are', async (t) => {
  const { state, issuer, transport } = await keyServer(t)
  state.answer = (response) =>
    response.writeHead(418, { 'content-type': 'Application/JSON; charset=utf-8' }).end('{"a":"é"}')
  const answer = await transport.exchange(`${issuer}/x?y=1`, get)
  t.match(answer, { status: 418, type: 'application/json' })
  t.same(await answer.json(), { a: 'é' })
  t.equal(state.calls[0], '/api/v2/x?y=1')
  state.answer = (response) => response.writeHead(302, { location: '/elsewhere' }).end()
  t.equal((await transport.exchange(issuer, get)).status, 302)
})

t.test('past the time or the size the exchange is cut', async (t) => {
  const { state, issuer, transport } = await keyServer(t)
  const refused = async (why: RegExp) => {
    const started = performance.now()
    await t.rejects(transport.exchange(issuer, get), { code: 'FST_FC_UNAVAILABLE', message: why })
    t.ok(performance.now() - started < 3000)
  }
  state.answer = () => {}
  await refused(/no whole answer in 500 ms/)
  state.answer = (response) => {
    const drip = setInterval(() => response.write(' '), 50)
    response.on('close', () => clearInterval(drip))
  }
  await refused(/no whole answer in 500 ms/)
  state.answer = (response) => void response.writeHead(200, { 'content-length': 10 ** 9 }).write('x')
  await refused(/over 1048576 bytes/)
  let closed = false
  state.answer = (response) => {
    const pour = () => {
      while (response.write(Buffer.alloc(65_536))) if (response.destroyed) return
    }
    response.on('drain', pour).on('close', () => {
      closed = true
    })
    pour()
  }
  await refused(/over 1048576 bytes/)
  await new Promise((resolve) => setTimeout(resolve, 100))
  t.ok(closed, 'the transfer is cut')
  state.answer = (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{}'))
  await refused(/compressed/)
  state.answer = (response) => response.destroy()
  await refused(/UND_ERR_SOCKET|ECONNRESET/)
})

t.test('a dispatcher of one’s own is used, and not closed', async (t) => {
  const { issuer } = await keyServer(t)
  const dispatcher = new Agent()
  const transport = createTransport(500, dispatcher)
  t.equal((await transport.exchange(issuer, get)).status, 200)
  await transport.close()
  t.equal(dispatcher.closed, false)
  await dispatcher.close()
})

t.test('nothing listens: one sentence, with the address', async (t) => {
  const transport = createTransport(500)
  await t.rejects(transport.exchange('http://127.0.0.1:9/api/v2/token', get), {
    message:
      'Not available for now: http://127.0.0.1:9/api/v2/token: ECONNREFUSED: is franceconnect-sandbox running there?'
  })
  await transport.close()
})
