import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createRawServer, type Socket } from 'node:net'
import Fastify from 'fastify'
import fcData from 'fastify-fc-data'
import t, { type Test } from 'tap'
import { Agent, type Dispatcher, ProxyAgent } from 'undici'
import { GOOD, providersAt, QF, qf, startCitizens } from './citizens.ts'
import { json, startHost } from './host.ts'

/** A proxy that answers this to every CONNECT and every request. */
async function proxyOf(t: Test, status: number): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status).end())
  server.on('connect', (_, socket) => socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.teardown(() => void server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

for (const status of [407, 403, 502]) {
  for (const scheme of ['https', 'http']) {
    if (scheme === 'http' && status !== 407) continue
    t.test(`a proxy that answers ${status} is said to be the proxy (${scheme})`, async (t) => {
      const dispatcher = new ProxyAgent({ uri: await proxyOf(t, status), proxyTunnel: scheme === 'https' })
      t.teardown(() => dispatcher.close())
      const { refused } = await startCitizens(t, `${scheme}://127.0.0.1:9`, { dispatcher })
      for (const login of ['a', 'b', 'c', 'd', 'e', 'f']) {
        const error = await refused(login, qf)
        t.match(error, { code: 'FST_FC_DATA_UNAVAILABLE', remedy: 'configuration' })
        t.match(error.message, new RegExp(`proxy \\(${status}\\)`), 'not an outage of the provider')
      }
    })
  }
}

/** Takes the handlers of undici 6 alone, as its dispatchers do: the same refusal, in the same words. */
class DispatcherBase {
  dispatch(_: unknown, handler: { onError?: unknown }): boolean {
    if (typeof handler.onError === 'function') return true
    throw Object.assign(new Error('invalid onError method'), { code: 'UND_ERR_INVALID_ARG' })
  }
}
class OldAgent extends DispatcherBase {}

t.test('a dispatcher of undici 6 fails the boot', async (t) => {
  const old = new OldAgent() as unknown as Dispatcher
  const boot = async () => Fastify().register(fcData, options(old))
  await t.rejects(boot, { code: 'FST_FC_DATA_INVALID_OPTIONS', message: /undici 6/ })
  const agent = new Agent()
  t.teardown(() => agent.close())
  await Fastify().register(fcData, options(agent))
  await Fastify().register(fcData, options(agent.compose((dispatch) => (opts, handler) => dispatch(opts, handler))))
})

t.test('the one that comes with node is told from it', async (t) => {
  // its fetch carries one, of undici 6 or 7 according to its version, unless undici was imported before
  const script = `
    await fetch('data:,')
    const dispatcher = globalThis[Symbol.for('undici.globalDispatcher.1')]
    const [{ default: Fastify }, { default: fcData }] = await Promise.all([import('fastify'), import('fastify-fc-data')])
    const given = { apis: ['dss/prime-activite'], providers: { apiParticulier: { recipient: '13002526500013', baseUrl: 'https://data.example' } } }
    try {
      await Fastify().register(fcData, { ...given, getAccessToken: () => null, dispatcher })
      console.log('taken')
    } catch (error) {
      console.log(error.message)
    }`
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  t.match(said, process.versions['undici']?.startsWith('6.') ? /undici 6/ : /^taken/)
})

function options(dispatcher: Dispatcher) {
  return { apis: [QF], providers: providersAt('https://data.example'), getAccessToken: () => null, dispatcher }
}

t.test('where the boot cannot see it, the call says so', async (t) => {
  const hidden = {
    dispatch: (_: unknown, handler: object) => new OldAgent().dispatch(_, handler)
  } as unknown as Dispatcher
  const { refused } = await startCitizens(t, 'https://data.example', { dispatcher: hidden })
  t.match(await refused('a', qf), { code: 'FST_FC_DATA_UNAVAILABLE', remedy: 'configuration', message: /undici 6/ })
})

t.test('a token with a line break or a euro is not blamed on the provider', async (t) => {
  const host = await startHost(t)
  for (const value of ['abc\r\nx: y', 'abc\n', 'prix-en-€', 'é', 'two words']) {
    const { refused, logs } = await startCitizens(t, host.url, {
      getAccessToken: () => ({ value, expiresAt: new Date(Date.now() + 60_000), scope: QF.scopes, loginId: 'l' })
    })
    const error = await refused('a', qf)
    t.match(error, { code: 'FST_FC_DATA_INVALID_OPTIONS', remedy: 'configuration', message: /getAccessToken/ })
    t.notMatch(error.message + logs(), /abc|prix-en/)
  }
  t.equal(host.seen.length, 0)
})

t.test('a sub that is no text is said to be so, whoever reads the access records', async (t) => {
  const host = await startHost(t)
  host.answers((_, response) => json(response, 200, GOOD))
  const token = { value: 'jeton', expiresAt: new Date(Date.now() + 60_000), scope: QF.scopes, loginId: 'l' }
  for (const sub of [123, {}, ['a']]) {
    const getAccessToken = () => ({ ...token, sub: sub as unknown as string })
    const { refused } = await startCitizens(t, host.url, { getAccessToken, onAccess: () => undefined })
    t.match(await refused('a', qf), { code: 'FST_FC_DATA_INVALID_OPTIONS', message: /getAccessToken .* sub/ })
  }
  for (const sub of [undefined, null, '', 'sub']) {
    const getAccessToken = () => ({ ...token, sub: sub as string })
    const { as } = await startCitizens(t, host.url, { getAccessToken, onAccess: () => undefined })
    t.match(await as('a', qf), { data: GOOD.data })
  }
})

t.test('so is a header of one’s own provider object', async (t) => {
  const host = await startHost(t)
  const { defineApi } = await import('fastify-fc-data')
  for (const key of ['clé-à-10-€', 'a\nb']) {
    const provider = { name: 'region', headers: () => ({ 'x-cle': key }) }
    const carte = defineApi({ name: 'region/carte', url: `${host.url}/carte`, scopes: [], provider })
    const { refused } = await startCitizens(t, host.url, { apis: [carte] })
    const error = await refused('a', (request) => request.fcData(carte))
    t.match(error, { code: 'FST_FC_DATA_CREDENTIALS_FAILED', remedy: 'configuration', message: /x-cle/ })
    t.notMatch(error.message, /10-€/)
  }
})

/** Writes these bytes before each good answer. */
async function rawHost(t: Test, before: string): Promise<{ url: string; requests(): number }> {
  const sockets = new Set<Socket>()
  const body = JSON.stringify(GOOD)
  let requests = 0
  const server = createRawServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('data', () => {
      requests++
      socket.write(before)
      const answer = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
      setTimeout(() => socket.write(answer), 5)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests }
}

for (const before of [
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 102 Processing\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'
]) {
  t.test(`an unsolicited ${before.slice(9, 12)} is ignored`, async (t) => {
    const host = await rawHost(t, before)
    const { as } = await startCitizens(t, host.url)
    for (const login of ['a', 'b', 'c', 'd', 'e', 'f']) t.match(await as(login, qf), { data: GOOD.data })
    t.ok(host.requests() <= 7, 'and learnt once')
  })
}

t.test('an unsolicited 101 is told at once: nobody waits for what will not come', async (t) => {
  const host = await rawHost(t, 'HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n')
  const { refused } = await startCitizens(t, host.url)
  const started = performance.now()
  t.match(await refused('a', qf), { code: 'FST_FC_DATA_INVALID_RESPONSE', message: /101/ })
  t.ok(performance.now() - started < 10_000, 'long before the time-out')
})

t.test('in a hook before the plugin, the order is said', async (t) => {
  const host = await startHost(t)
  host.answers((_, response) => json(response, 200, GOOD))
  const app = Fastify()
  t.teardown(() => app.close())
  let said: unknown
  app.addHook('onRequest', async (request) => {
    said = await request.fcData('dss/quotient-familial').catch((error: unknown) => error)
  })
  await app.register(fcData, { ...options(new Agent()), getAccessToken: () => null })
  app.get('/', (request) => request.fcData('dss/quotient-familial'))
  t.match((await app.inject('/')).json(), { code: 'FST_FC_DATA_LOGIN_REQUIRED', message: /guard the route/ })
  t.match(said, { code: 'FST_FC_DATA_LOGIN_REQUIRED', message: /hook/ })
})
