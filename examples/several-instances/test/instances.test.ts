import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startSandbox } from 'franceconnect-sandbox'
import t from 'tap'
import { buildInstance } from '../src/server.ts'
import { freePort, noRedis, startRedis } from './redis.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

t.test('a login made on one instance holds on the other, and so does the logout', { skip: noRedis }, async (t) => {
  const redis = await startRedis()
  const baseUrl = 'http://localhost:3000'
  const sandbox = await startSandbox({ port: 0, baseUrl })
  const franceConnect = { ...sandbox.franceConnectOptions, baseUrl }
  const { providers } = sandbox.fcDataOptions
  const settings = (name: string) => ({ name, redisUrl: redis.url, franceConnect, providers })
  const a = await buildInstance(settings('A'))
  const b = await buildInstance(settings('B'))
  t.teardown(async () => {
    await Promise.all([a.close(), b.close(), sandbox.close()])
    redis.stop()
  })

  const headers = await sandbox.login(a, 'test')
  t.match((await a.inject({ url: '/quotient', headers })).json(), { instance: 'A', quotient: 872 })
  t.match((await b.inject({ url: '/quotient', headers })).json(), { instance: 'B', quotient: 872 })
  await b.inject({ url: '/franceconnect/logout', headers })
  t.equal((await a.inject({ url: '/quotient', headers })).statusCode, 401)
})

t.test('one command starts it all behind one address', { skip: noRedis }, async (t) => {
  const [PORT, SANDBOX_PORT] = [await freePort(), await freePort()].map(String)
  const child = spawn(
    process.execPath,
    ['--import', here('../../../test/_loader/register.mjs'), here('../src/start.ts')],
    {
      // Without the options that the test runner adds for itself.
      env: { ...process.env, NODE_OPTIONS: '', PORT, SANDBOX_PORT },
      stdio: ['ignore', 'pipe', 'inherit']
    }
  )
  t.teardown(() => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  const title = async () => /Instance [AB]/.exec(await (await fetch(`http://localhost:${PORT}/`)).text())?.[0]
  t.strictSame(new Set([await title(), await title()]), new Set(['Instance A', 'Instance B']))
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  t.equal(code, 0, 'and stops it all')
})
