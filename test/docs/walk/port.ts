import { once } from 'node:events'
import { createServer } from 'node:net'

const taken = new Set<number>()

async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::']) {
    const server = createServer()
    const outcome = await Promise.race([
      once(server.listen(port, host), 'listening').then(() => true),
      once(server, 'error').then(([error]) => (error as NodeJS.ErrnoException).code === 'EAFNOSUPPORT')
    ])
    if (server.listening) await once(server.close(), 'close')
    if (!outcome) return false
  }
  return true
}

/**
 * A port that stays free until it is listened on, however late: below those that systems give to outgoing connections
 * and to whoever asks for any port, and other than those given before.
 */
export async function quietPort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    if (taken.has(port) || !(await isFree(port))) continue
    taken.add(port)
    return port
  }
  throw new Error('no port of 20000 to 32000 is free')
}
