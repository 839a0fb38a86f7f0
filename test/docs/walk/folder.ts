import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { type Sandbox, startSandbox } from 'franceconnect-sandbox'
import type { Block } from './guide.ts'

/** Commands that go on until they are stopped, and what they print once they are ready. */
const lasting: [command: RegExp, ready: string][] = [
  [/^npx franceconnect-sandbox/, 'Ctrl+C'],
  [/\bnode (--\S+ )*([\w-]*server|dist\/main)\.js/, 'listening'],
  [/^nginx /, 'start worker process']
]

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

export type Folder = Awaited<ReturnType<typeof openFolder>>

/** An empty folder and a terminal, for somebody who does what a guide says. Ports 3000 and 4000 are moved to free ones. */
export async function openFolder(bin: string) {
  const parent = await mkdtemp(join(tmpdir(), 'walk-'))
  const [service, sandbox] = [await freePort(), await freePort()]
  const started: ChildProcess[] = []
  const sandboxes: Sandbox[] = []
  const env = { PATH: `${bin}:${process.env.PATH}`, HOME: process.env.HOME, NO_COLOR: '1' }
  let cwd = parent
  let said = ''

  const ports = new Map([
    ['3000', service],
    ['4000', sandbox]
  ])
  function moved(text: string): string {
    // a sandbox inside a test knows the service under its documented address, and neither listens on it
    if (text.includes('startSandbox({ port: 0')) return text
    let own = text.replaceAll(
      /^npx franceconnect-sandbox/gm,
      `npx franceconnect-sandbox --port ${sandbox} --base-url http://localhost:${service}`
    )
    for (const [port, free] of ports) {
      own = own.replaceAll(new RegExp(`\\b(localhost:|127\\.0\\.0\\.1:|port: |listen\\()${port}\\b`, 'g'), `$1${free}`)
    }
    return own
  }

  function run(command: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const script = `set -e\n${command}\npwd >&3`
      const child = execFile(
        'bash',
        ['-c', `exec 3>${parent}/.cwd\n${script}`],
        { cwd, env },
        (error, stdout, stderr) =>
          error ? reject(new Error(`${command}\n${stdout}${stderr}`)) : resolve(stdout + stderr)
      )
      child.stdin?.end()
    })
  }

  async function start(command: string, ready: string): Promise<string> {
    const child = spawn('bash', ['-c', command], { cwd, env, detached: true })
    started.push(child)
    return new Promise((resolve, reject) => {
      let own = ''
      const listen = (chunk: Buffer) => {
        own += chunk
        said += chunk
        if (own.includes(ready)) resolve(own)
      }
      child.stdout.on('data', listen)
      child.stderr.on('data', listen)
      child.on('exit', () => reject(new Error(`${command} stopped:\n${own}`)))
    })
  }

  // a walk that is cut short leaves no server behind
  process.on('exit', () => {
    for (const { pid, exitCode, signalCode } of started) {
      if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid)
    }
  })

  async function stop(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.pid === undefined) return
    child.removeAllListeners('exit')
    const ended = once(child, 'exit')
    process.kill(-child.pid)
    await ended
  }

  return {
    serviceUrl: `http://localhost:${service}`,
    /** Has another port of the documents moved to one that is in use on this machine. */
    move: (port: number, free: number) => ports.set(String(port), free),
    /** Where the commands are typed. */
    path: () => cwd,
    /** What the lasting commands printed. */
    said: () => said,
    /** The sandbox that `npx franceconnect-sandbox` starts, in this process: quicker, and in the test's hands. */
    async sandbox(https = false): Promise<Sandbox> {
      const own = await startSandbox({ port: sandbox, baseUrl: `http${https ? 's' : ''}://localhost:${service}` })
      sandboxes.push(own)
      return own
    },
    /** A copy of this project that outlives it, in which others begin. */
    async keep(): Promise<string> {
      const copy = await mkdtemp(join(tmpdir(), 'begun-'))
      await cp(cwd, join(copy, basename(cwd)), { recursive: true, verbatimSymlinks: true })
      return join(copy, basename(cwd))
    },
    /** Goes on from the copy of a project. */
    async enter(project: string): Promise<void> {
      const own = join(parent, basename(project))
      if (cwd === own) return
      cwd = own
      await cp(project, cwd, { recursive: true, verbatimSymlinks: true })
    },
    /** Types the commands of a block; one that lasts is left running once it is ready. */
    async type(code: string): Promise<string> {
      const command = moved(code).trim()
      const ready = lasting.find(([pattern]) => pattern.test(command))?.[1]
      if (ready !== undefined) return start(command, ready)
      const output = await run(command)
      cwd = (await readFile(join(parent, '.cwd'), 'utf8')).trim()
      return output
    },
    /** Writes the file of a block, or puts the block into it. */
    async write({ file = '', code, inserted, inPlaceOf }: Block): Promise<void> {
      const path = join(cwd, file)
      await mkdir(dirname(path), { recursive: true })
      const place = inPlaceOf ?? (inserted ? 'return app' : undefined)
      const text = place === undefined ? code : put(code, await readFile(path, 'utf8'), place, inserted)
      await writeFile(path, moved(text))
    },
    /** Stops the command started last, as Ctrl+C does. */
    async interrupt(): Promise<void> {
      const child = started.pop()
      if (child) await stop(child)
    },
    async close(): Promise<void> {
      await Promise.all([...started.map(stop), ...sandboxes.map((own) => own.close())])
      await rm(parent, { recursive: true, force: true })
    }
  }
}

/** A block put before a line of a file, or in its place, the imports of the block at the head. */
function put(code: string, file: string, place: string, before: boolean): string {
  const imports = code.match(/^import .*$/gm) ?? []
  const body = code.replaceAll(/^import .*\n/gm, '').trim()
  const at = file.lastIndexOf(`  ${place}\n`)
  if (at < 0) throw new Error(`the file has no line « ${place} »`)
  const fresh = imports.filter((line) => !file.includes(line)).map((line) => `${line}\n`)
  const rest = file.slice(before ? at : at + place.length + 3)
  return `${fresh.join('')}${file.slice(0, at)}  ${body}\n${rest}`
}
