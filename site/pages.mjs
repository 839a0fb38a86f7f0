import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const under = (folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`)

/** Each document of the repository that is a page, and where it stands on the site: French at the root. */
function places() {
  const places = new Map([
    ['README.fr.md', 'index.md'],
    ['README.md', 'en/index.md']
  ])
  for (const path of under('docs')) {
    places.set(path, path.startsWith('docs/fr/') ? path.slice('docs/fr/'.length) : `en/${path.slice('docs/'.length)}`)
  }
  for (const name of readdirSync(join(root, 'packages'))) {
    places.set(`packages/${name}/README.md`, `en/packages/${name}.md`)
    if (existsSync(join(root, `packages/${name}/README.fr.md`))) {
      places.set(`packages/${name}/README.fr.md`, `packages/${name}.md`)
    }
  }
  return places
}

/** The same page in French where there is one. */
const inFrench = (target) =>
  target.replace(/^docs\/(?!fr\/)/, 'docs/fr/').replace(/(^|\/)README\.md$/, '$1README.fr.md')

/** Copies the documents, their links led to the pages of the site; what is not one keeps its name. */
export function writePages(folder) {
  const all = places()
  for (const [source, place] of all) {
    const french = !place.startsWith('en/')
    const blocks = readFileSync(join(root, source), 'utf8').split(/(^```[\s\S]*?^```$)/m)
    const text = blocks
      .map((part) => (part.startsWith('```') ? part : part.replaceAll(/(!?)\[([^\]]*)\]\(([^)\s]+)\)/g, relink)))
      .join('')
    write(join(folder, place), withHeaders(withoutTable(text, source, french), french))

    function relink(whole, image, label, link) {
      if (/^[a-z]+:|^#/.test(link)) return whole
      const [path, fragment] = link.split('#')
      const target = normalize(join(dirname(source), path)).replace(/\/$/, '')
      if (image) return ''
      const found = [french ? inFrench(target) : target, target].find((candidate) => all.has(candidate))
      const page =
        /^README/.test(target) && fragment
          ? `/${french ? '' : 'en/'}catalogue/`
          : found && `/${all.get(found).replace(/(index)?\.md$/, '')}`
      return page === undefined
        ? `${label} (\`${target}\`)`
        : `[${label}](${page}${fragment && !/^README/.test(target) ? `#${fragment}` : ''})`
    }
  }
}

/** Whoever hears a table needs each column named; on GitHub an empty head is only read. */
function withHeaders(text, french) {
  const [what, details] = french ? ['Quoi', 'Détail'] : ['What', 'Details']
  return text.replaceAll(/^\|(.*)\|(?=\n\|[-|: ]+\|$)/gm, (_, cells) => {
    const named = cells
      .split(/(?<!\\)\|/)
      .map((cell, column) => (cell.trim() ? cell : ` ${column === 0 ? what : details} `))
    return `|${named.join('|')}|`
  })
}

/** The table of API is a part of the site of its own. */
function withoutTable(text, source, french) {
  if (!source.startsWith('README')) return text
  const link = french ? '[Le catalogue des API](/catalogue/)' : '[The catalogue of API](/en/catalogue/)'
  return text.replace(/<!-- apis -->[\s\S]*?<!-- \/apis -->/, link).replace(/^\*\[.*\]\(.*\)\*$/m, '')
}

export function write(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
