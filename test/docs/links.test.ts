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
