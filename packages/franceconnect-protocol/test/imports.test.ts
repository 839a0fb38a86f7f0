import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'

const exec = promisify(execFile)
const folder = fileURLToPath(new URL('..', import.meta.url))

/** Runs a script in a fresh process beside the package, and reads the JSON that it prints. */
async function run(script: string): Promise<unknown> {
  const args = ['--input-type=module', '-e', script]
  const { stdout } = await exec(process.execPath, args, { cwd: folder, env: { PATH: process.env.PATH } })
  return JSON.parse(stdout)
}

t.test('every door opens by its published name', async (t) => {
  const { exports } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as { exports: Record<string, unknown> }
  const doors = Object.keys(exports).filter((name) => name !== './package.json' && name !== './claims')
  const script = `
    const names = {}
    for (const door of ${JSON.stringify(doors)})
      names[door] = Object.keys(await import('franceconnect-protocol' + door.slice(1))).length
    console.log(JSON.stringify(names))`
  const names = (await run(script)) as Record<string, number>
  for (const door of doors) t.ok((names[door] ?? 0) > 0, door)
})

t.test('undici is loaded by who exchanges, and then its Agent alone', async (t) => {
  const script = `
    import { createRequire } from 'node:module'
    const { cache } = createRequire(process.cwd() + '/x.js')
    const undici = () => Object.keys(cache).filter((path) => path.includes('/undici/')).length
    const { createHttp } = await import('franceconnect-protocol/http')
    const before = undici()
    await createHttp({ timeout: 100 }).close()
    const whole = Object.keys(cache).some((path) => path.endsWith('/undici/index.js'))
    console.log(JSON.stringify({ before, after: undici(), whole }))`
  const { before, after, whole } = (await run(script)) as { before: number; after: number; whole: boolean }
  t.equal(before, 0)
  t.ok(after > 0)
  t.equal(whole, false)
})
