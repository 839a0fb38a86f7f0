import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const program = fileURLToPath(new URL('../dist/cli/cli.js', import.meta.url))

/** Says on stderr, when the first line is written, how long the processor worked until then (microseconds). */
const meter = `data:text/javascript,${encodeURIComponent(`
  const write = process.stdout.write
  process.stdout.write = function (...given) {
    const { user, system } = process.cpuUsage()
    process.stdout.write = write
    process.stderr.write(String(user + system))
    return write.apply(this, given)
  }
`)}`

interface Start {
  /** Milliseconds from the command to its first line. */
  wall: number
  /** Milliseconds of the processor in that time. */
  cpu: number
}

async function start(...words: string[]): Promise<Start> {
  const before = performance.now()
  // tap puts itself into every Node.js that a test starts, by NODE_OPTIONS: a third of a second that no user has
  const bare = ['-u', 'NODE_OPTIONS', process.execPath, '--import', meter]
  const child = spawn('env', [...bare, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  const metered = once(child.stderr, 'data')
  await once(child.stdout, 'data')
  const wall = performance.now() - before
  const [worked] = await metered
  child.kill('SIGTERM')
  await once(child, 'close')
  return { wall, cpu: Number(worked) / 1000 }
}

const best = (starts: Start[], of: keyof Start) => Math.round(Math.min(...starts.map((one) => one[of])))

/**
 * A loaded machine makes everything late, Node.js itself as much: the processor's time says what the sandbox costs, and
 * the start of a bare Node.js beside it, forty milliseconds on a machine at rest, how late and how slow the machine is.
 */
t.test('starts in under a second of a machine at rest', async (t) => {
  const sandbox: Start[] = []
  const node: Start[] = []
  const allowed = () => 500 * Math.max(1, best(node, 'cpu') / 60)
  const late = () => best(sandbox, 'cpu') >= allowed() || best(sandbox, 'wall') >= 1000
  while (sandbox.length < 12 && (sandbox.length === 0 || late())) {
    node.push(await start('-e', 'process.stdout.write("-")'))
    sandbox.push(await start(program, '--port', '0'))
  }
  t.comment(`to the first line: ${best(sandbox, 'wall')} ms (Node.js alone ${best(node, 'wall')} ms)`)
  t.comment(`of the processor: ${best(sandbox, 'cpu')} ms (Node.js alone ${best(node, 'cpu')} ms)`)
  t.ok(best(sandbox, 'cpu') < allowed(), `${best(sandbox, 'cpu')} ms of the processor`)
  t.ok(best(sandbox, 'wall') < 25 * Math.max(40, best(node, 'wall')), 'and waits for nothing')
})
