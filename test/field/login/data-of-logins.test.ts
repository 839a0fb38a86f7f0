import { Agent, request as ask } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { FastifyRequest } from 'fastify'
import fcData from 'fastify-fc-data'
import t, { type Test } from 'tap'
import { sandboxFor, serviceFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import { Jar, open } from './services.ts'

// whole logins, many of them, on a machine that may be busy
t.setTimeout(120_000)
const sandbox = await sandboxFor(t)
const [angela, basile] = sandbox.citizens.filter(({ id }) => id !== undefined)
const name = 'dss/quotient-familial'
sandbox.answer(name, angela!.id, { quotient_familial: { valeur: 111 } })
sandbox.answer(name, basile!.id, { quotient_familial: { valeur: 222 } })

async function read(request: FastifyRequest): Promise<number | string | undefined> {
  const { data, error } = await request.fcData.try(name)
  return data?.quotient_familial?.valeur ?? error?.code
}

/** A service whose hook on every route reads the citizen's data, as `onLogin` and the pages do. */
async function start(t: Test, waits: boolean) {
  const seen: { before: unknown; during: unknown }[] = []
  const app = await serviceFor(t, sandbox, {
    async late(app) {
      await app.register(fcData, { ...sandbox.fcDataOptions, apis: [name] })
      app.get('/qf', async (request) => ({ sub: request.franceConnect?.sub ?? null, valeur: await read(request) }))
      app.get('/qf-then-logout', async (request, reply) => {
        const before = await read(request)
        await app.franceConnect.logout(request, reply)
        seen.push({ before, during: await read(request) })
        return reply
      })
    },
    async before(app) {
      app.addHook('preHandler', async (request) => {
        if (!request.url.startsWith('/franceconnect/callback')) return
        const before = read(request)
        pending.set(request, waits ? await before : before)
      })
    },
    async onLogin(request) {
      seen.push({ before: await pending.get(request), during: await read(request) })
    }
  })
  const pending = new WeakMap<FastifyRequest, unknown>()
  const logIn = async (jar: Jar, id: string) => {
    const login = await open(app, jar, '/franceconnect/login')
    return open(app, jar, await sandbox.authorize(String(login.headers.location), id))
  }
  return { app, seen, logIn }
}

for (const waits of [true, false])
  t.test(`a hook ${waits ? 'has read' : 'reads'} for the citizen of before when another logs in`, async (t) => {
    const { app, seen, logIn } = await start(t, waits)
    const jar = new Jar()
    await logIn(jar, angela!.id)
    t.same(seen.pop(), { before: 'FST_FC_DATA_LOGIN_REQUIRED', during: 111 })
    t.match((await open(app, jar, '/qf')).json(), { valeur: 111 })
    await logIn(jar, basile!.id)
    const { before, during } = seen.pop()!
    t.ok(before === 111 || typeof before === 'string', `the hook: ${before}`)
    t.equal(during, 222)
    t.match((await open(app, jar, '/qf')).json(), { valeur: 222 })
  })

t.test('a page reads, logs out, and reads again: nobody’s', async (t) => {
  const { app, seen, logIn } = await start(t, true)
  const jar = new Jar()
  await logIn(jar, angela!.id)
  await open(app, jar, '/qf-then-logout')
  t.same(seen.pop(), { before: 111, during: 'FST_FC_DATA_LOGIN_REQUIRED' })
})

t.test('two citizens and nobody in turn on one connection that is kept open', async (t) => {
  const { app, logIn } = await start(t, true)
  const [one, two] = [new Jar(), new Jar()]
  await Promise.all([logIn(one, angela!.id), logIn(two, basile!.id)])
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => agent.destroy())
  const ports = new Set<number | undefined>()
  const get = (cookie: string) =>
    new Promise<{ sub: string | null; valeur: unknown }>((done, fail) => {
      const sent = ask({ port, host: '127.0.0.1', path: '/qf', agent, headers: { cookie } }, (answer) => {
        ports.add(answer.socket.localPort)
        text(answer).then((body) => done(JSON.parse(body)), fail)
      })
      sent.on('error', fail).end()
    })
  for (let turn = 0; turn < 3; turn += 1)
    for (const [cookie, valeur] of [
      [one.header, 111],
      ['', 'FST_FC_DATA_LOGIN_REQUIRED'],
      [two.header, 222]
    ] as const)
      t.match(await get(cookie), { valeur })
  t.equal(ports.size, 1)
})
