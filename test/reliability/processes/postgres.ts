import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { until } from '../tally.ts'
import { freePort } from './redis.ts'

const debian = '/usr/lib/postgresql'
const version = existsSync(debian) ? readdirSync(debian).sort().at(-1) : undefined
/** PostgreSQL refuses to run as root. */
const asItself = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : ['env']

/** A PostgreSQL of its own that can be killed; what it answered is on its disk. */
export interface Postgres {
  url: string
  kill(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

export async function startPostgres(): Promise<Postgres> {
  if (version === undefined) throw new Error('postgresql is not installed')
  const bin = join(debian, version, 'bin')
  const folder = mkdtempSync(join(tmpdir(), 'reliability-postgres-'))
  chmodSync(folder, 0o777)
  const [command = '', ...first] = asItself
  const data = join(folder, 'data')
  const env = { PATH: process.env['PATH'], LC_ALL: 'C' }
  execFileSync(command, [...first, `${bin}/initdb`, '-D', data, '-U', 'postgres', '-A', 'trust'], { env })
  const port = await freePort()
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`
  let server: ChildProcess | null = null

  async function answers(): Promise<boolean> {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.query('select 1')
      return true
    } catch {
      return false
    } finally {
      await client.end().catch(() => {})
    }
  }

  async function start(): Promise<void> {
    const given = ['-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1']
    server = spawn(command, [...first, `${bin}/postgres`, ...given], { env, detached: true, stdio: 'ignore' })
    if ((await until(20_000, answers)) > 20_000) throw new Error('postgres does not start')
  }

  async function kill(): Promise<void> {
    if (server?.pid === undefined) return
    const gone = new Promise((exited) => server?.once('exit', exited))
    // the whole group: its own children would go on for a moment
    process.kill(-server.pid, 'SIGKILL')
    await gone
    server = null
  }

  await start()
  return {
    url,
    kill,
    start,
    async close() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
