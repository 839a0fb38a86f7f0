import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'redis'

export const redisInstalled = spawnSync('redis-server', ['--version']).status === 0

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const server of running) server.kill('SIGKILL')
})

/** A Redis server of its own that can be killed; it writes every command to disk before it answers. */
export class Redis {
  readonly port: number
  readonly #folder = mkdtempSync(join(tmpdir(), 'reliability-redis-'))
  #server: ChildProcess | undefined

  constructor(port: number) {
    this.port = port
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  async start(): Promise<void> {
    const files = ['--dir', this.#folder, '--appendonly', 'yes', '--appendfsync', 'always', '--save', '']
    this.#server = spawn('redis-server', ['--port', String(this.port), '--bind', '127.0.0.1', ...files], {
      stdio: 'ignore'
    })
    running.add(this.#server)
    for (let tries = 0; tries < 100; tries++) {
      if ((await this.size().catch(() => undefined)) !== undefined) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('redis-server does not start')
  }

  async kill(): Promise<void> {
    const server = this.#server
    if (!server) return
    const gone = new Promise((exited) => server.once('exit', exited))
    server.kill('SIGKILL')
    await gone
    running.delete(server)
    this.#server = undefined
  }

  /** Stops it in the middle of what it does: its connections stay open, and nothing answers. */
  stall(): void {
    this.#server?.kill('SIGSTOP')
  }

  goOn(): void {
    this.#server?.kill('SIGCONT')
  }

  /** How many keys it holds. */
  async size(): Promise<number> {
    const client = createClient({ url: this.url, socket: { reconnectStrategy: false } })
    client.on('error', () => {})
    try {
      await client.connect()
      return await client.dbSize()
    } finally {
      client.destroy()
    }
  }

  async close(): Promise<void> {
    await this.kill()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

export async function startRedis(): Promise<Redis> {
  const redis = new Redis(await freePort())
  await redis.start()
  return redis
}

export function freePort(): Promise<number> {
  const probe = createServer()
  return new Promise((found) => {
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => found(port))
    })
  })
}
