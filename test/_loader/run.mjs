// Runs tap on the files or folders given (all by default), then what failed once more, alone, and closes on what failed
// and one plain line of figures.
import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createTold } from './told.mjs'

const root = new URL('../..', import.meta.url).pathname
const given = process.argv.slice(2)
const tap = createRequire(import.meta.url).resolve('tap')
const bin = join(tap.slice(0, tap.lastIndexOf('/node_modules/tap/') + '/node_modules/tap/'.length), 'dist/esm/run.mjs')

/** More failures than these are no accident of the machine. */
const AGAIN_AT_MOST = 3

async function testFiles(path) {
  if ((await stat(join(root, path))).isFile()) return [path]
  const entries = await readdir(join(root, path), { recursive: true })
  return entries
    .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
    .map((name) => join(path, name))
}

function run(files, ...options) {
  const told = createTold()
  const child = spawn(process.execPath, [bin, 'run', ...options, ...files], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit']
  })
  child.stdout.on('data', (chunk) => {
    process.stdout.write(chunk)
    told.write(chunk)
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ told, code: code ?? 1 })))
}

const tell = ({ name, said }) => console.log(`\n${name}\n${said.join('\n')}`)

let { told, code } = await run((await Promise.all(given.map(testFiles))).flat())
let passed = told.count('pass')
let failed = told.count('fail')
let skipped = told.count('skip')

// Four files run at once: on a small machine a deadline can pass that is kept by a file alone.
if (told.failed.length > 0 && told.failed.length <= AGAIN_AT_MOST) {
  const first = told.failed
  const again = await run(
    first.map(({ name }) => name),
    '--jobs=1'
  )
  console.log('\nFailed beside others, run again alone:')
  first.forEach(tell)
  passed += again.told.count('pass') - first.reduce((sum, file) => sum + file.passed, 0)
  failed = again.told.count('fail')
  skipped += again.told.count('skip')
  ;({ told, code } = again)
}

if (told.failed.length > 0) console.log('\nFailed:')
told.failed.forEach(tell)
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
if (process.env.CI === 'true' && skipped > 0) {
  console.error('A test was skipped, and CI lets none be.')
  process.exit(1)
}
process.exitCode = code
