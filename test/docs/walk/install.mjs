// `npm install` of a walk: links the packages named into ./node_modules from the shelves given first, and writes them
// into package.json.
import { existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const [given, ...words] = process.argv.slice(2)
const shelves = given.split(':')
const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const kind = words.some((word) => /^(-D|--save-dev)$/.test(word)) ? 'devDependencies' : 'dependencies'

function link(from, to) {
  if (existsSync(to)) return
  mkdirSync(dirname(to), { recursive: true })
  symlinkSync(from, to)
}

for (const word of words.filter((word) => !word.startsWith('-'))) {
  const name = word.replace(/(?<=.)@.*$/, '')
  const shelf = shelves.find((folder) => existsSync(join(folder, name)))
  if (shelf === undefined) throw new Error(`${name} is on no shelf: add it to test/recipes/package.json`)
  const from = realpathSync(join(shelf, name))
  link(from, join('node_modules', name))
  const { bin = {}, version } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'))
  const commands = typeof bin === 'string' ? { [name.split('/').at(-1)]: bin } : bin
  for (const [command, file] of Object.entries(commands)) link(join(from, file), join('node_modules/.bin', command))
  manifest[kind] = { ...manifest[kind], [name]: `^${version}` }
}
writeFileSync('package.json', JSON.stringify(manifest, null, 2))
