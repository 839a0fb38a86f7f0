import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { names, pack } from './packed.ts'
import { tool } from './run.ts'

const folder = await mkdtemp(join(tmpdir(), 'packed-'))
t.teardown(() => rm(folder, { recursive: true }))
const tarballs = await pack(folder)

for (const name of names) {
  t.test(`${name}: are the types wrong?`, async (t) => {
    const args = ['--profile', 'esm-only', '--format', 'json', tarballs[name]]
    const { output } = await tool('attw', args)
    const { analysis, problems } = JSON.parse(output)
    t.equal(analysis.types.kind, 'included')
    const others = Object.keys(problems ?? {}).filter((kind) => kind !== 'CJSResolvesToESM' && kind !== 'NoResolution')
    t.strictSame(others, [])
  })
}
