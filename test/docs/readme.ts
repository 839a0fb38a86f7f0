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
  const ofPackage = read('packages/fastify-fc-data/README.md')
  t.equal(withCatalogueTable(ofPackage), ofPackage, 'with the parameters')
})

/** What a translation keeps: headings by level, code blocks, tables by rows, list items, link targets, inline code. */
function shape(text: string) {
  const blocks = [...text.matchAll(/^```[\s\S]*?^```$/gm)].map(([block]) => block)
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, '')
  const all = (pattern: RegExp) => [...prose.matchAll(pattern)].map((match) => match[1] ?? '')
  return {
    blocks,
    headings: all(/^(#+) /gm),
    boxes: all(/^(- \[ \] )/gm).length,
    items: all(/^(- (?!\[ \]))/gm).length,
    rows: all(/^(\|.*\|)$/gm).map((row) => row.split('|').length),
    links: all(/\]\(([^)]+)\)/g)
      .filter((target) => !target.startsWith('README'))
      .sort(),
    code: all(/`([^`]+)`/g)
      .filter((text) => !text.startsWith('https://'))
      .sort()
  }
}

t.test('the French README says the same as the English one', async (t) => {
  t.strictSame(shape(french), shape(english))
  t.match(french, '[In English](README.md)')
  t.match(english, '[En français](README.fr.md)')
})

t.test('the README is one that a busy person reads', async (t) => {
  const [whole] = english.split('## The API')
  t.ok((whole ?? '').split('\n').length < 120, 'what, why and how fit on two screens')
})
