import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const hooks = fileURLToPath(new URL('loaded.mjs', import.meta.url))

/** Modules that a process has loaded once it imported a package, by ES module and by require. */
function loaded(name: string): number {
  const script = `await import(${JSON.stringify(name)}); process.stdout.write(String(globalThis.loadedModules()))`
  const given = ['--import', hooks, '--input-type=module', '--eval', script]
  return Number(execFileSync(process.execPath, given, { encoding: 'utf8', env: { PATH: process.env['PATH'] } }))
}

// a tenth more than was counted: a file more is nothing, a library more is seen
const most = {
  'fastify-franceconnect': 165,
  'fastify-fc-data': 145,
  'fastify-fc-provider': 68,
  'franceconnect-protocol': 60
}

t.test('files loaded at start', async (t) => {
  for (const [name, count] of Object.entries(most)) {
    const files = loaded(name)
    t.ok(files > 1 && files <= count, `${name}: ${files} files`)
  }
})

t.test('Node’s own undici is not loaded at start: it is the fetch that nothing here uses', async (t) => {
  for (const name of Object.keys(most)) {
    const script = `await import('${name}'); process.stdout.write(String(process.moduleLoadList.filter((one) => one.includes('deps/undici'))))`
    const env = { PATH: process.env['PATH'] }
    const loaded = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8', env })
    t.equal(loaded, '', name)
  }
})
