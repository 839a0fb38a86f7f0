import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const program = fileURLToPath(new URL('../dist/cli/cli.js', import.meta.url))

/** Milliseconds from `npx franceconnect-sandbox` to its first line. */
async function start(): Promise<number> {
  const before = performance.now()
  const child = spawn(process.execPath, [program, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  const took = performance.now() - before
  child.kill('SIGTERM')
  await once(child, 'close')
  return took
}

t.test('starts in under a second', async (t) => {
  const times: number[] = []
  while (times.length < 12 && Math.min(...times) >= 1000) times.push(await start())
  const best = Math.round(Math.min(...times))
  t.comment(`from the command to the first line: ${best} ms`)
  t.ok(best < 1000, `${best} ms`)
})
