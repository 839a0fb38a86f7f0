import type { IncomingMessage, ServerResponse } from 'node:http'
import fastifyExpress from '@fastify/express'
import middie from '@fastify/middie'
import express from 'express'
import Fastify from 'fastify'
import fcData from 'fastify-fc-data'
import franceConnect from 'fastify-franceconnect'
import { startSandbox } from 'franceconnect-sandbox'
import t, { type Test } from 'tap'
import { ask } from './ask.ts'

const sandbox = await startSandbox({ port: 0, baseUrl: 'http://localhost:3000', clock: 'process' })
t.teardown(() => sandbox.close())
const options = { ...sandbox.franceConnectOptions, baseUrl: 'http://localhost:3000' }
const html = { accept: 'text/html' }

async function listening(t: Test, app: ReturnType<typeof Fastify>) {
  t.teardown(() => app.close())
  return app.listen({ port: 0 })
}

t.test('Express registered before the plugin is told so by each guard, and by nothing else', async (t) => {
  for (const plugin of [fastifyExpress, middie]) {
    const app = Fastify()
    await app.register(plugin)
    await app.register(franceConnect, options)
    await app.register(fcData, { ...sandbox.fcDataOptions, apis: ['dss/quotient-familial'] })
    const old = express()
    old.get('/public', (request, response) => void response.end(String(request.franceConnect)))
    old.get('/login', app.franceConnect.requireLogin())
    old.get('/data', app.fcData.require('dss/quotient-familial'))
    old.get('/uncalled', app.franceConnect.requireLogin as never)
    app.use(old)
    const address = await listening(t, app)
    t.equal((await ask(`${address}/public`, {})).body, 'undefined')
    for (const [path, code, message] of [
      ['/login', 'FST_FC_INVALID_OPTIONS', /after fastify-franceconnect/],
      ['/data', 'FST_FC_DATA_INVALID_OPTIONS', /after fastify-fc-data/],
      ['/uncalled', 'FST_FC_INVALID_OPTIONS', /requireLogin was passed without being called/]
    ] as const) {
      const { status, body } = await ask(address + path, { accept: 'application/json' })
      t.equal(status, 500)
      t.match(JSON.parse(body), { code, message })
    }
  }
})

t.test('pages of Express alone keep a login from idling', async (t) => {
  const app = Fastify()
  await app.register(franceConnect, { ...options, idleTimeout: 600 })
  await app.register(middie)
  app.use(
    ['/moi'],
    (request: IncomingMessage, response: ServerResponse) => void response.end(String(request.franceConnect?.sub))
  )
  const address = await listening(t, app)
  const { cookie = '', ...others } = await sandbox.login(app, sandbox.citizens[0]!)
  const cookies = new Map(cookie.split('; ').map((pair) => pair.split(/=(.*)/s) as [string, string]))
  for (let minutes = 0; minutes < 24; minutes += 8) {
    sandbox.advance(8 * 60)
    const header = [...cookies].map((pair) => pair.join('=')).join('; ')
    const { body, headers } = await ask(`${address}/moi`, { ...others, ...html, cookie: header })
    t.not(body, 'undefined', `logged in ${minutes + 8} minutes later`)
    for (const line of headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
  }
})

t.test('a citizen who leaves before FranceConnect is reached is not let through', async (t) => {
  const app = Fastify()
  let run = 0
  await app.register(franceConnect, options)
  await app.register(fastifyExpress)
  const old = express()
  old.get('/compte', app.franceConnect.requireLogin(), (_request, response) => {
    run += 1
    response.end()
  })
  app.use(old)
  app.addHook('onSend', async (request) => void request.raw.destroy())
  const address = await listening(t, app)
  await t.rejects(ask(`${address}/compte`, { accept: 'text/html', 'sec-fetch-mode': 'navigate' }))
  t.equal(run, 0)
})

t.test('what the application put under the same name is left to it', async (t) => {
  const app = Fastify()
  await app.register(franceConnect, options)
  await app.register(middie)
  app.use((request, _response, next) => {
    request.franceConnect = null
    next()
  })
  app.use(
    ['/moi'],
    (request: IncomingMessage, response: ServerResponse) => void response.end(JSON.stringify(request.franceConnect))
  )
  const address = await listening(t, app)
  const headers = await sandbox.login(app, sandbox.citizens[0]!)
  t.equal((await ask(`${address}/moi`, headers)).body, 'null')
})

t.test(
  '@fastify/express sends by Fastify what Express sends, as a text: its own send comes back by one line',
  async (t) => {
    const app = Fastify()
    await app.register(franceConnect, options)
    await app.register(async (scope) => {
      await scope.register(fastifyExpress)
      scope.use((_request, response, next) => {
        Reflect.deleteProperty(response, 'send')
        next()
      })
      const old = express()
      old.get('/page', app.franceConnect.requireLogin(), (_request, response) => void response.send('<p>page</p>'))
      old.use((_request, response) => void response.status(404).send('<p>aucune</p>'))
      scope.use(old)
      scope.all('/*', (_request, reply) => reply.callNotFound())
    })
    const address = await listening(t, app)
    const headers = await sandbox.login(app, sandbox.citizens[0]!)
    const page = await ask(`${address}/page`, headers)
    t.match(page.headers, { 'content-type': /^text\/html/, 'cache-control': 'no-store' })
    t.match(await ask(`${address}/rien`, html), { status: 404, body: 'aucune' }, 'a last handler of Express')
  }
)
