import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** Commands that go on until they are stopped, and what they print once they are ready. */
const lasting: [command: RegExp, ready: string][] = [
  [/^npx franceconnect-sandbox(?! --env)/, 'Ctrl+C'],
  [/\bnode (--\S+ )*([\w-]*server|dist\/main)\.js/, 'listening'],
  [/^nginx /, 'start worker process']
]

/** A command that says nothing for so long has failed, on a busy machine too; in milliseconds. */
const patience = 120_000

/**
 * A person's shell, as arguments of `env`: tap puts its loader into the environment of whatever is spawned, even one
 * given whole, and the compilers and test runners of the documents do not bear it.
 */
export function personsShell(bin?: string): string[] {
  const { PATH = '', HOME = '' } = process.env
  const path = bin === undefined ? PATH : `${bin}:${PATH}`
  return ['-i', `PATH=${path}`, `HOME=${HOME}`, 'NO_COLOR=1', 'bash', '-c']
}

/** A terminal that begins in a folder; one command after the other, each in the folder that the last one left. */
export function openTerminal(folder: string, bin: string) {
  const shell = personsShell(bin)
  const started: ChildProcess[] = []
  let cwd = folder
  let said = ''

  async function run(command: string): Promise<string> {
    const place = join(folder, '.cwd')
    const script = `exec 3>${place}\nset -e\n${command}\npwd >&3`
    const output = await new Promise<string>((resolve, reject) => {
      const options = { cwd, timeout: patience, maxBuffer: 32 * 1024 * 1024 }
      const child = execFile('env', [...shell, script], options, (error, stdout, stderr) =>
        error ? reject(new Error(`${command}\n${stdout}${stderr}`)) : resolve(stdout + stderr)
      )
      child.stdin?.end()
    })
    cwd = (await readFile(place, 'utf8')).trim()
    return output
  }

  async function start(command: string, ready: string): Promise<string> {
    // the shell gives its place to the command: what is stopped is the command itself, and its port is free then
    const child = spawn('env', [...shell, command], { cwd, detached: true })
    started.push(child)
    return new Promise((resolve, reject) => {
      let own = ''
      const late = setTimeout(() => reject(new Error(`${command} is not ready:\n${own}`)), patience)
      const listen = (chunk: Buffer) => {
        own += chunk
        said += chunk
        if (!own.includes(ready)) return
        clearTimeout(late)
        resolve(own)
      }
      child.stdout.on('data', listen)
      child.stderr.on('data', listen)
      child.on('exit', () => {
        clearTimeout(late)
        reject(new Error(`${command} stopped:\n${own}`))
      })
    })
  }

  const lives = ({ pid, exitCode, signalCode }: ChildProcess) =>
    pid !== undefined && exitCode === null && signalCode === null

  async function stop(child: ChildProcess): Promise<void> {
    if (!lives(child)) return
    child.removeAllListeners('exit')
    const ended = once(child, 'exit')
    process.kill(-child.pid!)
    await ended
  }

  // a walk that is cut short leaves no server behind
  process.on('exit', () => {
    for (const child of started.filter(lives)) process.kill(-child.pid!)
  })

  return {
    /** Where the commands are typed. */
    path: () => cwd,
    /** Goes elsewhere, as `cd` does. */
    move: (path: string) => {
      cwd = path
    },
    /** What the lasting commands printed. */
    said: () => said,
    /** What they printed, once all of it is there: an answer may arrive before the lines that a process prints of it. */
    async saidOnce(...texts: string[]): Promise<string> {
      for (let turn = 0; turn < 1000 && !texts.every((text) => said.includes(text)); turn++) await delay(10)
      return said
    },
    /** Types a command; one that lasts is left running once it is ready. Answers what was printed. */
    async type(command: string): Promise<string> {
      const ready = lasting.find(([pattern]) => pattern.test(command))?.[1]
      return ready === undefined ? run(command) : start(command, ready)
    },
    /** Stops the command started last, as Ctrl+C does. */
    async interrupt(): Promise<void> {
      const child = started.pop()
      if (child) await stop(child)
    },
    close: () => Promise.all(started.map(stop))
  }
}
