import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rowsOf } from './catalogue.mjs'
import { write } from './pages.mjs'

const words = {
  fr: {
    title: 'Trouver une page',
    guides: 'guide',
    recipes: 'recette',
    catalogue: 'API',
    about:
      'Les guides, les recettes et les API, par version de Node.js, par plateforme et par API. Tout fonctionne sur Node.js 20.19 et suivants : le filtre d’une version garde les pages qui ont quelque chose à en dire.'
  },
  en: {
    title: 'Find a page',
    guides: 'guide',
    recipes: 'recipe',
    catalogue: 'API',
    about:
      'Guides, recipes and API, by version of Node.js, platform and API. Everything works on Node.js 20.19 and later: the filter of a version keeps the pages that have something to say of it.'
  }
}

/** Lines of Node.js that the packages are tested on. */
export const nodeVersions = ['20', '22', '24', '26']

const prose = (text) => text.replaceAll(/^```[\s\S]*?^```$/gm, '')

/** The sentences of a page that speak of a line of Node.js, by line; « 20.19 or later » is of all of them. */
function remarks(text) {
  const sentences = prose(text)
    .replaceAll(/\]\([^)]*\)|[[\]`*]|^[-#|] ?/gm, '')
    .split(/\n\n|(?<=[.;]) |\n(?=- )/)
    .map((sentence) => sentence.replaceAll(/\s+/g, ' ').trim())
  return Object.fromEntries(
    nodeVersions.flatMap((version) => {
      const said = sentences.filter(
        (sentence) => new RegExp(`Node(\\.js)? ${version}\\b`).test(sentence) && !/20\.19/.test(sentence)
      )
      return said.length === 0 ? [] : [[version, said.join(' ')]]
    })
  )
}

/** Pages of one platform; the others hold for both. */
const onOne = {
  'franceconnect-plus': ['FranceConnect+'],
  'get-started': ['FranceConnect'],
  'expose-an-api': ['FranceConnect']
}

/** A page that leads to guides, recipes and API by what one has: written in both languages. */
export function writeFinder(folder, plus) {
  for (const language of ['fr', 'en']) {
    const base = join(folder, language === 'fr' ? '' : 'en')
    const w = words[language]
    const apis = rowsOf(language, plus).map(({ name, title, platforms, link }) => {
      return { kind: w.catalogue, title: `${name} : ${title}`, platforms, apis: [name], node: {}, link }
    })
    const names = apis.map(({ apis: [name] }) => name)
    const pages = ['guides', 'recipes'].flatMap((room) =>
      readdirSync(join(base, room))
        .filter((file) => file !== 'index.md')
        .map((file) => pageOf(room, file.replace('.md', ''), readFileSync(join(base, room, file), 'utf8')))
    )
    const rows = JSON.stringify([...pages, ...apis]).replaceAll("'", '’')
    const text = `# ${w.title}\n\n${w.about}\n\n<Finder language="${language}" :versions='${JSON.stringify(nodeVersions)}' :rows='${rows}' />\n`
    write(join(base, 'find.md'), text)

    function pageOf(room, name, text) {
      return {
        kind: w[room],
        title: /^# (.*)$/m.exec(text)?.[1] ?? name,
        platforms: onOne[name] ?? ['FranceConnect', 'FranceConnect+'],
        apis: names.filter((api) => text.includes(api)),
        node: remarks(text),
        link: `/${language === 'fr' ? '' : 'en/'}${room}/${name}`
      }
    }
  }
}
