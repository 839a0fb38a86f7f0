import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'
import { documents, root } from './snippet.ts'

const others = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md']

/** GitHub's anchor of a heading. */
const anchor = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')

t.test('every relative link of every document leads to a file, and to a heading of it', async (t) => {
  const broken: string[] = []
  for (const document of [...documents(), ...others]) {
    const text = readFileSync(join(root, document), 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '')
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue
      const [path = '', fragment] = target.split('#')
      const file = path === '' ? join(root, document) : join(root, dirname(document), path)
      const headings = () =>
        [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => anchor(title))
      if (!existsSync(file) || (fragment && !headings().includes(fragment))) broken.push(`${document}: ${target}`)
    }
  }
  t.strictSame(broken, [])
})

t.test('every room of the map in ARCHITECTURE.md exists', async (t) => {
  const [, map = ''] =
    /## The map\n\n```\n([\s\S]*?)```/.exec(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')) ?? []
  let folder = ''
  const rooms = map.split('\n').flatMap((line) => {
    if (line.startsWith('packages/')) folder = line.trim()
    const column = /^ {2}(\S.*?) {2,}/.exec(line)?.[1] ?? ''
    return column.split(/[,·]/).flatMap((name) => (name.trim() === '' ? [] : [join(root, folder, name.trim())]))
  })
  t.ok(rooms.length > 20)
  t.strictSame(
    rooms.filter((room) => !existsSync(room) && !existsSync(`${room}.ts`)),
    []
  )
})
