import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { manifestOf, pack, project } from './packed.ts'
import { compile, node } from './run.ts'
import { cjs, esm, misspelt, service, town } from './service.ts'

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
