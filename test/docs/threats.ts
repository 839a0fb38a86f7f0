import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Case } from '../hostile/case.ts'
import { figuresInFrench } from './french/figures.ts'
import { threatsInFrench } from './french/threats.ts'
import { providerThreats } from './provider-threats.ts'
import { root } from './snippet.ts'

t.test('docs/threats.md tells the outcome of every case of the suite (else: see test/docs/write.ts)', async (t) => {
  const folder = join(root, 'test/hostile/cases')
  const modules = await Promise.all(readdirSync(folder).map((file) => import(join(folder, file))))
  const lists = modules.flatMap((module: object) => Object.values(module)).filter(Array.isArray) as Case[][]
  const names = lists.flat().map((one) => one.name)
  const text = readFileSync(join(root, 'docs/threats.md'), 'utf8')
  const told = [...text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name)
  t.ok(names.length > 100)
  t.strictSame([...new Set(told)].sort(), [...new Set(names)].sort())
  t.notMatch(text, 'unexpected')
})

t.test('docs/fr/threats.md says the same (else: npx pnpm run docs)', async (t) => {
  const { text, unsaid } = threatsInFrench(readFileSync(join(root, 'docs/threats.md'), 'utf8'))
  t.strictSame(unsaid, [], 'test/docs/french/threats.tsv says it all')
  t.equal(readFileSync(join(root, 'docs/fr/threats.md'), 'utf8'), text)
})

t.test('docs/fr/reliability.md has the figures of the English page (else: npx pnpm run docs)', async (t) => {
  const french = readFileSync(join(root, 'docs/fr/reliability.md'), 'utf8')
  const { text, unsaid } = figuresInFrench(french, readFileSync(join(root, 'docs/reliability.md'), 'utf8'))
  t.strictSame(unsaid, [], 'test/docs/french/figures.ts says it all')
  t.equal(french, text)
})

t.test('docs/threats.md tells what a data provider answers (else: test/docs/write.ts)', async (t) => {
  t.ok(readFileSync(join(root, 'docs/threats.md'), 'utf8').endsWith(providerThreats()))
})
