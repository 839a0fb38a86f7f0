import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../tally.ts'
import { freePort } from './redis.ts'

/** Milliseconds without an answer after which the sentinels take the primary for dead. */
const downAfter = 1000

/** A primary of Redis, two replicas and three sentinels that watch it, on the loopback. */
export interface RedisSentinel {
  /** Of the sentinels. */
  readonly ports: readonly number[]
  /** Stops the primary in the middle of what it does: its connections stay open, and nothing answers. */
  stall(): void
  goOn(): void
  /** Waits until a replica has the place of the primary that stalled; milliseconds. */
  replaced(): Promise<number>
  /** Waits until the primary that had stalled follows the new one; milliseconds. */
  demoted(): Promise<number>
  close(): Promise<void>
}

export async function startRedisSentinel(): Promise<RedisSentinel> {
  const folder = mkdtempSync(join(tmpdir(), 'reliability-sentinel-'))
  const running: ChildProcess[] = []
  const stop = () => {
    for (const server of running) server.kill('SIGKILL')
  }
  process.on('exit', stop)

  async function start(port: number, lines: string[], ...given: string[]): Promise<ChildProcess> {
    const file = join(folder, `${port}.conf`)
    const own = [`port ${port}`, 'bind 127.0.0.1', `dir ${folder}`, `appenddirname aof-${port}`]
    writeFileSync(file, `${[...own, ...lines].join('\n')}\n`)
    const server = spawn('redis-server', [file, ...given], { stdio: 'ignore' })
    running.push(server)
    await until(10_000, async () => cli(port, 'ping').startsWith('PONG'))
    return server
  }

  // a primary that nobody follows any more takes no write: it may have been replaced without knowing
  const disk = ['appendonly yes', 'appendfsync always', 'save ""', 'min-replicas-to-write 1', 'min-replicas-max-lag 2']
  const port = await freePort()
  const primary = await start(port, disk)
  for (let i = 0; i < 2; i++) await start(await freePort(), [...disk, `replicaof 127.0.0.1 ${port}`])
  await until(30_000, async () => cli(port, 'info', 'replication').split('state=online').length === 3)
  const watch = [
    `sentinel monitor primary 127.0.0.1 ${port} 2`,
    `sentinel down-after-milliseconds primary ${downAfter}`,
    'sentinel failover-timeout primary 5000'
  ]
  const ports: number[] = []
  for (let i = 0; i < 3; i++) {
    ports.push(await freePort())
    await start(ports[i]!, watch, '--sentinel')
  }
  const known = (name: string, one: number) =>
    Number(new RegExp(`${name}=(\\d+)`).exec(cli(one, 'info', 'sentinel'))?.[1])
  await until(30_000, async () => ports.every((one) => known('sentinels', one) === 3 && known('slaves', one) === 2))
  const addresses = () => ports.map((one) => cli(one, 'sentinel', 'get-master-addr-by-name', 'primary').split('\n')[1])

  return {
    ports,
    stall: () => void primary.kill('SIGSTOP'),
    goOn: () => void primary.kill('SIGCONT'),
    replaced: () => until(30_000, async () => addresses().every((one) => one !== undefined && one !== String(port))),
    demoted: () => until(30_000, async () => cli(port, 'info', 'replication').includes('master_link_status:up')),
    async close() {
      const gone = running.map((server) => new Promise((exited) => server.once('exit', exited)))
      stop()
      await Promise.all(gone)
      process.off('exit', stop)
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

function cli(port: number, ...words: string[]): string {
  try {
    return execFileSync('redis-cli', ['-p', String(port), ...words], {
      encoding: 'utf8',
      timeout: 2000,
      stdio: ['ignore', 'pipe', 'ignore']
    })
  } catch {
    return ''
  }
}
