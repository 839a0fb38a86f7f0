import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const loader = fileURLToPath(new URL('../../_loader/register.mjs', import.meta.url))
const formats = fileURLToPath(new URL('./next-formats.mjs', import.meta.url))
const alive = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})

/** A process of ours that answers questions, one at a time for each kind. */
export interface Child {
  readonly port: number
  ask<T>(question: string, given?: unknown): Promise<T>
  /** As a crash does: no handler runs. */
  kill(): Promise<void>
  stop(): Promise<void>
  /** What it printed, for the report of a failure. */
  printed(): string
}

/** Starts `file` and waits until it says which port it listens on. */
export async function startChild(file: string, env: Record<string, string>): Promise<Child> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: ['--import', loader, ...(env['FORMATS'] ? ['--import', formats] : []), '--expose-gc'],
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc']
  })
  alive.add(child)
  let printed = ''
  const keep = (chunk: Buffer) => {
    printed = (printed + chunk).slice(-20_000)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const gone = new Promise<void>((exited) => child.once('exit', () => exited())).then(() => void alive.delete(child))
  const waiting = new Map<number, (answer: unknown, problem?: string) => void>()
  let last = 0
  const port = await new Promise<number>((listening, failed) => {
    child.on('message', (message: { port?: number; id?: number; answer?: unknown; problem?: string }) => {
      if (message.port !== undefined) listening(message.port)
      else if (message.id !== undefined) waiting.get(message.id)?.(message.answer, message.problem)
    })
    gone.then(() => failed(new Error(`${file} ended: ${printed}`)))
  })
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await gone
  }
  return {
    port,
    printed: () => printed,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    ask: <T>(question: string, given?: unknown) =>
      new Promise<T>((answered, failed) => {
        const id = ++last
        waiting.set(id, (answer, problem) => {
          waiting.delete(id)
          if (problem === undefined) answered(answer as T)
          else failed(new Error(`${question}: ${problem}`))
        })
        child.send({ id, question, given }, (error) => error && failed(error))
      })
  }
}
