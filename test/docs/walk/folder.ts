import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { type Sandbox, startSandbox } from 'franceconnect-sandbox'
import type { Block } from './guide.ts'
import { quietPort } from './port.ts'
import { openTerminal } from './terminal.ts'

export type Folder = Awaited<ReturnType<typeof openFolder>>

/** An empty folder and a terminal, for somebody who does what a guide says. Ports 3000 and 4000 are moved to free ones. */
export async function openFolder(bin: string) {
  const parent = await mkdtemp(join(tmpdir(), 'walk-'))
  const terminal = openTerminal(parent, bin)
  const [service, sandbox] = [await quietPort(), await quietPort()]
  const sandboxes: Sandbox[] = []

  const ports = new Map([
    ['3000', service],
    ['4000', sandbox]
  ])
  function moved(text: string): string {
    // a sandbox inside a test knows the service under its documented address, and neither listens on it
    if (text.includes('startSandbox({ port: 0')) return text
    let own = text.replaceAll(
      /^npx franceconnect-sandbox( --env)?/gm,
      `npx franceconnect-sandbox$1 --port ${sandbox} --base-url http://localhost:${service}`
    )
    for (const [port, free] of ports) {
      own = own.replaceAll(new RegExp(`\\b(localhost:|127\\.0\\.0\\.1:|port: |listen\\()${port}\\b`, 'g'), `$1${free}`)
    }
    return own
  }

  return {
    serviceUrl: `http://localhost:${service}`,
    /** Has another port of the documents moved to one that is in use on this machine. */
    move: (port: number, free: number) => ports.set(String(port), free),
    /** Where the commands are typed. */
    path: terminal.path,
    /** What the lasting commands printed. */
    said: terminal.said,
    saidOnce: terminal.saidOnce,
    /** The sandbox that `npx franceconnect-sandbox` starts, in this process: quicker, and in the test's hands. */
    async sandbox(https = false): Promise<Sandbox> {
      const own = await startSandbox({ port: sandbox, baseUrl: `http${https ? 's' : ''}://localhost:${service}` })
      sandboxes.push(own)
      return own
    },
    /** A copy of this project that outlives it, in which others begin. */
    async keep(): Promise<string> {
      const copy = await mkdtemp(join(tmpdir(), 'begun-'))
      const own = join(copy, basename(terminal.path()))
      await cp(terminal.path(), own, { recursive: true, verbatimSymlinks: true })
      return own
    },
    /** Goes on from the copy of a project. */
    async enter(project: string): Promise<void> {
      const own = join(parent, basename(project))
      if (terminal.path() === own) return
      terminal.move(own)
      await cp(project, own, { recursive: true, verbatimSymlinks: true })
    },
    /** Types the commands of a block; one that lasts is left running once it is ready. */
    type: (code: string): Promise<string> => terminal.type(moved(code).trim()),
    /** Writes the file of a block, or puts the block into it. */
    async write({ file = '', code, inserted, inPlaceOf }: Block): Promise<void> {
      const path = join(terminal.path(), file)
      await mkdir(dirname(path), { recursive: true })
      const place = inPlaceOf ?? (inserted ? 'return app' : undefined)
      const text = place === undefined ? code : put(code, await readFile(path, 'utf8'), place, inserted)
      await writeFile(path, moved(text))
    },
    /** Stops the command started last, as Ctrl+C does. */
    interrupt: terminal.interrupt,
    async close(): Promise<void> {
      await Promise.all([terminal.close(), ...sandboxes.map((own) => own.close())])
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
