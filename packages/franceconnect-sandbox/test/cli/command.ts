import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../dist/cli/cli.js', import.meta.url))

/** Milliseconds that the command may take to say what is waited for, and to stop. */
const patience = 30_000

export interface Command {
  /** What it has printed once `text` is part of it, or once it has ended. */
  printed(text: string): Promise<string>
  /** Asks it to stop as Ctrl+C does, and waits until it has. */
  stop(): Promise<{ code: number | null; out: string; err: string }>
}

/** The command line in a process of its own, as a user's shell starts it: without what tap adds by NODE_OPTIONS. */
export function startCommand(...args: string[]): Command {
  const child = spawn('env', ['-u', 'NODE_OPTIONS', process.execPath, program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const ended = once(child, 'close') as Promise<[number | null]>
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })

  async function within<T>(wait: (signal: AbortSignal) => Promise<T>, what: string): Promise<T> {
    const late = new AbortController()
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      late.abort(new Error(`after ${patience} ms the command has not ${what}; it printed: ${out}${err}`))
    }, patience)
    try {
      return await wait(late.signal)
    } catch (error) {
      throw late.signal.aborted ? late.signal.reason : error
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    printed: (text) =>
      within(async (signal) => {
        while (!out.includes(text) && child.exitCode === null) {
          await Promise.race([once(child.stdout, 'data', { signal }), ended])
        }
        signal.throwIfAborted()
        return out
      }, `printed ${text}`),
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM')
      const [code] = await within(async (signal) => {
        const ending = await ended
        signal.throwIfAborted()
        return ending
      }, 'stopped')
      return { code, out, err }
    }
  }
}
