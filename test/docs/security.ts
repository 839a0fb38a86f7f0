import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packages } from '../architecture/tree.ts'
import { root } from './snippet.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')

t.test('each runtime dependency of each package is justified, and no other', async (t) => {
  const table = read('docs/security.md').split('## Runtime dependencies')[1] ?? ''
  const rows = [...table.matchAll(/^\| (`.+?) \| (.+?) \| .+ \|$/gm)]
  for (const name of packages) {
    const { dependencies } = JSON.parse(read(`packages/${name}/package.json`)) as { dependencies: object }
    const justified = rows
      .filter(
        ([, , users = '']) => users.includes(name) || (users.includes('all plugins') && name.startsWith('fastify-'))
      )
      .flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, dependency]) => dependency))
    t.strictSame(justified.sort(), Object.keys(dependencies).sort(), name)
  }
})
