// Runs tap on the files or folders given (all by default) and closes on one plain line of figures.
import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const root = new URL('../..', import.meta.url).pathname
const given = process.argv.slice(2)

async function testFiles(path) {
  if ((await stat(join(root, path))).isFile()) return [path]
  const entries = await readdir(join(root, path), { recursive: true })
  return entries
    .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
    .map((name) => join(path, name))
}

const files = (await Promise.all(given.map(testFiles))).flat()
const tap = createRequire(import.meta.url).resolve('tap')
const bin = join(tap.slice(0, tap.lastIndexOf('/node_modules/tap/') + '/node_modules/tap/'.length), 'dist/esm/run.mjs')
const child = spawn(process.execPath, [bin, 'run', ...files], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })

let tail = ''
child.stdout.on('data', (chunk) => {
  process.stdout.write(chunk)
  tail = (tail + chunk).slice(-4000)
})
child.on('close', (code) => {
  const count = (name) => Number([...tail.matchAll(new RegExp(`^#.*\\b${name}: (\\d+)`, 'gm'))].at(-1)?.[1] ?? 0)
  const skipped = count('skip')
  console.log(`${count('pass')} passed, ${count('fail')} failed, ${skipped} skipped`)
  if (process.env.CI === 'true' && skipped > 0) {
    console.error('A test was skipped, and CI lets none be.')
    process.exit(1)
  }
  process.exit(code ?? 1)
})
