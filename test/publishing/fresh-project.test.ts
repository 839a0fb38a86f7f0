import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { manifestOf, pack, project, root } from './packed.ts'
import { compile, node } from './run.ts'
import { cjs, esm, misspelt, service, town, wrong } from './service.ts'

const tarballsFolder = await mkdtemp(join(tmpdir(), 'packed-'))
const folder = await project(await pack(tarballsFolder))
t.teardown(() => Promise.all([rm(folder, { recursive: true }), rm(tarballsFolder, { recursive: true })]))

t.test('an ES module and a CommonJS module, in strict TypeScript', async (t) => {
  const compilerOptions = { module: 'nodenext', target: 'es2023', strict: true, types: ['node'] }
  const files = ['service.mts', 'service.cts', 'town.mts']
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
  await writeFile(join(folder, 'service.mts'), esm + service + misspelt)
  await writeFile(join(folder, 'service.cts'), cjs + service)
  await writeFile(join(folder, 'town.mts'), town)
  t.strictSame(await compile(folder), { code: 0, output: '' }, 'compile, the libraries’ own types too')
  for (const file of ['service.mjs', 'service.cjs']) {
    t.match(await node([join(folder, file)]), { code: 0, output: '200 string number' }, `${file} runs`)
  }
})

t.test('the commands answer', async (t) => {
  for (const name of ['fastify-franceconnect', 'fastify-fc-provider', 'franceconnect-sandbox']) {
    const installed = join(folder, 'node_modules', name)
    const file = manifestOf(installed).bin![name]!
    t.match(await node([join(installed, file), '--help']), { code: 0, output: name })
  }
})

t.test('a start reads few files, and refuses what is wrong', async (t) => {
  const counting = ['--import', join(root, 'test/counts/loaded.mjs')]
  for (const [name, most] of [
    ['fastify-franceconnect', 60],
    ['fastify-fc-data', 30]
  ] as const) {
    const file = join(folder, `${name}.mjs`)
    await writeFile(file, `await import('${name}')\nconsole.log(globalThis.loadedModules())`)
    const { code, output } = await node([...counting, file])
    t.equal(code, 0)
    const files = Number.parseInt(output, 10) // Node 26 says after it that the counting is by an old way
    t.ok(files > 1 && files <= most, `${name}: ${files} files`)
  }
  await writeFile(join(folder, 'wrong.mjs'), wrong)
  t.strictSame(await node([join(folder, 'wrong.mjs')]), {
    code: 0,
    output: 'true FST_FC_DATA_INVALID_OPTIONS\ntrue FST_FC_DATA_INVALID_OPTIONS\nFST_FC_INVALID_OPTIONS\n'
  })
})
