import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import t from 'tap'
import { packages } from '../architecture/tree.ts'
import { root } from './snippet.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')

const pages = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`)

const frenchPages = () => [
  'README.fr.md',
  ...packages.map((name) => `packages/${name}/README.fr.md`),
  ...pages('docs/fr')
]

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

t.test('each page says the same in English and in French', async (t) => {
  const english = pages('docs').filter((name) => !name.startsWith('docs/fr/'))
  t.ok(english.length > 10)
  for (const document of english) {
    const french = document.replace(/^docs\//, 'docs/fr/')
    if (t.ok(existsSync(join(root, french)), `${french} exists`)) t.strictSame(shape(french), shape(document), french)
  }
  t.equal(pages('docs/fr').length, english.length, 'no page is in French alone')
})

t.test('each README says the same in English and in French, and leads to the other', async (t) => {
  for (const folder of ['', ...packages.map((name) => `packages/${name}/`)]) {
    t.strictSame(shape(`${folder}README.fr.md`), shape(`${folder}README.md`), `${folder}README.fr.md`)
    t.match(read(`${folder}README.fr.md`), '[In English](README.md)')
    t.match(read(`${folder}README.md`), '[En français](README.fr.md)')
  }
})

t.test('no French page leads to an English one that is in French too', async (t) => {
  const strays = frenchPages().flatMap((document) =>
    [...read(document).matchAll(/\[([^\]]*)\]\(([^)#\s]+)[^)]*\)/g)].flatMap(([, label, link = '']) => {
      if (/^[a-z]+:/.test(link) || label === 'In English') return []
      const path = normalize(join(dirname(document), link))
      const english = /(^|\/)README\.md$/.test(path)
        ? path.replace('README.md', 'README.fr.md')
        : path.replace(/^docs\/(?!fr\/)/, 'docs/fr/')
      return english !== path && existsSync(join(root, english)) ? [`${document}: ${link}`] : []
    })
  )
  t.strictSame(strays, [])
})

t.test('French is written as it is set', async (t) => {
  const wrong: string[] = []
  for (const document of frenchPages()) {
    const prose = read(document)
      .replaceAll(/^```[\s\S]*?^```$/gm, '')
      .replaceAll(/`[^`]*`|\]\([^)]*\)|https?:\S+|<!--[\s\S]*?-->/g, '')
    for (const [match] of prose.matchAll(/\b\w*[a-zà-ÿ]'[a-zà-ÿ]\w*|\S[^\s :][?!;](?=\s)|"[^"\n]+"/g)) {
      if (!/^[|*(]/.test(match)) wrong.push(`${document}: ${match}`)
    }
  }
  t.strictSame(wrong, [], 'apostrophes ’, guillemets « », a space before ? ! ;')
})
