import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { quietPort } from '../port.ts'

const debian = '/usr/lib/postgresql'
const version = existsSync(debian) ? readdirSync(debian).sort().at(-1) : undefined
const bin = version === undefined ? undefined : join(debian, version, 'bin')

/** Why no PostgreSQL can be started on this machine; `false` where one can. In CI nothing is skipped. */
export const noPostgres: string | false =
  process.env.CI === 'true' || bin !== undefined ? false : 'postgresql is not installed'

/** PostgreSQL refuses to run as root. */
const asItself = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : ['env']

/** A PostgreSQL of its own, on a free port, that forgets everything. */
export async function startPostgres(): Promise<{ port: number; stop(): Promise<void> }> {
  const [command = '', ...first] = asItself
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  chmodSync(folder, 0o777)
  const data = join(folder, 'data')
  const env = { PATH: process.env.PATH, LC_ALL: 'C' }
  // it takes seconds, in which the sandboxes of this process must answer
  const init = [`${bin}/initdb`, '-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync']
  await promisify(execFile)(command, [...first, ...init], { env })
  const port = await quietPort()
  const options = ['-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1', '-c', 'fsync=off']
  const server = spawn(command, [...first, `${bin}/postgres`, ...options], { env, detached: true })
  for await (const line of server.stderr) if (String(line).includes('ready to accept connections')) break
  server.stderr.resume()
  return {
    port,
    async stop() {
      const ended = once(server, 'exit')
      process.kill(-(server.pid ?? 0), 'SIGINT')
      await ended
      await rm(folder, { recursive: true, force: true })
    }
  }
}
