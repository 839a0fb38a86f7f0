import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { compile } from '../publishing/run.ts'
import { root, writeSnippets } from './snippet.ts'

t.test('every snippet of the documents compiles in strict TypeScript, against the published types', async (t) => {
  const folder = join(root, 'test/.snippets/compile')
  t.ok(writeSnippets(folder).length > 3)
  const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false, rootDir: '../../..', paths: {} }
  const config = { extends: '../../tsconfig.json', compilerOptions, include: ['*.ts'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  t.strictSame(await compile(folder), { code: 0, output: '' })
})

t.test('the compiler does read what it is given', async (t) => {
  const folder = t.testdir({
    'tsconfig.json': JSON.stringify({ compilerOptions: { types: [], noEmit: true } }),
    'wrong.ts': "export const wrong: number = 'text'\n"
  })
  t.match(await compile(folder), { output: /wrong\.ts.*TS2322/ })
})
