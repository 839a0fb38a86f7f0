import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { startSandbox } from 'franceconnect-sandbox'
import { buildProxy } from './proxy.ts'
import type { Settings } from './settings.ts'

const port = Number(process.env.PORT ?? 3000)
const baseUrl = `http://localhost:${port}`
const children: ChildProcess[] = []
let stopping = false
process.once('exit', () => {
  for (const child of children) child.kill()
})

/** A Redis for the demonstration, unless REDIS_URL names one. */
async function redisUrl(): Promise<string> {
  if (process.env.REDIS_URL !== undefined) return process.env.REDIS_URL
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const address = free.address()
  free.close()
  const redisPort = typeof address === 'object' && address !== null ? address.port : 6379
  const redis = spawn('redis-server', [
    '--port',
    String(redisPort),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no'
  ])
  children.push(redis)
  redis.once('error', () => {
    console.error('redis-server est introuvable : installez Redis, ou donnez l’adresse du vôtre dans REDIS_URL.')
    process.exit(1)
  })
  for await (const line of redis.stdout) if (String(line).includes('Ready to accept connections')) break
  return `redis://127.0.0.1:${redisPort}`
}

async function startInstance(settings: Settings): Promise<string> {
  const child = fork(new URL(import.meta.url.endsWith('.ts') ? './instance.ts' : './instance.js', import.meta.url))
  children.push(child)
  child.send(settings)
  const stopped = once(child, 'exit').then(() => {
    throw new Error(`instance ${settings.name} stopped before it listened`)
  })
  const [origin] = (await Promise.race([once(child, 'message'), stopped])) as [string]
  stopped.catch(() => !stopping && process.exit(1))
  return origin
}

const sandbox = await startSandbox({ port: Number(process.env.SANDBOX_PORT ?? 4000), baseUrl })
const shared = {
  redisUrl: await redisUrl(),
  franceConnect: { ...sandbox.franceConnectOptions, baseUrl },
  providers: sandbox.fcDataOptions.providers
}
const origins = await Promise.all(['A', 'B'].map((name) => startInstance({ ...shared, name })))
const proxy = await buildProxy(origins)
await proxy.listen({ port, host: 'localhost' })
console.log(`Ouvrez ${baseUrl} : chaque page vient tour à tour de l’instance A et de l’instance B. Ctrl-C arrête tout.`)

const stop = async () => {
  stopping = true
  await Promise.all([proxy.close(), sandbox.close()])
  process.exit()
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop)
