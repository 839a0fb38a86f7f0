import t, { type Test } from 'tap'
import { Agent } from 'undici'
import { createHttp, type Dispatcher, dispatcherFlaw, type HttpRequest } from '../../src/http/http.ts'
import { answering, rawServer } from '../raw-server.ts'

async function outcomeOf(t: Test, request: Partial<HttpRequest> & { url: string }, dispatcher?: Dispatcher) {
  const http = createHttp({ timeout: 5000, dispatcher })
  t.teardown(() => http.close())
  return http.exchange({ method: 'GET', ...request }).catch((failure: unknown) => failure)
}

t.test('an answer that nobody asked for is healed on a connection of its own, then known', async (t) => {
  let connections = 0
  const url = await rawServer(t, (socket) => {
    connections++
    socket.end('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}')
  })
  const http = createHttp({ timeout: 5000 })
  t.teardown(() => http.close())
  const once = () => http.exchange({ method: 'GET', url }).catch((failure: unknown) => failure)
  t.match(await once(), { reason: 'lost', detail: 'interim answer' })
  t.match(await once(), { status: 200, text: '{}' })
  t.equal(connections, 2)
  t.match(await outcomeOf(t, { url, alone: true }), { status: 200 }, 'at once when alone is asked')
})

t.test('a POST alone carries its body', async (t) => {
  const server = await answering(t)
  server.answer = (request, response) => {
    request.pipe(response)
  }
  t.match(await outcomeOf(t, { method: 'POST', url: server.url, body: 'é', alone: true }), { text: 'é' })
})

t.test('settings of this service are told apart', async (t) => {
  const server = await answering(t)
  const headers = { 'x-name': 'Zoë\nx: y' }
  t.match(await outcomeOf(t, { url: server.url, headers }), { reason: 'header', detail: 'x-name' })
  server.answer = (_, response) => response.writeHead(407).end()
  t.match(await outcomeOf(t, { url: server.url, redirect: 'answer' }), { reason: 'proxy', detail: '407' })
  const reasons = {
    SELF_SIGNED_CERT_IN_CHAIN: 'tls',
    UNSPECIFIED: 'tls',
    UND_ERR_PRX_TLS: 'tls',
    UND_ERR_PRX_CONN: 'proxy'
  }
  for (const [code, reason] of Object.entries(reasons)) {
    const told = Object.assign(new Error('self-signed certificate: CN=secret'), { code })
    const failing = new Agent({ connect: (_: unknown, done) => done(told, null) })
    t.teardown(() => failing.destroy())
    t.match(await outcomeOf(t, { url: server.url }, failing), { reason, message: `${reason} (${code})` })
  }
})

t.test('a dispatcher of undici 6 is told, one of undici 7 or of a test is not', (t) => {
  class DispatcherBase {
    dispatch(): boolean {
      throw new Error('invalid onError method')
    }
  }
  class Old extends DispatcherBase {}
  t.match(dispatcherFlaw(new Old() as unknown as Dispatcher), /undici 7/)
  const agent = new Agent()
  t.teardown(() => agent.destroy())
  t.equal(dispatcherFlaw(agent), undefined)
  t.equal(dispatcherFlaw({ dispatch: () => true } as unknown as Dispatcher), undefined)
  t.end()
})
