import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Why the tests on Redis cannot run here, or `false`; in CI they never pass for run. */
export function withoutRedis(): string | false {
  const absent = spawnSync('redis-server', ['--version']).error !== undefined
  return absent && process.env['CI'] !== 'true' ? 'redis-server is not installed' : false
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

export interface Redis {
  url: string
  start(): Promise<void>
  stop(): Promise<void>
}

/** A Redis of our own, its data kept on disk between a stop and a start. */
export async function startRedis(): Promise<Redis> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'redis-'))
  let child: ChildProcess | null = null
  const redis: Redis = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      child = spawn(
        'redis-server',
        ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--save', ''],
        { stdio: ['ignore', 'pipe', 'inherit'] }
      )
      for await (const line of createInterface({ input: child.stdout! })) if (line.includes('Ready to accept')) break
      child.stdout!.resume()
    },
    async stop() {
      if (child === null || child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
  }
  await redis.start()
  return redis
}

/** Starts an instance of the service in a process of its own; gives its origin. */
export async function startInstance(env: Record<string, string>): Promise<{ origin: string; stop(): Promise<void> }> {
  const loader = new URL('../../../../test/_loader/register.mjs', import.meta.url).href
  const script = new URL('./instance.ts', import.meta.url).pathname
  // tap puts itself into every Node.js that a test starts, by NODE_OPTIONS: slow, and no service has it.
  const child = spawn('env', ['-u', 'NODE_OPTIONS', process.execPath, '--import', loader, script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
  }
}
