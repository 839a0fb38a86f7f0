import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import t from 'tap'
import { root } from './snippet.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** Where a link of a document leads, the same for both languages. */
function target(document: string, link: string): string {
  const [path = '', fragment] = link.split('#')
  if (/^[a-z]+:/.test(path)) return path
  const file = path === '' ? document : normalize(join(dirname(document), path))
  const english = file.replace(/^docs\/fr\//, 'docs/').replace(/README\.fr\.md$/, 'README.md')
  return `${english}${fragment === undefined ? '' : '#'}`
}

/** What a translation keeps: headings by level, code blocks, tables by rows, list items, link targets, inline code. */
export function shape(document: string) {
  const text = read(document)
  const blocks = [...text.matchAll(/^```[\s\S]*?^```$/gm)].map(([block]) => block)
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, '')
  const all = (pattern: RegExp) => [...prose.matchAll(pattern)].map((match) => match[1] ?? '')
  return {
    blocks,
    headings: all(/^(#+) /gm),
    boxes: all(/^(- \[ \] )/gm).length,
    items: all(/^((?:-|\d+\.) (?!\[ \]))/gm).length,
    rows: all(/^(\|.*\|)$/gm).map((row) => row.split('|').length),
    links: all(/\]\(([^)]+)\)/g)
      .filter((link) => !/^README(\.fr)?\.md$/.test(link))
      .map((link) => target(document, link))
      .sort(),
    code: all(/`([^`]+)`/g)
      .map((code) => code.replaceAll(/\s+/g, ' '))
      .filter((code) => !code.startsWith('https://votre-service') && !code.startsWith('https://your-service'))
      .sort()
  }
}

const pages = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`)

t.test('each guide and each recipe says the same in English and in French', async (t) => {
  const english = [...pages('docs/guides'), ...pages('docs/recipes')]
  t.ok(english.length > 10)
  for (const document of english) {
    const french = document.replace(/^docs\//, 'docs/fr/')
    if (t.ok(existsSync(join(root, french)), `${french} exists`)) t.strictSame(shape(french), shape(document), french)
  }
  const french = [...pages('docs/fr/guides'), ...pages('docs/fr/recipes')]
  t.equal(french.length, english.length, 'no page is in French alone')
})

t.test('the French README says the same as the English one', async (t) => {
  t.strictSame(shape('README.fr.md'), shape('README.md'))
  t.match(read('README.fr.md'), '[In English](README.md)')
  t.match(read('README.md'), '[En français](README.fr.md)')
})

t.test('French is written as it is set', async (t) => {
  const wrong: string[] = []
  for (const document of ['README.fr.md', ...pages('docs/fr/guides'), ...pages('docs/fr/recipes')]) {
    const prose = read(document)
      .replaceAll(/^```[\s\S]*?^```$/gm, '')
      .replaceAll(/`[^`]*`|\]\([^)]*\)|https?:\S+|<!--[\s\S]*?-->/g, '')
    for (const [match] of prose.matchAll(/\b\w*[a-zà-ÿ]'[a-zà-ÿ]\w*|\S[^\s :][?!;](?=\s)|"[^"\n]+"/g)) {
      if (!/^[|*(]/.test(match)) wrong.push(`${document}: ${match}`)
    }
  }
  t.strictSame(wrong, [], 'apostrophes ’, guillemets « », a space before ? ! ;')
})
