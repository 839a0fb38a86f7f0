import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { withApiTable, withCatalogueTable } from './api-table.ts'
import { root } from './snippet.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const english = read('README.md')
const french = read('README.fr.md')

t.test('the tables of API are those of the catalogue (else: npx pnpm run docs)', async (t) => {
  for (const [text, language] of [
    [english, 'en'],
    [french, 'fr']
  ] as const) {
    t.match(text, /<!-- apis -->\n\|/)
    t.equal(withApiTable(text, language), text, language)
  }
  for (const [file, language] of [
    ['README.md', 'en'],
    ['README.fr.md', 'fr']
  ] as const) {
    const ofPackage = read(`packages/fastify-fc-data/${file}`)
    t.equal(withCatalogueTable(ofPackage, language), ofPackage, `${file}, with the parameters`)
  }
})

t.test('the README is one that a busy person reads', async (t) => {
  const [whole] = english.split('## The API')
  t.ok((whole ?? '').split('\n').length < 120, 'what, why and how fit on two screens')
})
