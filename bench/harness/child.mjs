import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { availableParallelism } from 'node:os'

/** Whether servers run alone on one core, driver and provider on another. */
export const pinned = availableParallelism() >= 2 && spawnSync('taskset', ['-V']).status === 0

const running = new Set()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Puts this process on a core of its own. */
export function pinDriver() {
  if (pinned) spawnSync('taskset', ['-acp', '1', String(process.pid)])
}

/** A command that runs on one core, where that can be asked. */
export function pinTo(core, command) {
  return pinned ? ['taskset', '-c', String(core), ...command] : command
}

export function freePort() {
  const probe = createServer()
  return new Promise((found) => {
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => found(port))
    })
  })
}

/** Starts a Node process and waits until it prints READY. */
export async function startChild(file, { env = {}, core, nodeArgs = [] }) {
  const command = pinTo(core, [process.execPath, ...nodeArgs, file])
  const started = performance.now()
  const child = spawn(command[0], command.slice(1), {
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  running.add(child)
  const exited = new Promise((resolve) => child.on('exit', resolve)).then(() => running.delete(child))
  let complaint = ''
  child.stderr.on('data', (chunk) => {
    if (complaint.length < 4000) complaint += chunk
  })
  const lines = lineReader(child.stdout)
  const first = await Promise.race([lines(), exited, sleep(20e3)])
  if (first !== 'READY') {
    child.kill('SIGKILL')
    throw new Error(`${file} did not start: ${complaint}`)
  }
  return {
    coldMs: performance.now() - started,
    cpuNs: () => cpuNs(child.pid),
    rssBytes: () => rssBytes(child.pid),
    /** The next line of its output after a signal. */
    async ask(signal) {
      child.kill(signal)
      return lines()
    },
    async stop() {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 2000)
      await exited
      clearTimeout(late)
    }
  }
}

function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms).unref())
}

function lineReader(stream) {
  const lines = []
  const waiting = []
  let rest = ''
  stream.setEncoding('utf8').on('data', (chunk) => {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop()
    for (const line of parts) waiting.length > 0 ? waiting.shift()(line) : lines.push(line)
  })
  return () => (lines.length > 0 ? Promise.resolve(lines.shift()) : new Promise((resolve) => waiting.push(resolve)))
}

/** Time on a processor of all threads, in nanoseconds, read from outside. */
function cpuNs(pid) {
  let total = 0
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      total += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
    } catch {
      // the thread ended meanwhile
    }
  }
  return total
}

function rssBytes(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024
}
