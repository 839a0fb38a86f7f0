import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Why no Redis can be started on this machine; `false` where one can. In CI nothing is skipped. */
export const noRedis: string | false =
  process.env.CI === 'true' || spawnSync('redis-server', ['--version']).status === 0
    ? false
    : 'redis-server is not installed'

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** A Redis of its own, on a free port, that forgets everything. */
export async function startRedis(more: readonly string[] = []): Promise<{ url: string; stop(): void }> {
  const port = await freePort()
  const redis = spawn('redis-server', [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    ...more
  ])
  for await (const line of redis.stdout) if (String(line).includes('Ready to accept connections')) break
  return { url: `redis://127.0.0.1:${port}`, stop: () => redis.kill() }
}
