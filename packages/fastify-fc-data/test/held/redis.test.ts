import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from 'redis'
import t, { type Test } from 'tap'
import type { FcDataStore } from '../../src/held/memory-store.ts'
import { dataApp, providersAt } from '../data-app.ts'
import { json, startDataServer } from '../data-server.ts'

const installed = process.env['CI'] === 'true' || spawnSync('redis-server', ['--version']).status === 0
const skip = installed ? false : 'redis-server is not installed'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function startRedis(t: Test): Promise<() => ReturnType<typeof createClient>> {
  const port = await freePort()
  const dir = mkdtempSync(join(tmpdir(), 'fc-data-redis-'))
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', dir], {
    stdio: 'ignore'
  })
  t.teardown(() => {
    server.kill()
    rmSync(dir, { recursive: true, force: true })
  })
  return () => {
    const client = createClient({ url: `redis://127.0.0.1:${port}`, disableOfflineQueue: true })
    client.on('error', () => undefined)
    return client
  }
}

t.test('answers are held in Redis for every instance, sealed, and gone when forgotten', { skip }, async (t) => {
  const clientOf = await startRedis(t)
  const redis = clientOf()
  for (let tries = 0; tries < 50 && !redis.isReady; tries++) {
    await redis.connect().catch(() => sleep(100))
  }
  t.teardown(() => {
    if (redis.isOpen) redis.destroy()
  })
  const store: FcDataStore = {
    get: (key) => redis.get(key),
    set: (key, value, seconds) => redis.set(key, value, { EX: seconds }),
    delete: (key) => redis.del(key)
  }
  const server = await startDataServer(t)
  server.answer((_, response) => json(response, 200, { data: { quotient_familial: { fournisseur: 'citizen-datum' } } }))
  const apis = [{ name: 'dss/quotient-familial' as const, scopes: ['cnaf_quotient_familial'] as const }]
  const options = { apis, providers: providersAt(server.url), store, secret: 'a-secret-of-thirty-two-characters!' }
  const [one, two] = [await dataApp(t, options), await dataApp(t, options)]

  t.match(await one.inside((request) => request.fcData('dss/quotient-familial')), { meta: { held: false } })
  t.match(
    await two.inside((request) => request.fcData('dss/quotient-familial')),
    { meta: { held: true } },
    'by the other instance'
  )
  t.equal(server.calls.length, 1)
  const [key, ...others] = await redis.keys('fc-data:answer:*')
  t.strictSame(others, [])
  t.notMatch(`${key} ${await redis.get(key!)}`, /citizen-datum|login-1/)
  const life = await redis.ttl(key!)
  t.ok(life > 1700 && life <= 1800, 'with its life')
  await two.app.fcData.forget('login-1')
  t.match(
    await one.inside((request) => request.fcData('dss/quotient-familial')),
    { meta: { held: false } },
    'its bytes leave with their life, and are found no more'
  )

  redis.destroy()
  t.match(
    await one.inside((request) => request.fcData('dss/quotient-familial')),
    { data: Object },
    'and without Redis the page goes on'
  )
})
