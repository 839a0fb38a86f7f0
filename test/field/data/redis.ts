import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'

const installed = process.env['CI'] === 'true' || spawnSync('redis-server', ['--version']).status === 0
export const skip: string | false = installed ? false : 'redis-server is not installed'

export async function startRedis(t: Test): Promise<string> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const { port } = probe.address() as AddressInfo
  await new Promise((closed) => probe.close(closed))
  const dir = mkdtempSync(join(tmpdir(), 'fc-data-held-'))
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', dir], {
    stdio: 'ignore'
  })
  t.teardown(async () => {
    server.kill()
    await once(server, 'exit')
    rmSync(dir, { recursive: true, force: true })
  })
  return `redis://127.0.0.1:${port}`
}
