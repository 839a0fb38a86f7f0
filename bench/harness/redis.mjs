import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, pinTo, startChild } from './child.mjs'

/** A Redis server in memory alone, beside the driver; `ask` sends it one command. */
export async function startRedis() {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'bench-redis-'))
  const [file, ...given] = pinTo(1, ['redis-server', '--port', String(port), '--bind', '127.0.0.1', '--save', ''])
  const server = spawn(file, [...given, '--dir', folder], { stdio: 'ignore' })
  const kill = () => server.kill('SIGKILL')
  process.once('exit', kill)
  const ask = (...words) => command(port, words)
  for (let tries = 0; ; tries++) {
    if ((await ask('PING').catch(() => '')) === 'PONG') break
    if (tries === 100) throw new Error('redis-server does not start')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    ask,
    /** Bytes of all keys and values, and how many keys there are. */
    async held() {
      const sum = `local n = 0 for _, k in ipairs(redis.call('KEYS', '*')) do n = n + #k + redis.call('STRLEN', k) end return n`
      return { bytes: Number(await ask('EVAL', sum, '0')), keys: Number(await ask('DBSIZE')) }
    },
    async stop() {
      process.off('exit', kill)
      const gone = new Promise((resolve) => server.once('exit', resolve))
      kill()
      await gone
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** What stands `ms` milliseconds away from a port: a process of its own that holds back what it passes on. */
export async function startSlowLink(to, ms) {
  const port = await freePort()
  const file = fileURLToPath(new URL('slow-link.mjs', import.meta.url))
  const child = await startChild(file, { core: 1, env: { PORT: String(port), TO: String(to), MS: String(ms) } })
  return { url: `redis://127.0.0.1:${port}`, stop: child.stop }
}

function command(port, words) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }).setEncoding('utf8').on('error', reject)
    socket.once('data', (answer) => {
      socket.destroy()
      const line = answer.split('\r\n')[0]
      if (line.startsWith('-')) reject(new Error(line.slice(1)))
      else resolve(line.slice(1))
    })
    socket.write(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`)
  })
}
