import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pause, until } from '../tally.ts'
import { freePort } from './redis.ts'

interface Node {
  port: number
  process: ChildProcess | null
}

/** Milliseconds without an answer after which the others take a node for dead. */
const nodeTimeout = 1000

/** Three primaries of Redis and a replica of each, on the loopback, every command on disk before it is answered. */
export interface RedisCluster {
  readonly ports: readonly number[]
  /** `kill -9` of a primary that has a replica; gives its port. */
  killPrimary(): Promise<number>
  startAgain(port: number): Promise<void>
  /** Waits until every slot is served again; milliseconds. */
  whole(): Promise<number>
  close(): Promise<void>
}

export async function startRedisCluster(): Promise<RedisCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'reliability-cluster-'))
  const nodes: Node[] = []
  const stop = () => {
    for (const node of nodes) node.process?.kill('SIGKILL')
  }
  process.on('exit', stop)
  for (let i = 0; i < 6; i++) nodes.push({ port: await busPort(), process: null })
  for (const node of nodes) await start(node, folder)
  const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`)
  execFileSync('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-replicas', '1', '--cluster-yes'])
  const living = () => nodes.filter((node) => node.process !== null)
  const isWhole = async () => living().every(({ port }) => cli(port, 'cluster', 'info').includes('cluster_state:ok'))
  const whole = () => until(30_000, isWhole)
  await whole()
  await until(30_000, async () => nodes.every(({ port }) => roleOf(port) !== 'slave' || isLinked(port)))

  return {
    ports: nodes.map(({ port }) => port),
    async killPrimary() {
      const node = living().find(({ port }) => cli(port, 'info', 'replication').includes('connected_slaves:1'))!
      await kill(node)
      return node.port
    },
    async startAgain(port) {
      await start(nodes.find((node) => node.port === port)!, folder)
      await until(30_000, async () => isLinked(port))
    },
    async whole() {
      // the others have to see it first
      await pause(2 * nodeTimeout)
      return whole()
    },
    async close() {
      await Promise.all(living().map(kill))
      process.off('exit', stop)
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

async function start(node: Node, folder: string): Promise<void> {
  const own = ['--cluster-enabled', 'yes', '--cluster-node-timeout', String(nodeTimeout)]
  const files = [
    '--dir',
    folder,
    '--cluster-config-file',
    `nodes-${node.port}.conf`,
    '--appenddirname',
    `aof-${node.port}`
  ]
  const disk = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', '']
  const given = ['--port', String(node.port), '--bind', '127.0.0.1', ...own, ...files, ...disk]
  node.process = spawn('redis-server', given, { stdio: 'ignore' })
  await until(10_000, async () => cli(node.port, 'ping').startsWith('PONG'))
}

async function kill(node: Node): Promise<void> {
  const gone = new Promise((exited) => node.process?.once('exit', exited))
  node.process?.kill('SIGKILL')
  await gone
  node.process = null
}

function cli(port: number, ...words: string[]): string {
  try {
    return execFileSync('redis-cli', ['-p', String(port), ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore']
    })
  } catch {
    return ''
  }
}

const roleOf = (port: number) => cli(port, 'role').split('\n')[0]
const isLinked = (port: number) => cli(port, 'info', 'replication').includes('master_link_status:up')

/** Its bus listens ten thousand above. */
async function busPort(): Promise<number> {
  for (;;) {
    const port = await freePort()
    if (port < 55_000) return port
  }
}
